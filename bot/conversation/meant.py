"""What a short message means on the screen it answers, in other words than its buttons': a card's, or what was done."""

import re

from bot.conversation.session import Stage
from bot.conversation.steps import Step
from bot.conversation.words import typed
from knowledge.dangers import Danger, Kind

_LONGEST = 40
"""Characters: whoever writes more tells more than that."""

# fmt: off
_MEANT: dict[Danger, tuple[tuple[re.Pattern[str], str], ...]] = {
    Danger.LIFE: (
        (re.compile(
            r"(?:我)?(?:不是|没有|沒有|唔係|没|沒|不|冇)(?:那个|那個|这个|這個|嗰個)?(?:意思|想死|想不开|想不開|要死|自杀|自殺|諗死)(?:啦|了|啊)?[ ,，]?.{0,14}"
            r"|(?:no,? ?)?(?:i |that'?s |it'?s |im |i'm )?(?:did not|didn't|didnt|don't|dont|do not|not|never) (?:want to die|mean (?:it |that)?(?:like that)?|like that|suicidal|going to (?:hurt|kill) myself|what i mean[t]?).{0,30}"
        ), "life:not-that"),
    ),
    Danger.LIVE_CONTROL: (
        (re.compile(
            r"(?:我|都|也|就|还|還|根本|其实|其實)*(?:没|沒|冇|未|无|無)(?:有)?(?:下|装|裝|开|開|共享|分享|点|點|按|让|讓|給|给)(?:载|載|過|过|他|佢|任何|东西|東西|软件|軟件|屏幕|螢幕|畫面|什么|什麼|进去|進去)*"
            r"|(?:i |we )?(?:did not|didn'?t|haven'?t|have not|never) (?:download|install|share|open|let|give).{0,24}"
        ), "control:not-now"),
        (re.compile(
            r"(?:我|手机|手機|电话|電話|那部|那台|部機|已经|已經|都|就|刚|剛|啱啱)*(?:关|關|熄|挂|掛|收|断|斷|拔|退)(?:机|機|线|線|掉|断|斷|卡|出)*(?:了|咗|啦|掉|好了)(?:电话|電話|手机|手機|机|機|卡)?"
            r"|(?:ok |okay |i |i've |ive |have |it |it'?s |its |the |my |phone |call |just |already |now |is )*(?:hung up|turned off|switched off|turned it off|switched it off|off now|off|ended|unplugged|ended it|sim is out|took the sim out)(?: now| the (?:phone|call))?"
        ), "control:other-phone"),
    ),
    Danger.TRAVEL: (
        (re.compile(
            r"(?:好|好的|那|我|就|听你的|聽你的|已经|已經|不会|不會|ok|[ ,，])*(?:不去|不走|不飞|不飛|不上|唔去|唔上|退票|取消)(?:了|咗|啦|机|機|票)*"
            r"|(?:ok |okay |then |i |i'm |im |i'll |i will |have |just )*(?:not going|won'?t go|wont go|not boarding|won'?t board|staying|stay|cancel(?:led)? (?:it|the (?:flight|ticket|trip)))(?: anymore| any more| then)?"
        ), "travel:away"),
        (re.compile(
            r"(?:但|可|可是|不过|不過|那|我|就)*(?:还是|還是|都係|一定|非|硬|偏|照样|照樣)(?:想|要|得|会|會)*(?:去|走|飞|飛|试|試)(?:一下|一次|看看|不可)?"
            r"|(?:but |i |i'm |im |still |anyway )*(?:still (?:want|going|have) to go|still want to|going anyway|have to go|must go|need the (?:job|money).{0,12})"
        ), "travel:still"),
    ),
}
_SOMEONE_COMES = re.compile(
    r"(?:快|不好|糟|等等|等下|先|[ ,，])*(?:有人|他|他们|他們|佢|佢哋|保安|主管|看守|老板|老闆|管理)(?:要|快|正)?(?:来|來|嚟|进来|進來|回来|回來|过来|過來|返嚟)(?:了|咗|啦|紧)?"
    r"|(?:wait |sorry |gtg |stop |[ ,])*(?:someone|somebody|he|she|they|guard|boss|manager|supervisor)(?:'?s| is|'?re| are)? ?(?:is |are )?(?:coming|here|back|near|behind me|watching)(?: now| in)?"
)
_NOT_DONE = re.compile(
    r"(?:我|都|还|還|仲|也|什么|什麼)*(?:没|沒|未|冇)(?:有)?(?:去|缴|繳|按|点|點|填|输|輸|加|下|装|裝|撳|扫|掃|理|回|做|动|動|照做|理他|理佢|做什么|做什麼)(?:呢|啊|喔|了|过|過)?"
    r"|(?:no,? ?)?(?:i )?(?:have not|haven'?t|did not|didn'?t) (?:do|done|click|clicked|open|opened|answer|reply|replied)(?: anything| it| yet| on it)*"
)
_NOT_PAID = re.compile(
    r"(?:我|都|也|还|還|就|钱|錢|但|但是|一分|[ ,，])*(?:没|沒|冇|未|没有|沒有|不曾)(?:有)?(?:转|轉|付|给|給|汇|匯|打|交|花|畀|俾|出|充|买|買|过|過)(?:过|過)?(?:钱|錢|账|帳|款|数|數|出去|成|他|佢|呢|啊|任何钱|任何錢)*"
    r"|(?:no|i |we |but |have |nothing |money |[ ,])*(?:did not|didn'?t|haven'?t|have not|never|not) (?:pay|paid|send|sent|transfer|transferred|gave|give|lose|lost)(?: (?:any|anything|money|them|him|her|it|yet|a cent))*"
)
_PAID = re.compile(
    r"(?:转|轉|付|给|給|汇|匯|打|交|垫|墊|充|刷|缴|繳|寄|畀|俾|过|過|买|買)(?:过去|過去|出去|完|齐|齊|清|钱|錢|数|數|账|帳|款|他|她|佢|卡)*(?:了|咗|啦|的)(?!没|沒|吗|嗎|么|嘛)"
    r"|\b(?:paid|sent|transferred|wired|deposited|bought|handed|gave)\b"
)
_DENIES = re.compile(r"没|沒|未|冇|不|别|別|唔|想|要不|该不|叫我|让我|讓我|要我|\b(?:no|not|never|almost|should|asked|told|tells?|says?|want|wants)\b|n't\b|nt\b")
_OPENED = re.compile(r"下载|下載|下了|装了|裝了|裝咗|安装了|安裝了|点了|點了|撳咗|扫了|掃了|掃咗|共享|分享屏幕|分享螢幕|install|download|clicked|opened|scanned|shared my screen")
# fmt: on


def meant(step: Step, text: str) -> str | None:
    """The button that says the same; None where it is to be read as a telling."""
    word = typed(text)
    if not 0 < len(word) <= _LONGEST:
        return None
    session = step.session
    if session.stage is Stage.CARD and session.card in _MEANT:
        return next((button for form, button in _MEANT[session.card] if form.fullmatch(word)), None)
    if session.stage is Stage.EXPOSURE:
        return _exposure(step, word)
    return None


def someone_comes(step: Step, text: str) -> bool:
    """Whether whoever writes from among them says that they are no longer alone."""
    report = step.report
    may_be_watched = report.kind is Kind.INSIDER or report.is_inside or Danger.CONTROLLER in report.dangers
    return may_be_watched and _SOMEONE_COMES.fullmatch(typed(text)) is not None


def _exposure(step: Step, word: str) -> str | None:
    if _NOT_DONE.fullmatch(word):
        return "exposure:nothing"
    if _NOT_PAID.fullmatch(word):
        # Not to have paid is not to have done nothing: what they told of stays done.
        return "exposure:opened" if _OPENED.search(step.report.telling.lower()) else "exposure:nothing"
    return "exposure:paid" if _PAID.search(word) and not _DENIES.search(word) else None
