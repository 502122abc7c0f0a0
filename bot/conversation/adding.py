"""Which filed tip it is that what is sent now is added to."""

from bot.conversation.session import Stage
from bot.conversation.steps import Step
from bot.conversation.tip_screen import GONE


def adds_to(step: Step) -> tuple[str, bool] | None:
    """The filed tip that what is sent now is added to, and whether it answers what staff ask; None for no tip."""
    session = step.session
    opened = session.opened if can_add(step) else None
    tip = opened.tip if opened else session.tip
    if tip is None:
        return None
    is_answer = session.answering if session.stage is Stage.WRITING else bool(opened and opened.asks)
    return tip, is_answer and opened is not None


def can_add(step: Step) -> bool:
    """Whether a receipt's report is on the screen and still takes words."""
    session = step.session
    if session.opened is None or session.stage not in {Stage.RECEIPT, Stage.WRITING}:
        return False
    return session.opened.state not in GONE
