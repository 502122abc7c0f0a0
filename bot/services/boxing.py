"""A report made into what is sealed for staff: all that was told, with offsets into it as written."""

from datetime import datetime

from bot.conversation.book import Book
from bot.conversation.doubts import replies
from bot.conversation.events import File
from bot.conversation.report import Report
from bot.services.tipbox import BoxedEvidence, BoxedMatch, BoxedObservable, TipBox
from knowledge.asking import posterior
from knowledge.dangers import Kind
from knowledge.matching import Matcher, Matching


def box_report(book: Book, matcher: Matcher, file: File, now: datetime) -> TipBox:
    """Reads the whole telling once more, so that every offset counts in it. Some milliseconds."""
    report = file.report
    observables = book.extractor.extract(report.telling, country=file.country, now=now)
    return TipBox(
        telling=report.lines,
        language=file.language.value,
        kind=(report.kind or Kind.CHECK).value,
        country=file.country,
        dangers=tuple(danger.value for danger in report.dangers),
        answers={question: answer for question, answer in report.answers.items() if question != "contact"},
        observables=tuple(
            BoxedObservable(
                type=seen.type.value,
                value=seen.value,
                text=seen.text,
                start=seen.start,
                end=seen.end,
                checked=seen.checked,
                money=(seen.money.minor, seen.money.currency) if seen.money else None,
                moment=seen.moment,
            )
            for seen in observables
        ),
        likeness=report.likeness or "unknown",
        matches=_matches(book, report, matcher.match(report.telling)) if report.lines else (),
        contact=_contact(report),
        pictured=tuple(dict.fromkeys(line for line in report.pictured if line in report.lines)),
        notify=file.watch,
    )


def _matches(book: Book, report: Report, matching: Matching) -> tuple[BoxedMatch, ...]:
    """The likeliest first, as the reporter's answers leave them: staff see what the reporter was told."""
    best = matching.matches[:5]
    scores = posterior({match.pattern: match.score for match in best}, book.catalogue, replies(report))
    boxed = (
        BoxedMatch(
            match.pattern,
            scores[match.pattern],
            tuple(BoxedEvidence(e.start, e.end, e.text, e.red_flag) for e in match.evidence),
        )
        for match in best
    )
    return tuple(sorted(boxed, key=lambda match: -match.score))


def _contact(report: Report) -> str | None:
    contact = report.answers.get("contact")
    return None if contact in {None, "not-known"} else contact
