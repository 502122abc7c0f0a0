"""What to read out to the police or the bank, made from the telling, on the person's own screen only."""

from datetime import datetime

from bot.conversation.answers import NOT_KNOWN
from bot.conversation.book import Book, Voice
from bot.conversation.buttons import LABELS
from bot.conversation.phrases import N_, SCRIPT_TITLE
from bot.conversation.report import Report
from bot.conversation.session import Session
from bot.conversation.summary import defang, show
from bot.conversation.warning import best_match
from knowledge.dangers import Kind
from knowledge.matching import Likeness
from knowledge.observables import ObservableType

BEGIN = N_("“{ask}”")
BEGIN_GENERAL = N_("“I have been defrauded and money has left my account. Please help me stop it.”")
BEGIN_HANDED = N_("“I was tricked into handing over cash or gold. I want to report it now.”")
BEGIN_GIVEN = N_("“I was tricked into giving away my card, a password or a code. Please lock my account now.”")
BEGIN_HELD = N_("“Someone close to me is held abroad, and money is demanded. I need to report it.”")
BEGIN_OTHER = N_("“I want to report a fraud.”")
AMOUNT = N_("Amount: {value}")
WHEN = N_("When: {value}")
RAIL = N_("How: {value}")
PAYEE = N_("Paid to: {value}")
PAYEE_BLANK = N_("Paid to: ______ (full name, account and bank, as in the transfer record)")
HANDED_BLANK = N_("Handed to: ______ (where and when, what they looked like, which car or app brought them)")
OWN = N_("From: my account at ______ (say your bank; give your ID and account number only to them)")
CONTACTS = N_("They used: {value}")
LINKS = N_("Links: {value}")
KIND = N_("It looks like: {value}")
NUMBER_PLEASE = N_("“Please give me the reference number, and the name of the person handling it.”")

_ACCOUNTS = (ObservableType.ACCOUNT, ObservableType.IBAN, ObservableType.WALLET)
_SHORT = 80
_CONTACTS = (ObservableType.PHONE, ObservableType.HANDLE, ObservableType.EMAIL, ObservableType.PLATFORM)


def script(book: Book, session: Session, now: datetime) -> str:
    voice, report = book.voice(session), session.report
    lines = [voice.say(SCRIPT_TITLE), "", _begin(book, voice, report)]
    lines += _facts(voice, report, now)
    best = best_match(book, report)
    if best is not None and report.likeness == Likeness.WARN:
        lines.append(voice.say(KIND, value=voice.texts(best[1].name)))
    lines += ["", voice.say(NUMBER_PLEASE)]
    return "\n".join(lines)


def _begin(book: Book, voice: Voice, report: Report) -> str:
    ask = book.hotlines.ask(voice.country)
    match report.kind:
        case Kind.CHEATED if report.lost == "given":
            return voice.say(BEGIN_GIVEN)
        case Kind.CHEATED if report.was_handed_over:
            return voice.say(BEGIN_HANDED)
        case Kind.CHEATED if ask is not None:
            return voice.say(BEGIN, ask=voice.texts(ask))
        case Kind.CHEATED:
            return voice.say(BEGIN_GENERAL)
        case Kind.HELD:
            return voice.say(BEGIN_HELD)
        case _:
            return voice.say(BEGIN_OTHER)


def payee_told(report: Report) -> str:
    """As it was told: a short line with the account has the name beside it, which no reader takes out; else empty."""
    if report.answers.get("payee", NOT_KNOWN) != NOT_KNOWN:
        return report.answers["payee"]
    accounts = [fact.shown for fact in report.facts_of(*_ACCOUNTS)]
    short = [line for line in report.lines if len(line) <= _SHORT and any(account in line for account in accounts)]
    return " ".join(" ".join(short[-1:]).split())


def _payee(report: Report) -> list[str]:
    told = payee_told(report)
    if told:
        return [told]
    return [fact.shown for fact in report.facts_of(*_ACCOUNTS, ObservableType.BANK)]


def _facts(voice: Voice, report: Report, now: datetime) -> list[str]:
    lines: list[str] = []
    for sentence, question, types in (
        (AMOUNT, "amount", (ObservableType.AMOUNT,)),
        (WHEN, "when", (ObservableType.MOMENT,)),
        (RAIL, "rail", (ObservableType.RAIL,)),
    ):
        told = report.ways_told() if question == "rail" else report.facts_of(*types)
        values = [show(voice, fact, now) for fact in told]
        answer = report.answers.get(question or "", NOT_KNOWN)
        if not values and answer != NOT_KNOWN:
            values.append(voice.say(LABELS[f"answer:{answer}"]) if question == "rail" else answer)
        if values:
            lines.append(voice.say(sentence, value=voice.list(list(dict.fromkeys(values))[:4])))
    if report.kind is Kind.CHEATED and report.was_handed_over:
        lines.append(voice.say(HANDED_BLANK))
    elif report.kind is Kind.CHEATED and report.lost != "given":
        payee = _payee(report)
        lines.append(voice.say(PAYEE, value=voice.list(payee)) if payee else voice.say(PAYEE_BLANK))
        lines.append(voice.say(OWN))
    contacts = [fact.shown for fact in report.facts_of(*_CONTACTS)]
    if contacts:
        lines.append(voice.say(CONTACTS, value=voice.list(contacts[:6])))
    links = [defang(fact.value) for fact in report.facts_of(ObservableType.LINK, ObservableType.DOMAIN)]
    if links:
        lines.append(voice.say(LINKS, value=voice.list(links[:4])))
    return lines
