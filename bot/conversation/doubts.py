"""Which of several scams it is: the questions that tell them apart, and what the answers make of the match."""

from dataclasses import replace

from bot.conversation.book import Book
from bot.conversation.report import Report
from bot.conversation.session import Session, Stage
from knowledge.asking import Doubt, Reply, clear_pattern, find_doubt, next_question, posterior
from knowledge.language import Texts


def next_doubt(book: Book, session: Session) -> Doubt | None:
    """The question that tells most now; None when it is clear, or nothing worth asking is left."""
    report = session.report
    return next_question(_before(report), book.catalogue, replies(report), _told(book, report))


def doubt_on_screen(book: Book, session: Session) -> Doubt | None:
    """The one that was asked, whatever the knowledge would ask by now; a session of before kept none."""
    if session.stage is not Stage.CLARIFY:
        return None
    shown = find_doubt(book.catalogue, session.question) if session.question is not None else None
    return shown or next_doubt(book, session)


def replies(report: Report) -> dict[str, Reply]:
    """What was answered to such questions: theirs alone have a name of two parts."""
    known = set(Reply)
    return {name: Reply(given) for name, given in report.answers.items() if "/" in name and given in known}


def weighed(book: Book, report: Report) -> Report:
    """With the matches as the answers leave them, the likeliest first."""
    before = _before(report)
    after = posterior(before, book.catalogue, replies(report))
    matches = (replace(match, score=after[match.pattern], prior=before[match.pattern]) for match in report.matches)
    return replace(report, matches=tuple(sorted(matches, key=lambda match: -match.score)))


def is_settled(book: Book, report: Report) -> bool:
    """Whether the answers made one scam clear, and the person's own words say why: no warning without a reason."""
    best = report.matches[0] if report.matches else None
    clear = clear_pattern(_before(report), book.catalogue, replies(report))
    return best is not None and best.pattern == clear and bool(best.evidence)


def is_still_likely(report: Report) -> bool:
    """Whether the best is no less likely than before the answers, so that its advice may help."""
    best = report.matches[0] if report.matches else None
    return best is not None and best.score >= (best.prior or 0.0) and best.score >= _FAINT


def first_named(report: Report) -> str | None:
    """The pattern that was named before the first question."""
    before = _before(report)
    return max(before, key=before.__getitem__, default=None)


_FAINT = 0.15
"""Below it, a name would say nothing: the matcher's own measure."""


def _before(report: Report) -> dict[str, float]:
    """How probable each pattern was before any answer."""
    return {match.pattern: match.score if match.prior is None else match.prior for match in report.matches}


def _told(book: Book, report: Report) -> list[Texts]:
    """The red flags that the person's own words have already."""
    return [
        red_flag.name
        for match in report.matches
        if match.pattern in book.catalogue
        for red_flag in book.catalogue[match.pattern].red_flags
        if any(evidence.red_flag == red_flag.id for evidence in match.evidence)
    ]
