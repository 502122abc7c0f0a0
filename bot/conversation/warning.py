"""What the match says to a person: warn, similar or unknown; never "safe"."""

from bot.conversation import phrases
from bot.conversation.book import Book, Voice
from bot.conversation.questions import size
from bot.conversation.report import Match, Report
from bot.conversation.session import Session
from knowledge.dangers import Danger, Kind
from knowledge.matching import Likeness
from knowledge.pattern import AdviceStage, Pattern

_MOST_QUOTES = 3
_LONGEST_QUOTE = 80
"""In the measure of `size`: forty Chinese characters."""
THREATS = frozenset(
    {"hacked-you-mail", "minor-sextortion", "nude-chat-extortion", "ransom-for-captive", "virtual-kidnapping"}
)
"""Patterns in which somebody is threatened: there is no honest message that they could be mistaken for."""
NAMED = 0.6
NAMED_SURELY = 0.7
"""How probable a scam has to be to be named to someone who was cheated, and to be named without a "maybe"."""
_UNSURE = frozenset({Kind.CHEATED, Kind.MULE})
"""Who tells of these was cheated, whatever the matcher makes of it: they bring no honest message."""
_SAYS_SOMETHING = 40
"""The size of a telling from which "I don't know this kind" is an answer to it."""


def warning(book: Book, session: Session) -> str:
    """What it looks like, why, and what comes next; empty where there is nothing new to say."""
    voice, report = book.voice(session), session.report
    if report.likeness is None or report.kind is Kind.INSIDER or report.is_inside:
        return ""
    told = report.kind in {Kind.CHEATED, Kind.HELD, Kind.MULE}
    # To someone whose own person is held, only what is sure is worth a sentence.
    unsure = report.kind in _UNSURE
    likeness, best = _told_likeness(report), best_match(book, report)
    if likeness == Likeness.UNKNOWN or best is None:
        return voice.say(phrases.UNKNOWN_TOLD) if unsure and size(report.telling) >= _SAYS_SOMETHING else ""
    if Danger.CONTROLLER in report.dangers and report.likeness != Likeness.WARN:
        # Whoever stands beside them reads along.
        return ""
    match, pattern = best
    name, gist = voice.texts(pattern.name), voice.texts(pattern.gist)
    if likeness == Likeness.SIMILAR:
        return voice.say(phrases.SIMILAR_TOLD, name=name, gist=gist) if unsure else ""
    if not match.evidence:
        return voice.say(phrases.WARN_CALM, name=name, gist=gist)
    form = phrases.WARN_TOLD if told else phrases.WARN
    said = voice.say(form, name=name, evidence=quotes(voice, match, pattern))
    return "\n\n".join(part for part in (said, what_next(voice, pattern, report)) if part)


def likened(voice: Voice, pattern: Pattern) -> str:
    """What it may be, to someone who asks. Of a threat nobody is told that it may be honest."""
    form = phrases.SIMILAR_THREAT if pattern.id in THREATS else phrases.SIMILAR
    return voice.say(form, name=voice.texts(pattern.name), gist=voice.texts(pattern.gist))


def what_next(voice: Voice, pattern: Pattern, report: Report) -> str:
    """What is still to come, by how far it has come: nobody who is held is told how they were lured."""
    match report.kind:
        case Kind.HELD if pattern.id in THREATS and not report.is_inside:
            # How to speak with whoever threatens; of a lure to a job the card has said it all.
            texts = pattern.advice.get(AdviceStage.SOMEONE_HELD)
            return voice.texts(texts) if texts else ""
        case Kind.HELD | Kind.INSIDER:
            return ""
        case Kind.CHEATED if Danger.MONEY_GONE in report.dangers:
            following = voice.say(phrases.NEXT_PAID)
        case _:
            following = voice.texts(pattern.next)
    if Danger.LIVE_CONTROL in report.dangers and AdviceStage.ON_THE_CALL in pattern.advice:
        return f"{voice.texts(pattern.advice[AdviceStage.ON_THE_CALL])}\n\n{following}"
    return following


def warned_as(report: Report) -> str | None:
    """What a warning given now would be remembered as."""
    if report.likeness is None:
        return None
    return f"{_told_likeness(report)}:{report.matches[0].pattern if report.matches else ''}"


def _told_likeness(report: Report) -> Likeness:
    """The likeness as it is told: which fraud it was that somebody fell for may be anybody's guess, and a wrong name
    would cost the trust in all the rest."""
    score = report.matches[0].score if report.matches else 0.0
    if report.kind not in _UNSURE or score >= NAMED_SURELY or report.likeness == Likeness.UNKNOWN:
        return Likeness(report.likeness or Likeness.UNKNOWN)
    return Likeness.SIMILAR if score >= NAMED else Likeness.UNKNOWN


def is_news(session: Session) -> bool:
    """Whether a warning now says more than the last one: never less sure, and the same scam but once."""
    now, before = warned_as(session.report), session.warned
    if now is None or before is None:
        return now is not None
    sure, was_sure = (_SURENESS.index(label.partition(":")[0]) for label in (now, before))
    return sure > was_sure or (sure == was_sure == len(_SURENESS) - 1 and now != before)


_SURENESS = (Likeness.UNKNOWN.value, Likeness.SIMILAR.value, Likeness.WARN.value)


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
        if size(words) <= _LONGEST_QUOTE:
            said.append(voice.quote(words))
        elif evidence.red_flag is not None:
            said.append(voice.texts(pattern.red_flag(evidence.red_flag).name))
        else:
            said.append(voice.quote(_shortened(words)))
    return voice.list(list(dict.fromkeys(said))[:_MOST_QUOTES])


def _shortened(words: str) -> str:
    """Cut where a word ends."""
    kept = words
    while size(kept) > _LONGEST_QUOTE:
        kept = kept[:-1]
    if kept[-1:].isascii() and " " in kept:
        kept = kept.rpartition(" ")[0]
    return f"{kept}…"


def advice(book: Book, session: Session, stage: AdviceStage) -> str:
    """The pattern's advice for how far it has come; empty where the pattern has none or nothing matched."""
    best = best_match(book, session.report)
    if best is None or session.report.likeness == Likeness.UNKNOWN:
        return ""
    texts = best[1].advice.get(stage)
    return book.voice(session).texts(texts) if texts else ""


def given(book: Book, session: Session) -> str:
    """What to do once a card, password or code was given: the named scam's own advice, or what holds for all."""
    is_named = named_match(book, session.report) is not None
    own = advice(book, session, AdviceStage.CARD_OR_PASSWORD_GIVEN) if is_named else ""
    of_all = phrases.GIVEN_WALLET if "crypto" in session.report.rails else phrases.GIVEN
    return own or book.voice(session).say(of_all)


def identity_given(book: Book, session: Session) -> str:
    """What to do once ID was given, likewise."""
    is_named = named_match(book, session.report) is not None
    own = advice(book, session, AdviceStage.IDENTITY_GIVEN) if is_named else ""
    return own or book.voice(session).say(phrases.IDENTITY_GIVEN)


def named_match(book: Book, report: Report) -> tuple[Match, Pattern] | None:
    """The scam that was named to them: who asked was warned of it; to who was cheated it is named from a score on."""
    best = best_match(book, report)
    if best is None or report.likeness in {None, Likeness.UNKNOWN}:
        return None
    return best if report.kind is not Kind.CHEATED or best[0].score >= NAMED else None
