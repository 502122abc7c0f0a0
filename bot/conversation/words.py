"""What people type instead of pressing: "stop", "跳过", "繁體"."""

import re
import unicodedata
from types import MappingProxyType

from bot.conversation.events import Button
from knowledge.language import Language

_TYPED = MappingProxyType(
    {
        "help": ("help", "?", "？", "menu", "/help", "帮助", "幫助", "說明", "说明", "怎么用", "怎麼用"),
        "stop": ("stop", "cancel", "quit", "/stop", "停", "停止", "取消", "不说了", "不說了", "唔講住", "算了", "停一下", "结束", "結束", "不想说了", "不想說了", "不想講了", "唔想講", "never mind", "nevermind", "forget it", "end chat"),
        "back": ("back", "go back", "返回", "上一步", "回上一步"),
        "skip": ("skip", "pass", "next", "跳过", "跳過", "略過", "略过"),
        "dont-know": ("i don't know", "don't know", "dont know", "idk", "no idea", "not sure", "不知道", "不清楚", "不记得", "不記得", "唔知", "唔知道"),
        "exit": ("exit", "quick exit", "quick way out", "快速退出", "快速離開", "快速离开", "退出"),
        "language": ("language", "/language", "语言", "語言"),
        "submit": ("submit", "file", "send it", "提交", "送出", "呈交"),
        "new": ("/start", "/report", "new report", "新的举报", "新的舉報", "重新开始", "重新開始"),
    }
)  # fmt: skip
_LANGUAGES = MappingProxyType(
    {
        Language.EN: ("english", "en", "英文", "英语", "英語"),
        Language.ZH_HANS: ("简体", "简体中文", "zh-hans", "simplified", "simplified chinese", "简"),
        Language.ZH_HANT: ("繁體", "繁體中文", "繁体", "繁体中文", "正體", "zh-hant", "traditional", "traditional chinese", "繁"),
    }
)  # fmt: skip
_CHINESE = ("中文", "chinese", "汉语", "漢語")
_YES = (
    "yes",
    "y",
    "yeah",
    "yep",
    "yup",
    "ok",
    "sure",
    "是",
    "是的",
    "有",
    "对",
    "對",
    "嗯",
    "係",
    "好",
    "好的",
    "可以",
    "能",
    "方便",
    "能够",
    "能夠",
    "yes i can",
    "i can",
)
_NO = (
    "no",
    "n",
    "nope",
    "nah",
    "not",
    "否",
    "不",
    "不是",
    "没有",
    "沒有",
    "冇",
    "没",
    "沒",
    "唔係",
    "不能",
    "不可以",
    "不方便",
    "唔方便",
    "唔得",
    "i can't",
    "i cant",
    "no i can't",
    "no i cant",
)
_NOW = ("just", "again", "another", "more", "now", "刚", "剛", "又", "再", "头先", "頭先", "啱啱", "仲")
_CORRECTS = re.compile(
    r"(?:不对|不對|唔係|唔啱|错了|錯了|写错|寫錯|打错|打錯|(?:金额|金額|数目|數目)(?:打|写|寫|说|說)?(?:错|錯)|说错|說錯|講錯|搞错|搞錯|更正|应该是|應該是|不是.{0,12}是|(?:总共|總共|一共|其实|其實)?是.{1,14}不是|"
    r"(?:no|nope|sorry|oops|wait|actually)\b.{0,12}\b(?:it was|its|it's|it is|was|meant|mean|not|should be|actually)\b|"
    r"[$£€]?\d[\d,]* ?,? ?not [$£€]?\d|"
    r"(?:no|sorry|oops|wait)[ ,]+(?:sorry[ ,]+|wait[ ,]+)?[$£€₹]?\d|(?:it was|its|it's|更正|改一下|改為|改为|係) ?[a-z$£€₹]{0,4} ?[\d一二三四五六七八九十]|"
    r"改一下|金额错|金額錯|数额错|數目錯|i mean|i meant|correction|wrong|my mistake|typo|not .{1,20}(?:but|it was|its|it's))"
)
_GONE = re.compile(
    r"(?:我|我媽|我妈|她|他|佢|钱|錢|啲錢)?(?:已经|已經|都|就|啱啱|刚刚|剛剛|刚|剛|頭先)*(?:汇|匯|转|轉|付|给|給|畀|俾|过|過|交|打)"
    r"(?:出去|过去|過去|走|完|掉|晒|咗)*(?:数|數|钱|錢|款)?(?:了|咗|啦)(?:钱|錢|他|佢|數|数)?"
    r"|(?:i |she |he |they |we |it'?s |its |already |just |have |has |mum |mom |dad )*(?:paid|sent|transferred|handed|gave|gone|wired|went through)(?: it| them| him| her| out| over| the money| already| just now)*"
)
_NUMBER = re.compile(
    r"(?:不是|唔係|\bnot|rather than|instead of) ?[$£€]?\d[\d,]*|(?<![\d:：.])(?P<is>\d{1,3}(?:,\d{3})+|\d{2,8})(?![\d:：.点點号號月日年])"
)
_SHORT = 40
"""Characters of a message that may be no more than a correction."""
_ENDINGS = " \t\r\n.!。！~～,，…"


def typed(text: str) -> str:
    """As compared with the lists above: narrow, lower case, without an ending."""
    return unicodedata.normalize("NFKC", text).casefold().strip(_ENDINGS)


def typed_button(text: str, buttons: tuple[Button, ...]) -> str | None:
    """The button on the screen whose label was typed, or the one that a common word for it means."""
    word = typed(text)
    for button in buttons:
        # "Can't get through / don't dare": one of both is what people type.
        if word in {typed(part) for part in (button.label, *button.label.split(" / "))}:
            return button.id
    for meaning, words in _TYPED.items():
        if word in words:
            return meaning
    return None


def typed_language(text: str, now: Language) -> Language | None:
    """The language asked for by name. "中文" asks for the Chinese one already spoken, or Simplified."""
    word = typed(text)
    for language, words in _LANGUAGES.items():
        if word in words:
            return language
    if word in _CHINESE:
        return now if now is not Language.EN else Language.ZH_HANS
    return None


def is_yes(text: str) -> bool:
    return typed(text) in _YES


def is_no(text: str) -> bool:
    return typed(text) in _NO


def says(text: str, word: str) -> bool:
    """Whether the word stands in the text, in small letters: "no" does not in "another"; Chinese has no such borders."""
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def tells_of_now(text: str) -> bool:
    """Whether what it tells has just happened, or has happened once more."""
    return any(says(text.casefold(), word) for word in _NOW)


def corrects(text: str) -> bool:
    """Whether a short message takes back what was told before it: "no, 21萬"."""
    return len(text) <= _SHORT and _CORRECTS.match(typed(text)) is not None


def corrected_number(text: str) -> str | None:
    """The one number that a correction leaves: "sorry, 3,000 not 300". A long one is an account, a clock's a time."""
    if not corrects(text):
        return None
    left = {number["is"].replace(",", "") for number in _NUMBER.finditer(typed(text)) if number["is"]}
    return left.pop() if len(left) == 1 else None


def says_it_is_gone(text: str) -> bool:
    """Whether it says, in hardly more words, that the money has left: of a payment that was about to be made."""
    return _GONE.fullmatch(typed(text)) is not None


def has_words(text: str) -> bool:
    """Whether there is any letter or digit: an emoji or a row of dots tells nothing."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def is_cantonese(text: str) -> bool:
    """Whether whoever wrote it writes as Hong Kong speaks: one such character may be a name, two are none."""
    return len(_CANTONESE.intersection(text)) >= 2


_CANTONESE = frozenset("唔嘅咗喺佢冇啲哋嚟嗰睇畀㗎攞嘢嗌諗揾冧咁嘞噉")


def without_controls(text: str) -> str:
    """Line ends and tabs stay; other control characters and lone surrogates, which no one types, go."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
