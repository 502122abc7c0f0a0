"""What is written once a report is filed: an addition, or an answer to what staff ask; what cannot wait comes first."""

import re
from dataclasses import replace

from bot.conversation import phrases, urgent, words
from bot.conversation.adding import adds_to
from bot.conversation.advance import advance, see_danger
from bot.conversation.events import Add, Reply
from bot.conversation.steps import Step
from knowledge.dangers import Besides, Danger, Reading

_RECOVERS = re.compile(
    r"(?:追回|追讨|追討|找回|挽回|退回|解冻|解凍|攞返|要回).{0,24}"
    r"(?:费|費|先付|先交|押金|保证金|保證金|税|稅|律师|律師|黑客|骇客|駭客)"
    r"|(?:律师|律師|黑客|骇客|駭客|网警|網警|追款|追回).{0,20}(?:说|說|话|話|可以|能|帮|幫).{0,12}(?:追|拿|找|退|攞)"
    r"|\b(?:recovery|recover|found (?:my|the) (?:money|coins|funds)|get (?:my|the) money back|refund team|hacker)\b"
    r".{0,60}\b(?:fee|pay|wants?|charge|deposit|tax|upfront|cost|need)\b"
)
_ASKS = frozenset({Danger.LIFE, Danger.CONTROLLER})
"""Dangers whose card is asked, and answered, again."""


def after_filing(step: Step, text: str, reading: Reading) -> Step:
    """Kept with the report. Whose life is in danger, or who is watched, is asked first; who is on a call with them, has
    paid once more or is about to, and a child, hear at once what to do."""
    target = adds_to(step)
    if target is None:
        return step
    tip, is_answer = target
    step = step.change(answering=is_answer)
    asked = next(iter(reading.dangers), None)
    if asked in _ASKS:
        cards = tuple(shown for shown in step.session.cards if shown is not asked)
        step = advance(see_danger(step.change(cards=cards), asked))
    elif not step.session.quiet:
        step = _told_at_once(step, text, reading)
    return _corrected(step, text).ask(Add(tip, text, answer=step.session.answering))


def _corrected(step: Step, text: str) -> Step:
    """What is kept for the script follows a correction; of what is only added it knows nothing."""
    if not words.corrects(text) or not step.report.facts:
        return step
    told = step.book.extractor.extract(text, country=step.session.country, now=step.now)
    return step.change(report=step.report.correct(told).with_facts(told))


def _told_at_once(step: Step, text: str, reading: Reading) -> Step:
    danger = _happens_now(reading, text)
    if danger is not None:
        return step.note(replace(urgent.danger_card(step.book, step.session, danger), buttons=()))
    if _RECOVERS.search(text.lower()):
        return step.say(phrases.CHEATED_AGAIN)
    if Besides.PAYING in reading.besides:
        return step.note(Reply(urgent.is_paying(step.book, step.voice), urgent=True))
    return step


def _happens_now(reading: Reading, text: str) -> Danger | None:
    for danger in (Danger.LIVE_CONTROL, Danger.MINOR):
        if danger in reading.dangers:
            return danger
    return Danger.MONEY_GONE if Danger.MONEY_GONE in reading.dangers and words.tells_of_now(text) else None
