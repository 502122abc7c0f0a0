"""The card for a journey to such a "job": at the gate, days before it, and to whoever tells of another's."""

import re

from bot.conversation.book import Book, Voice
from bot.conversation.phrases import N_
from bot.conversation.session import Session
from bot.conversation.whom_to_call import travel_line

TRAVEL = N_(
    "**Don't go on.** Don't board, don't cross, don't hand over your passport.\n"
    "Go to any uniformed officer or counter and say: “I think I am being trafficked. Help me.”{line}"
)
TRAVEL_AHEAD = N_(
    "**Don't go.** Others went on the same promise, and were locked in and sold on.\n"
    "1. Hand over no passport, no ID, no deposit. A ticket they paid for binds you to nothing.\n"
    "2. Tell somebody at home today; give them the inviter's name and account, the flight, the chats.\n"
    "3. Answer them no more, and meet nobody who comes to fetch you.{line}"
)
TRAVEL_OF = N_(
    "**They should not go on.** Ring them now, and write it too: don't board, don't cross, don't hand over the passport. "
    "Go to any uniformed officer or counter and say: “I think I am being trafficked. Help me.”\n"
    "Can't reach them, or they won't listen? Tell the police the name, the flight or route, who invited them; bring a picture.{line}\n"
    "Don't quarrel: whoever feels scolded goes."
)


def travel(book: Book, session: Session, voice: Voice) -> tuple[str, tuple[str, ...]]:
    """The card and its buttons. At the gate every word is for them; days before it there is no officer to go to; who
    writes of another is told what to say, and whom to send."""
    line = travel_line(book, voice, of_another=session.theirs)
    if session.theirs:
        return voice.say(TRAVEL_OF, line=line), ("travel:stayed", "travel:not-reached", "travel:me")
    telling = session.report.telling.lower()
    if _AHEAD.search(telling) and not _ON_THE_WAY.search(telling):
        line = travel_line(book, voice, of_another=True)
        return voice.say(TRAVEL_AHEAD, line=line), ("travel:not-going", "travel:still", "travel:papers")
    return voice.say(TRAVEL, line=line), ("travel:away", "travel:with-them", "travel:papers")


_AHEAD = re.compile(
    r"明天|后天|後天|明早|听日|聽日|听朝|聽朝|下周|下週|下星期|下礼拜|下禮拜|下个月|下個月|月底|月初|[0-9一二三四五六七八九十]{1,3}(?:号|號)|过几天|過幾天|过两天|過兩天|这几天|這幾天|准备去|準備去|打算|想去|要不要去|合法吗|合法嗎|靠谱|真的吗|真的嗎|是不是真"
    r"|\b(?:tomorrow|next (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in (?:two|three|a few|\d+) (?:days|weeks)|soon|should i (?:go|take)|is it (?:real|legit|legal|safe)|thinking of)\b"
)
_ON_THE_WAY = re.compile(
    r"机场|機場|登机|登機|闸口|閘口|口岸|关口|關口|海关|海關|边境|邊境|过境|過境|候机|候機|上机|上機|在车上|在車上|车里|車裡|大巴|船上|落地|到了|已经到|已經到|护照被|護照被|收走|拿走了我"
    r"|\b(?:airport|gate|boarding|immigration|border|on the (?:bus|train|plane|boat|van|way)|in the (?:car|van)|landed|arrived|naia|check(?:ed)?[- ]?in|they (?:have|took|took away) my passport|driver|minivan)\b"
)
