"""The buttons of the cards: each has its own next sentence, and then the report goes on."""

from bot.conversation import phrases, urgent
from bot.conversation.advance import advance, forget_report, see_danger
from bot.conversation.besides import say_hurt, say_paying
from bot.conversation.events import Button, Reply
from bot.conversation.held import inside_card
from bot.conversation.inside import inside
from bot.conversation.report import HELD
from bot.conversation.session import Stage
from bot.conversation.steps import Step
from bot.conversation.whom_to_call import life_lines
from knowledge.dangers import Danger, Kind

# What is said, and then the report goes on.
_GO_ON = {
    "money:called": urgent.MONEY_CALLED,
    "money:cannot": urgent.MONEY_CANNOT,
    "mule:called": urgent.MONEY_CALLED,
    "mule:given": urgent.MULE_GIVEN,
    "mule:cannot": urgent.MULE_CANNOT,
    "travel:away": urgent.TRAVEL_AWAY,
    "travel:not-going": urgent.TRAVEL_NOT_GOING,
    "travel:stayed": urgent.TRAVEL_STAYED,
}
_GO_ON_SILENTLY = frozenset(
    {
        "controller:yes",
        "minor:go-on",
        "life:go-on",
        "travel:go-on",
        "safety:only-me",
    }
)
_STAY = {
    "control:cannot": (urgent.CONTROL_CANNOT, ("control:other-phone",)),
    "travel:with-them": (urgent.TRAVEL_WITH_THEM, ("travel:away", "travel:papers")),
    "travel:still": (urgent.TRAVEL_STILL, ("travel:not-going", "travel:go-on")),
    "travel:papers": (urgent.TRAVEL_PAPERS, ("travel:away", "travel:go-on")),
    "travel:not-reached": (urgent.TRAVEL_NOT_REACHED, ("travel:stayed", "travel:go-on")),
}


def press_card(step: Step, button: str) -> Step:
    if step.session.stage not in {Stage.CARD, Stage.HELD, Stage.SAFETY}:
        return step
    if button in _GO_ON:
        step = step.change(report=step.report.answer(button.partition(":")[0], button.partition(":")[2]))
        return advance(step.say(_GO_ON[button]))
    if button in _GO_ON_SILENTLY:
        return advance(_may_write(step) if button == "controller:yes" else step)
    if button == "travel:me":
        return step.change(theirs=False)
    if button in _STAY:
        sentence, buttons = _STAY[button]
        return _stay(step, step.voice.say(sentence), buttons)
    head, _, rest = button.partition(":")
    match head:
        case "life":
            return _life(step, rest)
        case "control":
            return _control(step, rest)
        case "controller":
            return _stay(step, step.voice.say(urgent.CONTROLLER_NO), ("controller:yes", "exit"))
        case "minor":
            return _minor(step, rest)
        case "held":
            return _held(step, rest)
        case "safety" if rest == "danger":
            return advance(see_danger(step.change(cards=()), Danger.CONTROLLER))
        case "safety":
            return _stay(step, step.voice.say(urgent.SAFETY_SOMEONE), ("exit", "safety:only-me"))
        case _:
            return step


def _may_write(step: Step) -> Step:
    """What had to wait until nobody reads along."""
    if step.report.is_inside:
        return step.note(inside_card(step.book, step.session))
    # Of whom nothing more is known than that they are watched and beaten may be inside.
    step = say_paying(step)
    return say_hurt(step) if step.report.is_hurt and step.report.kind is not None else step


def _stay(step: Step, text: str, buttons: tuple[str, ...]) -> Step:
    """On the card: only this is said, and nothing is asked."""
    shown: tuple[Button, ...] = tuple(step.voice.button(button) for button in buttons)
    return step.note(Reply(text, shown, silent=True, urgent=True)).end()


def _life(step: Step, rest: str) -> Step:
    line = life_lines(step.book, step.voice).split("\n")[0]
    match rest:
        case "alone":
            return _stay(step, step.voice.say(urgent.LIFE_ALONE, line=line), ("life:talking", "life:later"))
        case "other":
            return _stay(step, step.voice.say(urgent.LIFE_OTHER, line=line), ("life:go-on", "life:later"))
        case "talking":
            return _stay(step, step.voice.say(urgent.LIFE_TALKING), ("life:go-on", "life:later"))
        case "me":
            return step.change(of_another=False)
        case "not-that":
            return advance(_without(step, Danger.LIFE).say(urgent.LIFE_NOT_THAT))
        case _:
            return _stay(step, step.voice.say(urgent.LIFE_LATER, line=line), ("life:alone", "life:go-on"))


def _control(step: Step, rest: str) -> Step:
    """Whoever had someone in their phone is asked what they got at, not whether it may be honest."""
    if rest == "not-now":
        return advance(_without(step, Danger.LIVE_CONTROL))
    kind = Kind.CHEATED if step.report.kind in {None, Kind.CHECK} else step.report.kind
    return advance(step.change_report(kind=kind))


def _without(step: Step, denied: Danger) -> Step:
    """The answer is for all that was written while the card stood there: the card does not wait for those words."""
    waiting = tuple(danger for danger in step.session.waiting if danger is not denied)
    step = step.change(waiting=waiting)
    return step.change_report(dangers=tuple(danger for danger in step.report.dangers if danger is not denied))


def _minor(step: Step, rest: str) -> Step:
    if rest in {"adult", "no-child"}:
        return advance(_without(step, Danger.MINOR).change(minor=False))
    return forget_report(step.say(phrases.CLOSED))


def _held(step: Step, rest: str) -> Step:
    if rest == "inside":
        cards = tuple(shown for shown in step.session.cards if shown is not Danger.CONTROLLER)
        return advance(inside(step.change(cards=cards)))
    if rest in {"out", "home"}:
        return step.change(report=step.report.answer(HELD, rest))
    return advance(step.change(report=step.report.answer("deadline", rest)))
