"""The card for whoever was asked for their account, or has lent it: what to stop, and whom to tell."""

import re

from bot.conversation.book import Book, Voice
from bot.conversation.phrases import N_
from bot.conversation.session import Session
from bot.conversation.whom_to_call import mule_line

MULE = N_(
    "**Stop here:** withdraw nothing, pass nothing on, and don't “return” it either.\n"
    "1. Call your bank: report the account or card, and have it blocked.\n"
    "2. {second}\n\n"
    "Going there yourself, early, counts in your favour. Keep every message."
)
MULE_ASKED = N_(
    "**Say no, and lend nothing:** no account, no card, no code. What is to go through it is mostly stolen, and whose account it is answers for it.\n"
    "1. Told them an account, card, ID or login already? Call your bank and have it blocked.\n"
    "2. Something came in? Touch nothing, send nothing on or back; tell the bank, then the police.\n\n"
    "Keep every message."
)
MULE_OF = N_(
    "**It has to stop here:** let them withdraw nothing, pass nothing on, and not “return” it either.\n"
    "1. Whose account it is calls the bank: reports account or card, and has it blocked.\n"
    "2. {second}\n\n"
    "Going there themselves, early, counts in their favour; go with them. Keep every message."
)


def mule(book: Book, session: Session, voice: Voice) -> str:
    """To whoever has lent it, to whoever tells of another who has, or to whoever was only asked."""
    if session.theirs:
        return voice.say(MULE_OF, second=mule_line(book, voice))
    if _only_asked(session):
        return voice.say(MULE_ASKED)
    return voice.say(MULE, second=mule_line(book, voice))


def _only_asked(session: Session) -> bool:
    """Whether the account was asked for and is not known to be lent: then there is nothing to give oneself up for."""
    telling = session.report.telling.lower()
    return _ASKED_FOR.search(telling) is not None and _LENT.search(telling) is None


_ASKED_FOR = re.compile(
    r"还没|還沒|没借|沒借|没给|沒給|没寄|沒寄|未借|未俾|未畀|没答应|沒答應|要不要|该不该|該不該|可以吗|可以嗎|可唔可以|得唔得|犯法|违法|違法|想借|想租|想买我|想買我|话租|話租"
    r"|haven'?t|have not|not yet|should i|is it (?:ok|legal|safe)|offered me|want(?:s)? to (?:use|rent|borrow|buy) my"
)
_LENT = re.compile(
    r"(?:借|租|卖|賣|给|給|寄|交|收|取|转|轉|帮|幫|领|領|提)(?:出去|走|过|過|钱|錢|款|他|佢)*(?:了|咗|过|過|完)|已经|已經|冻|凍|警察|进来|進來|入账|入帳|到账|到帳"
    r"|\b(?:lent|gave|given|sold|rented|let|opened|received|withdrew|withdrawn|came in|went out|sent|moved|passed|froze[n]?|blocked|closed|police|months?|weeks)\b"
)
