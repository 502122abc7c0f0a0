"""One text checked in this process, in the words of the conversation; nothing is kept and no database is needed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.conversation.events import Event, Match, Matched, Pressed, Reply, Said
from bot.conversation.flow import Flow
from bot.conversation.session import Session
from bot.services.books import shipped_book
from bot.services.exchange import begin
from knowledge.dangers import Danger
from knowledge.shipped import shipped_release


def check_text(text: str, *, hint: str | None, clock: Callable[[], datetime]) -> tuple[Reply, ...]:
    """What the conversation says to someone who asks whether this is a scam. Raises KnowledgeError."""
    knowledge = shipped_release()
    flow = Flow(shipped_book(knowledge.catalogue))
    matcher = knowledge.matcher
    now = clock()
    asking = flow.step(begin(hint), Pressed("kind:check"), now, hint).session

    def answer(session: Session) -> tuple[Reply, ...]:
        replies: list[Reply] = []
        events: list[Event] = [Said(text)]
        while events:
            turn = flow.step(session, events.pop(0), now, hint)
            session = turn.session
            replies += turn.replies
            events += [Matched(matcher.match(effect.text)) for effect in turn.effects if isinstance(effect, Match)]
        return tuple(replies)

    first = answer(asking)
    if not any(reply.urgent for reply in first):
        return first
    # A conversation would wait for an answer to the card of what cannot wait; here nobody answers, and the question
    # was another one: so it is put again, with every card shown.
    again = answer(replace(asking, cards=tuple(Danger), held_shown=True, safety_asked=True))
    return (*first, *(reply for reply in again if reply not in first))
