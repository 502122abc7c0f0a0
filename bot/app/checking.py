"""One text checked in this process, in the words of the conversation; nothing is kept and no database is needed."""

from collections.abc import Callable
from datetime import datetime

from bot.conversation.events import Event, Match, Matched, Pressed, Reply, Said
from bot.conversation.flow import Flow
from bot.services.books import shipped_book
from bot.services.intake import begin
from knowledge.catalogue import shipped_catalogue
from knowledge.matching import Matcher


def check_text(text: str, *, hint: str | None, clock: Callable[[], datetime]) -> tuple[Reply, ...]:
    """What the conversation says to someone who asks whether this is a scam. Raises KnowledgeError."""
    catalogue = shipped_catalogue()
    flow = Flow(shipped_book(catalogue))
    matcher = Matcher.fit(catalogue)
    session = flow.step(begin(hint), Pressed("kind:check"), clock(), hint).session
    replies: list[Reply] = []
    events: list[Event] = [Said(text)]
    while events:
        turn = flow.step(session, events.pop(0), clock(), hint)
        session = turn.session
        replies += turn.replies
        events += [Matched(matcher.match(effect.text)) for effect in turn.effects if isinstance(effect, Match)]
    return tuple(replies)
