"""Whoever writes is held there themself: the short branch, whether a button says so or their own words do."""

from bot.conversation.advance import see_danger, set_kind
from bot.conversation.held import ABROAD
from bot.conversation.report import HELD
from bot.conversation.steps import Step
from knowledge.dangers import Besides, Danger, Kind, Reading


def see_inside(step: Step, reading: Reading) -> Step:
    """By their own words, and where somebody is held at all."""
    if HELD not in step.report.answers and _may_be_out(step, reading):
        for out, answer in ((Besides.HOME, "home"), (Besides.OUT, "out")):
            if out in reading.besides:
                return set_kind(step, Kind.HELD).change_report(answers=step.report.answer(HELD, answer).answers)
    is_held = step.report.kind is Kind.HELD
    is_held = is_held or (step.report.kind is Kind.INSIDER and Danger.CONTROLLER in reading.dangers)
    if Besides.INSIDE not in reading.besides or not is_held or step.report.is_inside:
        return step
    return inside(step)


def _may_be_out(step: Step, reading: Reading) -> bool:
    if step.report.kind is Kind.HELD:
        return True
    tells_of_nothing_else = step.report.kind in {None, Kind.CHECK, Kind.CHEATED}
    tells_of_nothing_else = tells_of_nothing_else and Danger.MONEY_GONE not in reading.dangers
    return tells_of_nothing_else and ABROAD.search(step.report.telling.lower()) is not None


def inside(step: Step) -> Step:
    """What is said to relatives is not for them: whether they can write comes first, and whom to call when they can."""
    return see_danger(step.change(report=step.report.answer(HELD, "inside"), held_shown=True), Danger.CONTROLLER)
