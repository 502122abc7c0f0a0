"""Taking in what was told: its words, facts, dangers, kind and place."""

from collections.abc import Iterable

from bot.conversation import words
from bot.conversation.advance import see_danger, set_kind
from bot.conversation.besides import see_besides
from bot.conversation.inside import see_inside
from bot.conversation.placing import place
from bot.conversation.session import Stage
from bot.conversation.steps import Step
from knowledge.dangers import Besides, Danger, Kind, Reading
from knowledge.observables import Observable, ObservableType

_FROM_INSIDE = frozenset({Danger.LIFE, Danger.LIVE_CONTROL, Danger.CONTROLLER, Danger.MINOR})
_WHO_IS_OUT = frozenset(Danger) - {Danger.LIVE_CONTROL, Danger.TRAVEL}


def take(step: Step, text: str, reading: Reading, hint: str | None, *, pictured: bool = False) -> Step:
    """More of the telling: its facts, dangers, kind and place."""
    if step.session.stage is Stage.CLOSED:
        step = step.change(stage=Stage.OPEN, past=(), opened=None)
    look = step.book.extractor.look(text)
    step = place(step, look, hint)
    told = step.book.extractor.settle(look, country=step.session.country, now=step.now)
    corrects = not pictured and (words.corrects(text) or step.session.stage is Stage.CHANGE)
    told = told if pictured else (*told, *corrected_sum(step, text, told))
    report = step.report.correct(told) if corrects else step.report
    step = step.change(report=report.tell(text, told, pictured=pictured))
    if step.report.kind is None or (step.report.kind is Kind.CHECK and reading.kind is not Kind.CHECK):
        step = set_kind(step, reading.kind)
    step = see_inside(step, reading)
    step = see_danger(step, *_own(step, reading))
    return see_besides(step, reading)


def _own(step: Step, reading: Reading) -> tuple[Danger, ...]:
    """The dangers of whoever writes from inside: journeys and money they tell of are the office's business.

    Their cards name the local police besides, to whom nobody is sent from inside. And whoever is beaten for a card is
    not told that going to the police early counts in their favour.
    """
    if step.report.kind is Kind.INSIDER or step.report.is_inside:
        return tuple(danger for danger in reading.dangers if danger in _FROM_INSIDE)
    if step.report.is_out:
        # On the way home, and on the line with whoever helped them.
        return tuple(danger for danger in reading.dangers if danger in _WHO_IS_OUT)
    is_hurt = Besides.HURT in reading.besides
    return tuple(danger for danger in reading.dangers if danger is not Danger.MULE or not is_hurt)


def corrected_sum(step: Step, text: str, told: Iterable[Observable]) -> tuple[Observable, ...]:
    """A bare number that takes back a sum told before is one, in that one's currency."""
    before = step.report.facts_of(ObservableType.AMOUNT)
    number = words.corrected_number(text)
    if number is None or not before or any(seen.type == ObservableType.AMOUNT for seen in told):
        return ()
    seen = extract(step, f"{number} {before[-1].currency or ''}")
    return tuple(observable for observable in seen if observable.type == ObservableType.AMOUNT)


def keep_words(step: Step, text: str, *, covered: bool | None = None) -> Step:
    """The words of an answer, which need no new match if all before them is `covered` by the last one."""
    if covered is None:
        covered = step.session.matched == len(step.report.lines)
    if not step.report.has_room_for(text):
        return step
    report = step.report.tell(text, extract(step, text))
    return step.change(report=report, matched=len(report.lines) if covered else 0)


def extract(step: Step, text: str) -> tuple[Observable, ...]:
    return step.book.extractor.extract(text, country=step.session.country, now=step.now)
