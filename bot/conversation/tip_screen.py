"""The screens of a filed report, and of a receipt that was opened: state and what staff wrote, never the telling."""

from datetime import timedelta

from bot.conversation import phrases
from bot.conversation.aftercare import has_aftercare
from bot.conversation.book import Book, Voice
from bot.conversation.events import OpenedTip, Reply
from bot.conversation.session import Session, Stage
from knowledge.dangers import Kind
from knowledge.language import Language

_STATES = {
    "new": phrases.STATE_NEW,
    "claimed": phrases.STATE_CLAIMED,
    "waiting": phrases.STATE_WAITING,
    "decided": phrases.STATE_DECIDED,
    "merged": phrases.STATE_MERGED,
    "withdrawn": phrases.STATE_WITHDRAWN,
    "erased": phrases.STATE_ERASED,
}
_VERDICTS = {
    "confirmed": phrases.VERDICT_CONFIRMED,
    "new-kind": phrases.VERDICT_NEW_KIND,
    "duplicate": phrases.VERDICT_DUPLICATE,
    "unfounded": phrases.VERDICT_UNFOUNDED,
    "insufficient": phrases.VERDICT_INSUFFICIENT,
    "passed-on": phrases.VERDICT_PASSED_ON,
}
GONE = frozenset({"withdrawn", "erased"})
"""States in which nothing can be added any more."""
_OFFSETS = {"CN": 8, "TW": 8, "HK": 8, "MO": 8, "SG": 8, "MY": 8}
"""Hours from UTC where one offset holds all year and the day would often be another one."""


def tip_screen(book: Book, session: Session) -> tuple[Reply, ...]:
    voice = book.voice(session)
    match session.stage:
        case Stage.RECEIPT if session.opened is not None:
            return (_receipt(session, session.opened, voice),)
        case Stage.WRITING:
            sentence = phrases.WRITE_ANSWER if session.answering else phrases.WRITE_ADDITION
            return (Reply(voice.say(sentence), (voice.button("back"),), silent=session.quiet),)
        case Stage.WITHDRAWING:
            return (
                Reply(voice.say(phrases.WITHDRAW_SURE), (voice.button("withdraw:yes"), voice.button("withdraw:no"))),
            )
        case _:
            kept = session.report
            has_script = kept.kind is Kind.CHEATED and kept.lost is not None
            script = ("script",) if has_script else ()
            more = ("aftercare",) if has_script and has_aftercare(book, kept) else ()
            buttons = (*script, *more, "new")
            return (Reply(voice.say(phrases.FILED_ADD), tuple(voice.button(b) for b in buttons), silent=session.quiet),)


def _receipt(session: Session, opened: OpenedTip, voice: Voice) -> Reply:
    said = [voice.say(phrases.RECEIPT_SHOWS, date=_date(opened, voice), state=voice.say(_STATES[opened.state]))]
    authority = next((message.text for message in opened.messages if message.authority), None)
    if opened.verdict is not None and opened.state == "decided":
        passed_on = opened.verdict == "passed-on" and authority is not None
        verdict = phrases.VERDICT_PASSED_ON_TO if passed_on else _VERDICTS[opened.verdict]
        said.append(voice.say(verdict, **({"authority": authority} if passed_on else {})))
    for message in opened.messages:
        if message.authority:
            continue
        sentence = phrases.STAFF_ASK if message.question else phrases.STAFF_SAY
        said.append(voice.say(sentence, text=message.text))
    if opened.state in GONE:
        return Reply("\n".join(said), (voice.button("new"),), once=True)
    buttons = ("receipt:answer", "receipt:dont-know") if opened.asks else ()
    ways = tuple(voice.button(button) for button in (*buttons, "receipt:add", "receipt:withdraw"))
    return Reply("\n".join(said), ways, once=True, silent=session.quiet)


def _date(opened: OpenedTip, voice: Voice) -> str:
    day = opened.filed_at + timedelta(hours=_OFFSETS.get(voice.country or "", 0))
    if voice.language is Language.EN:
        return f"{day.day} {day:%B}"
    return f"{day.month} 月 {day.day} 日"
