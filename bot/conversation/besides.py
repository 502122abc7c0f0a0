"""What was told besides the dangers: seen as it is told, and answered once."""

from bot.conversation import urgent
from bot.conversation.events import Reply
from bot.conversation.pictured import speaks_of_private_pictures
from bot.conversation.report import HURT, IDENTITY, LOST, PAYING
from bot.conversation.steps import Step
from bot.conversation.warning import given, identity_given
from knowledge.dangers import Besides, Danger, Kind, Reading

_HAVE_THEIR_OWN = frozenset(Danger) - {Danger.TRAVEL}
"""Dangers whose card tells to send nothing, or whose people are asked nothing but that."""

_MAY_BE_THEIRS = frozenset({Danger.TRAVEL, Danger.MULE})
"""Dangers whose card speaks otherwise to whoever tells of somebody else."""


def see_besides(step: Step, reading: Reading) -> Step:
    """All that was read of it in what was just told."""
    if Besides.CHILD in reading.besides:
        step = step.change(of_a_child=True)
    if Danger.LIFE in reading.dangers:
        step = step.change(of_another=Besides.OTHER in reading.besides)
    if _MAY_BE_THEIRS.intersection(reading.dangers):
        # "He is boarding now" names nobody any more.
        step = step.change(theirs=step.session.theirs or Besides.THEIRS in reading.besides)
    if Besides.HURT in reading.besides:
        step = _see_hurt(step)
    if Besides.PAYING in reading.besides:
        step = _see_paying(step)
    if Besides.IDENTITY in reading.besides:
        step = _see_identity(step)
    return _see_given(step) if Besides.GIVEN in reading.besides else step


def _see_hurt(step: Step) -> Step:
    """Somebody is being hurt: whom to call stands before all else, unless they may be standing by."""
    if step.report.is_hurt:
        return step
    # Whoever did it may have the phone in hand next: nothing is written unasked, and nothing rings.
    step = step.change(report=step.report.answer(HURT, "yes"), quiet=True)
    return step if Danger.CONTROLLER in step.report.dangers else say_hurt(step)


def say_hurt(step: Step) -> Step:
    """Nobody who is inside, or whose own person is held abroad, is sent to the police of that place."""
    if step.report.kind in {Kind.HELD, Kind.INSIDER}:
        return step
    return step.note(Reply(urgent.is_hurt(step.book, step.voice), silent=True, urgent=True))


def _see_paying(step: Step) -> Step:
    """It can still be stopped: said before anything is asked, unless a card that says so too is due already."""
    heard = step.report.answers.get(PAYING)
    own = _HAVE_THEIR_OWN.intersection(step.report.dangers)
    if own == {Danger.MONEY_GONE} and Danger.MONEY_GONE in step.session.cards and heard != "again":
        # Their card is read, and now they stand at the counter once more.
        return _say(step, "again")
    if heard is not None:
        return step
    step = step.change(report=step.report.answer(PAYING, "heard"))
    return step if own else say_paying(step)


def say_paying(step: Step) -> Step:
    """Where something is about to be handed over and none of it is gone; ransom has advice of its own, and whoever
    threatens with pictures is no honest seller who can wait an hour."""
    report = step.report
    if PAYING not in report.answers or report.lost == "paid" or report.kind in {Kind.HELD, Kind.INSIDER}:
        return step
    return step if speaks_of_private_pictures(report.telling) else _say(step, "said")


def _say(step: Step, heard: str) -> Step:
    step = step.change(report=step.report.answer(PAYING, heard))
    return step.note(Reply(urgent.is_paying(step.book, step.voice), silent=step.session.quiet, urgent=True))


def _see_identity(step: Step) -> Step:
    """ID, or a picture of it, is in their hands: something has happened, whatever else they ask."""
    if step.report.kind not in {None, Kind.CHECK, Kind.CHEATED} or step.session.minor:
        return step
    return step.change(report=step.report.answer(IDENTITY, "yes")).change_report(kind=Kind.CHEATED)


def _see_given(step: Step) -> Step:
    """A card, a password or a code is in their hands: what was told is not asked again."""
    if step.report.kind not in {None, Kind.CHECK, Kind.CHEATED} or step.report.lost is not None:
        return step
    return step.change(report=step.report.answer(LOST, "given")).change_report(kind=Kind.CHEATED)


def if_given(step: Step) -> Step:
    """What to do, said once, where what opens an account was given and no money is known to have left.

    A child who gave a game's password has no bank to call: their card says whom to tell.
    """
    is_theirs = step.report.kind is Kind.CHEATED and not step.session.minor
    if not is_theirs or step.report.lost != "given" or step.session.exposure == "given":
        return step
    return step.also(given(step.book, step.session)).change(exposure="given")


def if_identity(step: Step) -> Step:
    """What to do, said once, where ID was given. After money it waits with what else helps: the bank comes first."""
    report, session = step.report, step.session
    if report.kind is not Kind.CHEATED or not report.gave_identity or session.identity_told or report.lost == "paid":
        return step
    return step.also(identity_given(step.book, session)).change(identity_told=True)
