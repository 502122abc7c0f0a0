"""A button that was pressed, or typed: where it leads from the screen it stands on."""

from dataclasses import replace

from bot.conversation import phrases
from bot.conversation.advance import advance, begin_anew, forget_report, see_danger, set_kind
from bot.conversation.aftercare import aftercare
from bot.conversation.answers import NOT_KNOWN
from bot.conversation.card_pressing import press_card
from bot.conversation.clarifying import pass_over, press_clarify, reopen
from bot.conversation.events import Add, Clear, File, Reply, Withdraw
from bot.conversation.filing import WATCH
from bot.conversation.questions import BY_ID, Question
from bot.conversation.report import Report
from bot.conversation.script import script
from bot.conversation.session import Place, Session, Stage
from bot.conversation.setting_pressing import press_setting
from bot.conversation.steps import Step
from bot.conversation.warning import advice, given
from knowledge.dangers import Danger, Kind
from knowledge.hotlines import Situation, Way
from knowledge.pattern import AdviceStage

_OVER = frozenset({Stage.FILED, Stage.RECEIPT, Stage.WRITING, Stage.WITHDRAWING, Stage.CLOSED, Stage.OPEN})
_ADVICE = {
    "nothing": AdviceStage.NOT_PAID,
    "opened": AdviceStage.OPENED_OR_INSTALLED,
}
_WHICH = {
    "which:life": Danger.LIFE,
    "which:travel": Danger.TRAVEL,
    "which:minor": Danger.MINOR,
    "which:controller": Danger.CONTROLLER,
}


def press(step: Step, button: str) -> Step:
    """Every button of every screen; one that fits no screen shows the screen again."""
    head, _, rest = button.partition(":")
    match head:
        case "kind" if rest in set(Kind):
            return advance(_unmatched(set_kind(begin_anew(step).goto(Stage.TELL), Kind(rest))))
        case "money" if not rest:
            return _card(step, Danger.MONEY_GONE)
        case "watched":
            return _card(step, Danger.CONTROLLER)
        case "danger":
            return step.goto(Stage.WHICH_DANGER)
        case "which":
            return _which(step, button)
        case "money" | "life" | "control" | "controller" | "minor" | "travel" | "mule" | "held" | "safety":
            return press_card(step, button)
        case "exposure":
            return _exposure(step, rest)
        case "clarify":
            return press_clarify(step, rest)
        case "offer" | "watch":
            return _offer(step, button)
        case "answer":
            return _choice(step, rest)
        case "skip" | "dont-know" | "back" | "stop" | "keep" | "erase" | "resume" | "restart" | "new" | "exit":
            return _way(step, head)
        case "submit" | "discard" | "change":
            return _review(step, head, rest)
        case "place" | "language":
            return press_setting(step, head, rest)
        case "script":
            return step.note(Reply(script(step.book, step.session, step.now), once=True))
        case "aftercare":
            return step.also(aftercare(step.book, step.session))
        case "receipt" | "withdraw":
            return _receipt(step, button)
        case "help":
            return step.say(phrases.HELP).also(step.voice.say(phrases.HELP_PRIVACY))
        case _:
            return step


def _unmatched(step: Step) -> Step:
    return step.change(matched=0) if step.report.lines else step


def _card(step: Step, danger: Danger) -> Step:
    """A danger named by its button: its card now, even if it was shown before."""
    step = begin_anew(step)
    cards = tuple(shown for shown in step.session.cards if shown is not danger)
    step = step.change(cards=cards, waiting=())
    return advance(see_danger(step, danger))


def _which(step: Step, button: str) -> Step:
    if button == "which:held":
        return advance(set_kind(begin_anew(step), Kind.HELD).change(held_shown=False))
    if button == "which:minor":
        # Whoever is one says so less often than "I".
        step = begin_anew(step).change(of_a_child=True)
    return _card(step, _WHICH[button]) if button in _WHICH else step


def _exposure(step: Step, done: str) -> Step:
    if step.session.stage is not Stage.EXPOSURE:
        return step
    step = step.change(exposure=done, report=step.report.answer("exposure", done))
    if done == "paid":
        return advance(see_danger(step.change(exposure=None).change_report(kind=Kind.CHEATED), Danger.MONEY_GONE))
    if done == "given":
        return step.also(given(step.book, step.session)).goto(Stage.OFFER)
    if done not in _ADVICE:
        return step.change(exposure=None)
    said = advice(step.book, step.session, _ADVICE[done]) or advice(step.book, step.session, AdviceStage.NOT_PAID)
    if done == "opened":
        return step.also(said).goto(Stage.OFFER)
    return step.say(phrases.NOTHING_DONE).also(said).also(_keep_proof(step, said)).goto(Stage.OFFER)


def _keep_proof(step: Step, said: str) -> str:
    """Where a country takes forwarded texts, its number; else only what the advice did not say already."""
    for situation in (Situation.REPORT_ONLINE, Situation.ANTI_FRAUD):
        for line in step.book.hotlines.find(step.voice.country, situation):
            if line.kind is Way.TEXT:
                return step.voice.say(phrases.FORWARD_TEXT, number=line.number)
    return "" if said else step.voice.say(phrases.KEEP_PROOF)


def _offer(step: Step, button: str) -> Step:
    if step.session.stage not in {Stage.OFFER, Stage.UNKNOWN} or step.session.tip is not None:
        return step
    match button:
        case "offer:yes":
            return set_kind(step, step.report.kind or Kind.CHECK).goto(Stage.REVIEW)
        case "watch":
            step = step.change(report=step.report.answer(WATCH, "yes"))
            return step.ask(_file(set_kind(step, step.report.kind or Kind.CHECK), watch=True))
        case _:
            return forget_report(step.say(phrases.CLOSED))


def _file(step: Step, *, watch: bool = False) -> File:
    # Nothing is ever written first to who may be watched, nor about a child or a life in danger.
    is_safe = watch and not (step.session.quiet or step.session.minor)
    notice = step.voice.say(phrases.NOTICE) if is_safe else ""
    session = step.session
    has_exhibits = bool(session.exhibits.kept)
    return File(step.report, session.language, session.country, watch=watch, notice=notice, exhibits=has_exhibits)


def answer(step: Step, question: Question, value: str | None) -> Step:
    """An answer was read, or passed over."""
    step = step.change(report=step.report.answer(question.id, value), misread=0)
    match (question.id, value):
        case ("money-left", "paid"):
            return advance(see_danger(step, Danger.MONEY_GONE))
        case ("can-leave", "yes"):
            step = step.say(phrases.CAN_LEAVE)
        case ("can-leave", "no"):
            step = step.say(phrases.CANNOT_LEAVE)
        case _:
            pass
    if step.session.resume is not None and step.session.resume.stage is Stage.CHANGE:
        return step.change(resume=None).goto(Stage.REVIEW)
    return advance(step)


def _choice(step: Step, choice: str) -> Step:
    question = BY_ID.get(step.session.question or "")
    if step.session.stage is not Stage.QUESTION or question is None or choice not in question.choices:
        return step
    return answer(step, question, choice)


def _way(step: Step, way: str) -> Step:
    session = step.session
    question = BY_ID.get(session.question or "") if session.stage is Stage.QUESTION else None
    match way:
        case "skip" | "dont-know" if question is not None:
            return answer(step, question, NOT_KNOWN if way == "dont-know" else None)
        case "dont-know" if session.stage is Stage.CLARIFY:
            return press_clarify(step, "unsure")
        case "skip" if session.stage is Stage.CLARIFY:
            return pass_over(step)
        case "dont-know" if session.stage is Stage.RECEIPT:
            return _receipt(step, "receipt:dont-know")
        case "back":
            return _back(step)
        case "stop" if session.stage in _OVER or not (step.report.lines or session.exhibits.kept):
            return forget_report(step.say(phrases.CLOSED)) if session.stage not in _OVER else step.say(phrases.HELP)
        case "stop":
            return step.change(resume=Place(session.stage, session.question)).goto(Stage.STOPPING)
        case "keep":
            resume = session.resume or Place(Stage.REVIEW)
            return step.say(phrases.KEPT).change(stage=resume.stage, question=resume.question, resume=None).end()
        case "erase":
            return forget_report(step.say(phrases.CLOSED))
        case "resume":
            resume = session.resume or Place(Stage.OPEN)
            return step.change(stage=resume.stage, question=resume.question, resume=None, misread=0)
        case "restart":
            return forget_report(step.say(phrases.STARTED_OVER)).change(stage=Stage.OPEN)
        case "new" if session.stage in _OVER:
            return forget_report(step).change(stage=Stage.OPEN, tip=None)
        case "exit":
            sentence = phrases.CLEARED_FILED if session.tip is not None else phrases.CLEARED
            return step.say(sentence).ask(Clear()).end()
        case _:
            return step


def _back(step: Step) -> Step:
    if not step.session.past:
        return step.say(phrases.NOTHING_BACK)
    left = step.session.question
    step = step.back()
    # A question left by "back" may be asked again.
    step = step.change(asked=tuple(asked for asked in step.session.asked if asked != left), resume=None)
    return reopen(step)


def _review(step: Step, head: str, rest: str) -> Step:
    session = step.session
    match head:
        case "submit" if session.tip is not None:
            return step.say(phrases.ALREADY_FILED)
        case "submit" if step.report.lines or step.report.dangers or session.exhibits.kept:
            if Danger.LIFE in session.waiting or (session.stage is Stage.CARD and session.card is Danger.LIFE):
                return step
            kind = step.report.kind or Kind.CHECK
            return step.ask(_file(set_kind(step, kind)))
        case "discard" if session.stage is Stage.REVIEW:
            return forget_report(step.say(phrases.CLOSED))
        case "change" if not rest and session.stage is Stage.REVIEW:
            return step.goto(Stage.CHANGE)
        case "change" if session.stage is Stage.CHANGE:
            return _change(step, rest)
        case _:
            return step


def _change(step: Step, what: str) -> Step:
    if what == "telling":
        kept = Report(answers=step.report.answers, kind=step.report.kind, dangers=step.report.dangers)
        step = replace(step.say(phrases.CHANGE_TELLING), forget=True)
        without = step.session.exhibits.without_the_report()
        step = step.change(report=kept, matched=0, warned=None, past=(), read=(), exhibits=without)
        return step.goto(Stage.TELL)
    if what == "kind":
        return step.change_report(kind=None).change(asked=(), exposure=None).goto(Stage.OPEN)
    if what not in BY_ID:
        return step
    return step.change(resume=Place(Stage.CHANGE)).goto(Stage.QUESTION, what)


def _receipt(step: Step, button: str) -> Step:
    session: Session = step.session
    opened = session.opened
    if opened is None or session.stage not in {Stage.RECEIPT, Stage.WITHDRAWING, Stage.WRITING}:
        return step
    match button:
        case "receipt:answer" | "receipt:add":
            return step.change(answering=button == "receipt:answer").goto(Stage.WRITING)
        case "receipt:dont-know":
            return step.ask(Add(opened.tip, step.voice.say(phrases.DONT_REMEMBER), answer=True)).change(answering=True)
        case "receipt:withdraw":
            return step.goto(Stage.WITHDRAWING)
        case "withdraw:yes":
            return step.ask(Withdraw(opened.tip))
        case _:
            return step.back()
