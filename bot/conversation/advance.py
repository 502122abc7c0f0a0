"""What comes next once something was told: a card, the match, its warning, a question, or the review."""

from dataclasses import replace

from bot.conversation.besides import if_given, if_identity
from bot.conversation.clarifying import clarify
from bot.conversation.doubts import is_settled, replies, weighed
from bot.conversation.events import Match as MatchEffect
from bot.conversation.events import Reply
from bot.conversation.pictured import speaks_of_pictures
from bot.conversation.questions import next_question, size
from bot.conversation.report import PAYING, Evidence, Match, Report
from bot.conversation.session import Session, Stage
from bot.conversation.steps import Step
from bot.conversation.warning import NAMED, NAMED_SURELY, THREATS, is_news, warned_as, warning
from knowledge.dangers import Danger, Kind
from knowledge.matching import Likeness, Matching
from knowledge.observables import ObservableType

_QUIET_DANGERS = frozenset({Danger.LIFE, Danger.LIVE_CONTROL, Danger.CONTROLLER, Danger.MINOR, Danger.TRAVEL})
_QUIET_KINDS = frozenset({Kind.INSIDER, Kind.HELD})
_PRECEDENCE = tuple(Danger)


def see_danger(step: Step, *dangers: Danger) -> Step:
    """Dangers seen: their cards wait, the most pressing first; only the one for life is shown a second time."""
    report, session = step.report, step.session
    known = set(session.cards) | set(session.waiting)
    new = [danger for danger in dangers if danger not in known or danger is Danger.LIFE]
    waiting = tuple(sorted({*session.waiting, *new}, key=_PRECEDENCE.index))
    every = tuple(sorted({*report.dangers, *dangers}, key=_PRECEDENCE.index))
    kind = report.kind
    if kind in {None, Kind.CHECK}:
        if Danger.MONEY_GONE in every:
            kind = Kind.CHEATED
        elif Danger.MULE in every:
            kind = Kind.MULE
    return step.change(
        waiting=waiting,
        quiet=session.quiet or bool(_QUIET_DANGERS.intersection(dangers)),
        minor=session.minor or Danger.MINOR in dangers,
    ).change_report(dangers=every, kind=kind)


def set_kind(step: Step, kind: Kind | None) -> Step:
    if kind is None:
        return step
    return step.change_report(kind=kind).change(quiet=step.session.quiet or kind in _QUIET_KINDS)


def advance(step: Step) -> Step:
    """The next screen; may ask the shell to match first."""
    session, report = step.session, step.report
    if session.waiting:
        first, *rest = session.waiting
        cards = (*session.cards, first) if first not in session.cards else session.cards
        return step.goto(Stage.CARD).change(card=first, cards=cards, waiting=tuple(rest))
    if session.tip is not None:
        return step.goto(Stage.FILED)
    if report.kind is Kind.HELD and not session.held_shown:
        return step.goto(Stage.HELD).change(held_shown=True)
    if report.kind is Kind.INSIDER and not session.safety_asked:
        return step.goto(Stage.SAFETY).change(safety_asked=True)
    if not report.lines:
        has_begun = report.kind is not None or report.dangers or session.exhibits.kept
        return step.goto(Stage.TELL if has_begun else Stage.OPEN)
    if session.matched != len(report.lines):
        return step.ask(MatchEffect(report.telling))
    return _told(step)


def matched(step: Step, matching: Matching) -> Step:
    """The match is there: keep it, say it once, go on."""
    report = _with_matches(step.report, matching)
    if replies(report):
        report = weighed(step.book, report)
    likeness = _likeness(step, report, matching.likeness)
    report = replace(report, likeness=_as_told(report, likeness).value)
    return advance(step.change(report=report, matched=len(report.lines)))


def with_match(report: Report, matching: Matching) -> Report:
    """The same for a report of which nothing was asked: told by phone."""
    return replace(_with_matches(report, matching), likeness=_as_told(report, matching.likeness).value)


def _with_matches(report: Report, matching: Matching) -> Report:
    kept = tuple(
        Match(match.pattern, match.score, tuple(Evidence(e.text, e.red_flag) for e in match.evidence))
        for match in matching.matches[:5]
    )
    return replace(report, matches=_of_their_age(report, kept))


def _of_their_age(report: Report, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Whoever is not known to be a child is not told of children: the same is done to grown-ups."""
    if Danger.MINOR in report.dangers or not matches or matches[0].pattern != _OF_CHILDREN:
        return matches
    if not speaks_of_pictures(report.telling):
        return matches[1:]
    evidence = next((match.evidence for match in matches if match.pattern == _OF_ADULTS and match.evidence), ())
    bare = tuple(Evidence(piece.text, None) for piece in matches[0].evidence)
    rest = tuple(match for match in matches[1:] if match.pattern != _OF_ADULTS)
    return (Match(_OF_ADULTS, matches[0].score, evidence or bare), *rest)


def _as_told(report: Report, likeness: Likeness) -> Likeness:
    """A few words of someone who was cheated name no scam. But whoever tells of a danger brings no honest message, for
    the sake of which a warning is held back: then it is enough to be sure of the name. Nor is a threat ever one."""
    if report.kind in {Kind.CHEATED, Kind.MULE} and size(report.telling) < _NAMES_A_SCAM:
        return Likeness.UNKNOWN
    best = report.matches[0] if report.matches else None
    if report.answers.get(PAYING) == "said" and _asks(report) and (best is None or best.score < NAMED_SURELY):
        # A few words at a counter: what to do was said, and a wrong name, or a question about one, undoes it.
        return Likeness.UNKNOWN
    if likeness is not Likeness.SIMILAR or best is None or not best.evidence:
        return likeness
    if _asks(report) and size(report.telling) < _NAMES_A_SCAM and not any(piece.red_flag for piece in best.evidence):
        # "I deliver food", "I'm a teacher": so few words are like whatever scam they stand in.
        return Likeness.UNKNOWN
    is_sure = not _asks(report) and best.score >= NAMED_SURELY
    return Likeness.WARN if is_sure or (best.pattern in THREATS and best.score >= NAMED) else likeness


def _likeness(step: Step, report: Report, found: Likeness) -> Likeness:
    """What the match says, and the questions already answered: they make nothing of what is unknown."""
    if not replies(report) or found is Likeness.UNKNOWN:
        return found
    if found is Likeness.SIMILAR:
        # Never less sure than what was said already.
        was_warned = step.report.likeness == Likeness.WARN
        return Likeness.WARN if was_warned or is_settled(step.book, report) else found
    # The answers may name another than the one whose words gave the reason.
    return found if report.matches and report.matches[0].evidence else Likeness.SIMILAR


def _told(step: Step) -> Step:
    """All that cannot wait was said, and the telling is matched."""
    if is_check(step):
        return _checked(step)
    if _is_bare(step):
        return step.goto(Stage.TELL)
    # Whom to call comes before what it was.
    step = if_identity(_warned(if_given(step)))
    question = next_question(step.report, step.session.asked)
    if question is not None:
        return step.goto(Stage.QUESTION, question.id).change(asked=(*step.session.asked, question.id))
    return step.goto(Stage.REVIEW)


def _warned(step: Step) -> Step:
    if step.report.is_out:
        # What is known of it is for those who wait at home, and whoever writes has it behind them.
        return step
    said = warning(step.book, step.session) if is_news(step.session) else ""
    if not said:
        # Not known, and not worth a sentence: an answer that makes the telling longer makes it no more so.
        is_unknown = step.report.likeness == Likeness.UNKNOWN and step.session.warned is None
        return step.change(warned=warned_as(step.report)) if is_unknown else step
    return step.note(Reply(said, silent=step.session.quiet)).change(warned=warned_as(step.report))


def is_check(step: Step) -> bool:
    """Whether this is a check: nothing happened yet that a report would have to hold."""
    return _asks(step.report)


def _asks(report: Report) -> bool:
    return report.kind in {None, Kind.CHECK} and not _QUIET_DANGERS.intersection(report.dangers)


def _checked(step: Step) -> Step:
    report, session = step.report, step.session
    if session.exposure is not None:
        return step.goto(Stage.REVIEW if session.stage is Stage.REVIEW else Stage.OFFER)
    if report.likeness == Likeness.WARN:
        return _warned(step).goto(Stage.EXPOSURE)
    if report.likeness == Likeness.SIMILAR:
        return clarify(step)
    if _is_bare(step):
        return step.goto(Stage.TELL)
    return step.goto(Stage.UNKNOWN)


def _is_bare(step: Step) -> bool:
    """Whether too little was told to answer, and more was not asked for yet."""
    report = step.report
    too_little = report.kind in {None, Kind.CHECK} and size(report.telling) < _TOO_LITTLE
    too_little = too_little and report.likeness == Likeness.UNKNOWN and not report.facts_of(*_TO_CHECK)
    return too_little and step.session.stage not in {Stage.TELL, Stage.UNKNOWN, Stage.REVIEW}


_TO_CHECK = (
    ObservableType.PHONE,
    ObservableType.LINK,
    ObservableType.DOMAIN,
    ObservableType.EMAIL,
    ObservableType.ACCOUNT,
    ObservableType.WALLET,
    ObservableType.HANDLE,
)
"""A bare one of these may be asked about; nothing more is needed to say that it is not known."""
_OF_CHILDREN, _OF_ADULTS = "minor-sextortion", "nude-chat-extortion"
_NAMES_A_SCAM = 30
"""The size of a telling from which it can be like one scam more than another: "I was cheated, I paid" is like all."""
_TOO_LITTLE = 40
"""The size of a telling under which more is asked for, once: "I don't know this one" would answer nothing."""


def forget_report(step: Step) -> Step:
    """Without anything told: nothing is kept that was not filed."""
    return replace(step, session=_fresh(step.session), forget=True)


def begin_anew(step: Step) -> Step:
    """What follows a filed report is a report of its own."""
    if step.session.tip is None:
        return step
    return replace(step, session=replace(_fresh(step.session), stage=Stage.OPEN, tip=None))


def _fresh(session: Session) -> Session:
    return replace(
        session,
        report=Report(),
        stage=Stage.CLOSED,
        card=None,
        cards=(),
        waiting=(),
        held_shown=False,
        safety_asked=False,
        matched=0,
        warned=None,
        doubts=(),
        exposure=None,
        identity_told=False,
        asked=(),
        past=(),
        question=None,
        resume=None,
        misread=0,
        quiet=False,
        minor=False,
        of_a_child=False,
        of_another=False,
        theirs=False,
        intimate=False,
        exhibits=session.exhibits.without_the_report(),
        opened=None,
        answering=False,
        gathering=None,
        read=(),
    )
