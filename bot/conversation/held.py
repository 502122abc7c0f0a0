"""What is said where somebody is held: to their own people, to whoever is inside, and to whoever got out."""

import re

from bot.conversation.book import Book, Voice
from bot.conversation.events import Reply
from bot.conversation.phrases import ASK_DEADLINE, N_
from bot.conversation.session import Session
from bot.conversation.whom_to_call import consular_line, emergency, held_lines, number, whom_to_tell, with_place

ABROAD = re.compile(
    "缅|緬|柬|西港|园区|園區|kk|金边|金邊|老挝|寮国|寮國|金三角|妙瓦底|大其力|果敢|泰国|泰國|泰缅|泰緬|波贝|波貝|迪拜|杜拜|菲律宾|菲律賓|国外|國外|境外|"
    "myanmar|burma|myawaddy|mae sot|poipet|sihanoukville|phnom penh|border|cambodia|laos|thai|compound|dubai|philippines|golden triangle|abroad|overseas"
)
"""Words of where people are kept abroad: the home that is named beside them is where they are from."""

_DEMANDED = re.compile(
    r"赎|贖|钱|錢|万|萬|块|塊|元|美金|美元|刀|付|给他们|給他們|交|汇|匯|转|轉|\d{3,}|"
    r"ransom|money|pay|paid|\bsend\b|usdt|bitcoin|dollars?|\$|\bfee\b|demand|\d ?k\b"
)
_NOT_DEMANDED = re.compile(
    r"(?:没有?|沒有?|冇|未|不)(?:有)?(?:人)?(?:问|問|跟|向|提|说|說|讲|講)?(?:我|我们|我們|家里|家裡)?(?:要|提|说|說|讲|講|拿|收)?(?:过|過)?(?:任何)?(?:钱|錢|赎金|贖金)|"
    r"(?:月薪|工资|薪水|人工|底薪)[^,，。.]{0,10}|(?:no|not|didn'?t|haven'?t|never)[^,.]{0,16}(?:money|ransom|pay)|(?<![\d,])[\d,]{1,12} ?k? (?:per|a) (?:month|day|week)"
)

HELD = N_(
    "**Don't pay yet, and don't refuse outright.** Say you are gathering the money and must first speak with them. Ask the police how to answer.\n{lines}\n"
    "Keep the account, numbers, deadline and messages. Wait until your own person writes; don't press for the place, don't post it in groups.\n\n"
    "Whoever says they can get someone out for money may be a swindler too."
)
MISSING = N_(
    "**Out of reach, or held: act today, quietly.**\n{lines}\n"
    "Keep writing to them as if all were well; don't press for the place, don't post it in groups. "
    "Keep chats, ticket, and the account of whoever invited them.\n\n"
    "If money is asked for: don't pay yet, and don't refuse outright. Ask the police how to answer."
)
CONTROLLER = N_("Can you write freely now? Yes or no is enough.")
INSIDE_CALL = N_("Delete this when you have to. When you can call: {line}")
INSIDE = N_(
    "Delete this when you have to. When you can call: your own country's embassy, or somebody outside whom you trust. "
    "Say where you are."
)

OUT = N_(
    "Out of there: that was the hardest part. Stay where people are, and go to the consulate of the home country.\n"
    "Call {line}\n"
    "It can give papers without a passport. Say: “Held, and made to work.” That is a victim.\n\n"
    "Don't go back for belongings, and pay nobody who offers the way home."
)
OUT_NOWHERE = N_(
    "Out of there: that was the hardest part. Stay where people are, and go to the consulate of the home country. "
    "It can give papers without a passport. Say: “Held, and made to work.” That is a victim.\n\n"
    "Don't go back for belongings, and pay nobody who offers the way home."
)
OUT_HOME = N_(
    "Out, and home: that was the hardest part. Who was held and made to work is a victim.\n"
    "1. {police}: where it was, who led there, who is still inside.\n"
    "2. Keep chats, pictures, names and accounts. Write down the way and the building while they are remembered.\n\n"
    "Don't go back for the others, and pay nobody who offers to bring them out."
)
OUT_HOME_CALL = N_("Call {numbers}, or go there")
OUT_HOME_GO = N_("Go to the police where you are")


def held_card(book: Book, session: Session) -> Reply:
    voice = book.voice(session)
    if session.report.is_out:
        said = _out(book, session, voice)
        go_on = (voice.button("travel:go-on"), voice.not_here())
        return Reply(with_place(book, voice, said), go_on, silent=True, urgent=True)
    asked = ""
    if _is_demanded(session):
        text = voice.say(HELD, lines=held_lines(book, voice))
        asked = f"\n\n{voice.say(ASK_DEADLINE)}"
        ids: tuple[str, ...] = ("held:today", "held:days", "held:not-said", "held:inside")
    else:
        # Who hears of ransom where nobody asked for any is frightened, and answers questions about nothing.
        text = voice.say(MISSING, lines=held_lines(book, voice, is_demanded=False))
        ids = ("travel:go-on", "held:inside")
    shown = (*(voice.button(button) for button in ids), voice.not_here())
    return Reply(with_place(book, voice, text) + asked, shown, silent=True, urgent=True)


def _is_demanded(session: Session) -> bool:
    telling = session.report.telling.lower()
    return not telling or _DEMANDED.search(_NOT_DEMANDED.sub("", telling)) is not None


def _out(book: Book, session: Session, voice: Voice) -> str:
    if session.report.is_home:
        found = whom_to_tell(book, voice)
        return voice.say(OUT_HOME, police=voice.say(OUT_HOME_CALL, numbers=found) if found else voice.say(OUT_HOME_GO))
    line = consular_line(book, voice)
    return voice.say(OUT, line=line) if line else voice.say(OUT_NOWHERE)


def inside_card(book: Book, session: Session) -> Reply:
    """Once they can write: until then nothing but a question stands on their screen."""
    voice = book.voice(session)
    line = _from_inside(book, session, voice)
    return Reply(voice.say(INSIDE_CALL, line=line) if line else voice.say(INSIDE), silent=True, urgent=True)


def _from_inside(book: Book, session: Session, voice: Voice) -> str:
    """Whom who is held can call: at home the police; abroad their own country, for the police there may be theirs; both
    where neither is told."""
    telling, line, consulate = session.report.telling, emergency(book, voice), consular_line(book, voice)
    if line is None or ABROAD.search(telling.lower()):
        return consulate
    here = book.guess_country(telling, language=None, observables=(), hint=None)
    police = number(voice, line)
    is_told = here is not None and here == voice.country
    return police if is_told or not consulate else voice.list([police, consulate])
