"""What is said when a report is filed, opened by its receipt, added to or withdrawn."""

from dataclasses import replace

from bot.conversation import phrases
from bot.conversation.buttons import LABELS
from bot.conversation.events import Filed, OpenedTip, Reply
from bot.conversation.report import HANDED, IDENTITY, LOST, Report
from bot.conversation.script import payee_told
from bot.conversation.session import Stage
from bot.conversation.steps import Step
from bot.conversation.tip_screen import tip_screen
from bot.conversation.whom_to_call import number, to_report
from knowledge.dangers import Danger, Kind
from knowledge.hotlines import Situation, Way

WATCH = "watch"
"""The answer that says the person asked to hear what becomes of it."""
_READ_OUT = frozenset({"amount", "when", "rail", "payee"})
_BY_HEART = frozenset({Kind.INSIDER, Kind.HELD})


def filed(step: Step, event: Filed) -> Step:
    """The receipt, shown once. No history keeps that message."""
    report, voice = step.report, step.voice
    quiet = step.session.quiet
    said = [voice.say(phrases.FILED)]
    if report.kind is not Kind.INSIDER:
        said.append(voice.join([part for part in (voice.say(phrases.FILED_NOT_POLICE), _police(step)) if part]))
    form = phrases.RECEIPT_MEMORISE if report.kind in _BY_HEART or quiet else phrases.RECEIPT
    said.append(voice.say(form, receipt=event.receipt))
    if WATCH in report.answers:
        said.append(voice.say(phrases.WATCHED_WRITE if event.will_write else phrases.WATCHED_FOR))
    elif report.kind is Kind.CHEATED:
        said.append(voice.say(phrases.FILED_WARNING))
    elif quiet:
        said.append(voice.say(phrases.FILED_QUIET))
    else:
        said.append(voice.say(phrases.FILED_CALM))
    step = step.note(Reply("\n\n".join(said), once=True, silent=quiet))
    kept = _for_the_script(report) if report.kind is Kind.CHEATED and not quiet else Report(kind=report.kind)
    step = step.change(stage=Stage.FILED, tip=event.tip, report=kept, past=(), resume=None, waiting=(), cards=())
    step = step.change(read=(), exhibits=step.session.exhibits.filed_as(event.tip))
    return replace(step, forget=True)


def _for_the_script(report: Report) -> Report:
    """What someone who was cheated may still want read out, or help with; nothing else of the telling is kept."""
    best = tuple(replace(match, evidence=()) for match in report.matches[:1])
    answers = {question: answer for question, answer in report.answers.items() if question in _READ_OUT}
    if payee := payee_told(report):
        answers["payee"] = payee
    if report.lost:
        answers[LOST] = report.lost
    if report.was_handed_over:
        answers[HANDED] = "yes"
    if report.gave_identity:
        answers[IDENTITY] = "yes"
    return Report(facts=report.facts, answers=answers, kind=report.kind, likeness=report.likeness, matches=best)


def _police(step: Step) -> str:
    """Whom to tell if they have not; "I've called" may have been the bank. No one is sent to the police from inside."""
    voice, report = step.voice, step.report
    in_danger = Danger.TRAVEL in report.dangers or report.kind is Kind.HELD
    for_police = in_danger or Danger.MULE in report.dangers or report.lost is not None
    if report.is_inside or not for_police:
        return ""
    emergency = step.book.hotlines.find(voice.country, Situation.POLICE)
    lines = (emergency if in_danger else to_report(step.book, voice))[:1]
    if not lines:
        return ""
    form = phrases.FILED_TYPE if lines[0].kind is Way.WEB else phrases.FILED_CALL
    said = [voice.say(form, number=number(voice, lines[0]))]
    if report.kind is Kind.CHEATED and report.lost and not step.session.quiet:
        said.append(voice.say(phrases.FILED_SCRIPT, button=voice.say(LABELS["script"])))
    return voice.join(said)


def looked_up(step: Step, tip: OpenedTip | None) -> Step:
    if tip is None:
        # The same words whatever stood on the screen before, and nothing of an earlier receipt under them.
        stage = Stage.OPEN if step.session.stage is Stage.RECEIPT else step.session.stage
        return step.say(phrases.RECEIPT_UNKNOWN).change(stage=stage, opened=None).end()
    step = step.goto(Stage.RECEIPT).change(opened=tip, answering=False)
    # Said once, with what staff wrote; the session keeps none of their words.
    for reply in tip_screen(step.book, step.session):
        step = step.note(reply)
    return step.change(opened=replace(tip, messages=())).end()


def added(step: Step, *, ok: bool) -> Step:
    """After an addition, an answer or a withdrawal."""
    session = step.session
    if session.stage is Stage.CARD:
        return step
    if not ok:
        return step.say(phrases.TIP_GONE).change(stage=Stage.CLOSED, tip=None, opened=None, past=())
    if session.stage is Stage.WITHDRAWING:
        gone = session.tip is not None and session.opened is not None and session.tip == session.opened.tip
        step = step.say(phrases.WITHDRAWN).change(stage=Stage.CLOSED, opened=None, past=())
        # What was kept for the script goes with the tip.
        return replace(step.change(tip=None, report=Report()), forget=True) if gone else step
    if session.answering:
        step = step.say(phrases.ANSWER_PASSED).change(answering=False)
        return step.change(stage=Stage.FILED if session.tip else Stage.CLOSED, opened=None, past=())
    step = step.say(phrases.ADDED_TO_TIP)
    if session.stage in {Stage.WRITING, Stage.RECEIPT}:
        return step.change(stage=Stage.FILED if session.tip else Stage.CLOSED, opened=None, past=())
    return step
