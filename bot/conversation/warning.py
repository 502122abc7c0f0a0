"""What the match says to a person: warn, similar or unknown; never "safe"."""

from bot.conversation import phrases
from bot.conversation.book import Book, Voice
from bot.conversation.report import Match, Report
from bot.conversation.session import Session
from knowledge.dangers import Kind
from knowledge.matching import Likeness
from knowledge.pattern import AdviceStage, Pattern, Question

_MOST_QUOTES = 3
_LONGEST_QUOTE = 40
MOST_DOUBTS = 3
"""Clarifying questions asked at the most."""


def warning(book: Book, session: Session) -> str:
    """What it looks like, why, and what comes next; empty where there is nothing new to say."""
    voice, report = book.voice(session), session.report
    if report.likeness is None or report.kind is Kind.INSIDER:
        return ""
    told = report.kind in {Kind.CHEATED, Kind.HELD, Kind.MULE, Kind.INSIDER}
    best = best_match(book, report)
    if report.likeness == Likeness.UNKNOWN or best is None:
        return voice.say(phrases.UNKNOWN_TOLD) if told else ""
    if session.warned == warned_as(report):
        return ""
    match, pattern = best
    name, gist = voice.texts(pattern.name), voice.texts(pattern.gist)
    if report.likeness == Likeness.SIMILAR:
        return voice.say(phrases.SIMILAR_TOLD, name=name, gist=gist) if told else ""
    if not match.evidence:
        return voice.say(phrases.WARN_CALM, name=name, gist=gist)
    form = phrases.WARN_TOLD if told else phrases.WARN
    said = voice.say(form, name=name, evidence=quotes(voice, match, pattern))
    return "\n\n".join(part for part in (said, what_next(voice, pattern, report)) if part)


def what_next(voice: Voice, pattern: Pattern, report: Report) -> str:
    """What is still to come, by how far it has come: nobody who is held is told how they were lured."""
    match report.kind:
        case Kind.HELD | Kind.INSIDER:
            return ""
        case Kind.CHEATED:
            return voice.say(phrases.NEXT_PAID)
        case _:
            return voice.texts(pattern.next)


def warned_as(report: Report) -> str | None:
    """What a warning given now would be remembered as."""
    if not report.matches or report.likeness is None:
        return None
    return f"{report.likeness}:{report.matches[0].pattern}"


def best_match(book: Book, report: Report) -> tuple[Match, Pattern] | None:
    for match in report.matches[:1]:
        if match.pattern in book.catalogue:
            return match, book.catalogue[match.pattern]
    return None


def quotes(voice: Voice, match: Match, pattern: Pattern) -> str:
    """The person's own words, each once; a long one is named by its red flag instead."""
    said: list[str] = []
    for evidence in match.evidence:
        words = " ".join(evidence.text.split())
        if len(words) <= _LONGEST_QUOTE:
            said.append(voice.quote(words))
        elif evidence.red_flag is not None:
            said.append(voice.texts(pattern.red_flag(evidence.red_flag).name))
        else:
            said.append(voice.quote(words[:_LONGEST_QUOTE] + "…"))
    return voice.list(list(dict.fromkeys(said))[:_MOST_QUOTES])


def doubt(book: Book, session: Session) -> tuple[Pattern, Question] | None:
    """The next clarifying question about the pattern it is similar to; None when there is none left."""
    best = best_match(book, session.report)
    if best is None or len(session.doubts) >= MOST_DOUBTS:
        return None
    pattern = best[1]
    for question in pattern.questions:
        if doubt_id(pattern, question) not in session.doubts:
            return pattern, question
    return None


def doubt_id(pattern: Pattern, question: Question) -> str:
    return f"{pattern.id}/{question.id}"


def advice(book: Book, session: Session, stage: AdviceStage) -> str:
    """The pattern's advice for how far it has come; empty where the pattern has none or nothing matched."""
    best = best_match(book, session.report)
    if best is None or session.report.likeness == Likeness.UNKNOWN:
        return ""
    texts = best[1].advice.get(stage)
    return book.voice(session).texts(texts) if texts else ""
