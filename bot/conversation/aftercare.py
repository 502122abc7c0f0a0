"""What helps once it has happened: the advice of the scam that it was, by what was done besides paying."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.conversation import phrases
from bot.conversation.book import Book
from bot.conversation.phrases import N_
from bot.conversation.questions import size
from bot.conversation.report import Report
from bot.conversation.session import Session
from bot.conversation.warning import named_match
from knowledge.language import Texts
from knowledge.pattern import AdviceStage

TITLE = N_("**What else helps** ({name})")
IF_CARD = N_("**Gave a card, a password or a code?** {advice}")
IF_IDENTITY = N_("**Gave ID or a picture of it?** {advice}")
IF_OPENED = N_("**Opened or installed something?** {advice}")
_CARD = (AdviceStage.CARD_OR_PASSWORD_GIVEN, IF_CARD)
_IDENTITY = (AdviceStage.IDENTITY_GIVEN, IF_IDENTITY)
_OPENED = (AdviceStage.OPENED_OR_INSTALLED, IF_OPENED)
_Stages: TypeAlias = Sequence[tuple[AdviceStage, str | None]]
_AFTER: Mapping[str, _Stages] = {
    "paid": ((AdviceStage.PAID, None), _IDENTITY, _CARD, _OPENED),
    # What to do about the card was said already.
    "given": (_IDENTITY, _OPENED),
}
_A_SCREEN = 700
"""In the measure of `size`: what does not fit on a phone is left out, the most pressing comes first."""


def has_aftercare(book: Book, report: Report) -> bool:
    return any(_texts(book, report, stage) for stage, _ in _after(report)) or _has_general(report)


def aftercare(book: Book, session: Session) -> str:
    """Empty where nothing was lost, or no scam is named with some right and no ID was given."""
    voice, report = book.voice(session), session.report
    best = named_match(book, report)
    title = "" if best is None else voice.say(TITLE, name=voice.texts(best[1].name))
    said: list[str] = []
    for stage, form in _after(report):
        texts = _texts(book, report, stage)
        is_general = texts is None and stage is AdviceStage.IDENTITY_GIVEN and _has_general(report)
        advice = voice.say(phrases.IDENTITY_GIVEN) if is_general else voice.texts(texts) if texts else ""
        part = advice if form is None or not advice else voice.say(form, advice=advice)
        if part and size(title + "".join(said)) + size(part) <= _A_SCREEN:
            said.append(part)
    return "\n\n".join(part for part in (title, *said) if part) if said else ""


def _texts(book: Book, report: Report, stage: AdviceStage) -> Texts | None:
    """The advice of the scam that was named."""
    best = named_match(book, report)
    return None if best is None else best[1].advice.get(stage)


def _has_general(report: Report) -> bool:
    """Whoever gave ID besides money hears what holds for all, where no scam is named or it says nothing of ID."""
    return report.gave_identity and report.lost == "paid"


def _after(report: Report) -> _Stages:
    """Where ID was given and no money, what to do about it was said with the warning."""
    after = _AFTER.get(report.lost or "", ())
    return [one for one in after if one is not _IDENTITY] if report.gave_identity and report.lost == "given" else after
