"""What is on the screen in each stage, so that it can be shown again at any time, in any language."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.conversation import phrases, urgent
from bot.conversation.book import Book, Voice
from bot.conversation.buttons import LABELS, LANGUAGES, NEAREST, REGION_NAMES, REGIONS, SOMEWHERE_ELSE
from bot.conversation.doubts import doubt_on_screen
from bot.conversation.events import Button, Reply
from bot.conversation.held import held_card
from bot.conversation.questions import BY_ID
from bot.conversation.report import PAYING, Report
from bot.conversation.session import Session, Stage
from bot.conversation.summary import summary
from bot.conversation.tip_screen import tip_screen
from bot.conversation.warning import best_match, likened
from knowledge.dangers import Danger, Kind
from knowledge.observables import ObservableType

_TELL = {
    Kind.CHEATED: phrases.TELL_CHEATED,
    Kind.CHECK: phrases.TELL_CHECK,
    Kind.INSIDER: phrases.TELL_INSIDER,
    Kind.HELD: phrases.TELL_HELD,
    Kind.MULE: phrases.TELL_MULE,
}
_KINDS = ("kind:cheated", "kind:check", "kind:held", "kind:mule", "kind:insider")
_WAYS_OUT = ("skip", "back", "dont-know", "stop")
_STANDING = ("money", "danger", "watched")
_ALWAYS = ("exit", "language", "help")
_OVER = frozenset({Stage.FILED, Stage.RECEIPT, Stage.WRITING, Stage.WITHDRAWING})
_AMOUNTS = {"CN": "4万8, 300元", "TW": "3萬, 5000元", "HK": "5000蚊, 3萬"}
_PAYEE_KNOWN = (ObservableType.ACCOUNT, ObservableType.IBAN)
_WITHOUT_PAYEE = frozenset({"cash", "gift-card"})


def standing(book: Book, session: Session) -> tuple[Button, ...]:
    """The buttons on every screen: the three that cannot wait until the report is filed; the way out always."""
    voice = book.voice(session)
    urgent_ones = () if session.stage in _OVER else _STANDING
    return tuple(voice.button(button) for button in (*urgent_ones, *_ALWAYS))


def screen(book: Book, session: Session, now: datetime) -> tuple[Reply, ...]:
    """What the person sees now. Nothing in Stage.CLOSED, which the last words have already ended."""
    voice = book.voice(session)
    match session.stage:
        case Stage.OPEN:
            return (_ask(voice, phrases.WHICH_KIND if session.report.lines else phrases.OPENING, *_KINDS),)
        case Stage.TELL:
            # Who sent a picture and has no words for it can file it as it is.
            submit = ("submit",) if session.exhibits.kept else ()
            return (_ask(voice, _tell(session), *submit, "back", "stop"),)
        case Stage.CARD:
            return (_card(book, session, voice),)
        case Stage.HELD:
            return (held_card(book, session),)
        case Stage.SAFETY:
            return (urgent.safety_question(book, session),)
        case Stage.WHICH_DANGER:
            which = ("which:life", "which:held", "which:controller", "which:travel", "which:minor", "back")
            asked = f"{urgent.is_hurt(book, voice)}\n\n{voice.say(phrases.WHICH_DANGER)}"
            return (Reply(asked, tuple(map(voice.button, which)), urgent=True),)
        case Stage.EXPOSURE:
            done = ("exposure:nothing", "exposure:opened", "exposure:given", "exposure:paid")
            return (_ask(voice, phrases.DID_ANYTHING, *done),)
        case Stage.CLARIFY:
            return _clarify(book, session, voice)
        case Stage.UNKNOWN:
            return (_unknown(session, voice),)
        case Stage.OFFER:
            return (_ask(voice, phrases.REPORT_TOO, "offer:yes", "offer:no"),)
        case Stage.QUESTION:
            return (_question(session, voice),)
        case Stage.REVIEW:
            return (_review(session, voice, now),)
        case Stage.CHANGE:
            return (_ask(voice, phrases.CHANGE_WHAT, *_changes(session), "back"),)
        case Stage.PLACE:
            return (_places(session, voice),)
        case Stage.LANGUAGE:
            return (
                Reply(
                    voice.say(phrases.ASK_LANGUAGE),
                    tuple(Button(f"language:{code}", name) for code, name in LANGUAGES.items()),
                ),
            )
        case Stage.STOPPING:
            return (_ask(voice, phrases.STOPPING, "keep", "erase", "resume"),)
        case Stage.RETURNED:
            return (_ask(voice, phrases.RETURNED, "resume", "restart"),)
        case Stage.CLOSED:
            return ()
        case Stage.FILED | Stage.RECEIPT | Stage.WRITING | Stage.WITHDRAWING:
            return tip_screen(book, session)
    assert_never(session.stage)


def _tell(session: Session) -> str:
    if session.report.is_inside:
        return phrases.TELL_INSIDE
    if session.report.lines and session.report.kind in {None, Kind.CHECK}:
        return phrases.TELL_MORE
    return _TELL[session.report.kind] if session.report.kind is not None else phrases.TELL_ANY


_MAY_FILE_FROM = frozenset({Danger.MINOR, Danger.MONEY_GONE, Danger.TRAVEL, Danger.MULE})


def _card(book: Book, session: Session, voice: Voice) -> Reply:
    """A second card also offers to submit: several cards must not put the receipt out of three taps' reach."""
    card = urgent.danger_card(book, session, session.card or Danger.MONEY_GONE)
    taps_before = len(session.cards) + ("exposure" in session.report.answers)
    if taps_before < _SECOND or session.card not in _MAY_FILE_FROM or not session.report.lines:
        return card
    return replace(card, buttons=(*card.buttons, voice.button("submit")))


_SECOND = 2


def _places(session: Session, voice: Voice) -> Reply:
    """The places nearest and the regions, or the places of the region that was chosen."""
    region = REGIONS.get(session.question or "")
    places = tuple(Button(f"place:{code}", voice.place(code)) for code in region or NEAREST)
    if region is not None:
        back = Button("place:choose", voice.say(LABELS["back"]))
        return Reply(voice.say(phrases.ASK_PLACE), (*places, back))
    regions = tuple(Button(f"place:{name}", voice.say(label)) for name, label in REGION_NAMES.items())
    other = Button("place:other", voice.say(SOMEWHERE_ELSE))
    return Reply(voice.say(phrases.ASK_PLACE), (*places, *regions, other))


def _ask(voice: Voice, sentence: str, *buttons: str) -> Reply:
    return Reply(voice.say(sentence), tuple(voice.button(button) for button in buttons))


def _unknown(session: Session, voice: Voice) -> Reply:
    """Like nothing known, or less like it than it seemed: neither is called safe."""
    head = phrases.NOT_THAT if session.doubts else phrases.UNKNOWN
    text = f"{voice.say(head)}\n\n{voice.say(phrases.UNKNOWN_DO)}"
    if session.report.answers.get(PAYING) == "said":
        # What to do was said already, and more to the point.
        text = voice.say(phrases.REPORT_TOO)
        if len(session.report.lines) > 1:
            text = f"{voice.say(phrases.CHECK_FIRST)}\n\n{text}"
    return Reply(text, tuple(voice.button(button) for button in ("watch", "offer:yes", "offer:no")))


def _clarify(book: Book, session: Session, voice: Voice) -> tuple[Reply, ...]:
    best, asked = best_match(book, session.report), doubt_on_screen(book, session)
    if best is None or asked is None:
        return (_unknown(session, voice),)
    text = voice.texts(asked.question.text)
    if not session.doubts:
        text = f"{likened(voice, best[1])}\n\n{text}"
    buttons = ("clarify:yes", "clarify:no", "clarify:unsure", "skip")
    return (Reply(text, tuple(voice.button(button) for button in buttons)),)


def _question(session: Session, voice: Voice) -> Reply:
    question = BY_ID[session.question or "amount"]
    text = voice.say(question.text)
    if question.example is not None and session.misread:
        shown = voice.say(question.example, example=_AMOUNTS.get(session.country or "", "5000, 3.5k, 2 BTC"))
        text = f"{text}\n{shown}"
    choices = tuple(voice.button(f"answer:{choice}") for choice in question.choices)
    return Reply(text, (*choices, *(voice.button(button) for button in _WAYS_OUT)), silent=session.quiet)


def _review(session: Session, voice: Voice, now: datetime) -> Reply:
    report = session.report
    text = f"{summary(voice, report, now)}\n{voice.say(_invitation(report))}"
    return Reply(text, tuple(voice.button(button) for button in ("submit", "change", "discard")), silent=session.quiet)


def _invitation(report: Report) -> str:
    """What would still help to stop the money, where it is missing."""
    if report.is_inside:
        return phrases.INVITE_INSIDE
    if report.kind is not Kind.CHEATED or Danger.MONEY_GONE not in report.dangers or "payee" in report.answers:
        return phrases.INVITE_MORE
    if "crypto" in report.rails:
        if report.facts_of(ObservableType.TRANSACTION):
            return phrases.INVITE_MORE
        return phrases.INVITE_HASH if report.facts_of(ObservableType.WALLET) else phrases.INVITE_CRYPTO
    has_payee = report.facts_of(*_PAYEE_KNOWN) or report.rails & _WITHOUT_PAYEE
    return phrases.INVITE_MORE if has_payee else phrases.INVITE_PAYEE


def _changes(session: Session) -> tuple[str, ...]:
    money = session.report.kind is Kind.CHEATED
    about_money = ("change:amount", "change:when", "change:rail", "change:payee") if money else ()
    # No way to reach the person is asked for where being reached could harm them.
    contact = () if session.quiet or session.minor else ("change:contact",)
    return ("change:telling", *about_money, "change:kind", *contact)
