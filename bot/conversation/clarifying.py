"""Asking which of several scams it is: an answer, the way past, and back to a question."""

from bot.conversation import phrases
from bot.conversation.doubts import (
    doubt_on_screen,
    first_named,
    is_settled,
    is_still_likely,
    next_doubt,
    weighed,
)
from bot.conversation.session import Stage
from bot.conversation.steps import Step
from bot.conversation.warning import advice, best_match, likened, warned_as, warning
from knowledge.asking import Reply
from knowledge.matching import Likeness
from knowledge.pattern import AdviceStage


def press_clarify(step: Step, given: str) -> Step:
    """Yes, no or not sure: the warning as soon as it is clear, else the next question, else what can be said so far."""
    asked = doubt_on_screen(step.book, step.session)
    if asked is None or given not in set(Reply):
        return step
    doubts = tuple(name for name in step.session.doubts if name != asked.id)
    report = weighed(step.book, step.report.answer(asked.id, given))
    return clarify(step.change(report=report, doubts=(*doubts, asked.id)))


def clarify(step: Step) -> Step:
    """What follows from what was answered so far."""
    if is_settled(step.book, step.report):
        return _warned(step)
    following = next_doubt(step.book, step.session)
    return step.goto(Stage.CLARIFY, following.id) if following is not None else pass_over(step)


def pass_over(step: Step) -> Step:
    """Nothing more is asked: the advice of what it may still be, or that it is less like that; never "safe"."""
    best = best_match(step.book, step.report)
    if best is None or not is_still_likely(step.report):
        return step.goto(Stage.UNKNOWN)
    if step.session.stage is Stage.OFFER:
        return step
    pattern = best[1]
    if pattern.id != first_named(step.report) or step.session.stage is not Stage.CLARIFY:
        step = step.also(likened(step.voice, pattern))
    return step.also(advice(step.book, step.session, AdviceStage.NOT_PAID)).goto(Stage.OFFER)


def reopen(step: Step) -> Step:
    """Gone back to: its answer is forgotten, and what was made of it."""
    name = step.session.question
    if step.session.stage is not Stage.CLARIFY or name is None or name not in step.session.doubts:
        return step
    report = weighed(step.book, step.report.answer(name, None))
    doubts = tuple(other for other in step.session.doubts if other != name)
    return step.change(report=report, doubts=doubts).change_report(likeness=Likeness.SIMILAR.value)


def _warned(step: Step) -> Step:
    step = step.change_report(likeness=Likeness.WARN.value)
    best = best_match(step.book, step.report)
    if best is None:
        return step.goto(Stage.UNKNOWN)
    match, pattern = best
    worded = {evidence.red_flag for evidence in match.evidence}
    if any(flag.id in worded and not flag.honest_alone for flag in pattern.red_flags):
        step = step.also(warning(step.book, step.session))
    else:
        # What was answered is the reason; words that are as often honest would be a poor one.
        step = step.say(phrases.WARN_CALM, name=step.voice.texts(pattern.name), gist=step.voice.texts(pattern.gist))
        step = step.also(step.voice.texts(pattern.next))
    return step.change(warned=warned_as(step.report)).goto(Stage.EXPOSURE)
