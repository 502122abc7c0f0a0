"""Plain messages that follow each other run together, so that one turn stays at two messages."""

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.events import Reply


def join(replies: Iterable[Reply]) -> tuple[Reply, ...]:
    """What has buttons, is shown once or is a card keeps a message of its own."""
    joined: list[Reply] = []
    for reply in replies:
        last = joined[-1] if joined else None
        if last is None or last.buttons or reply.buttons or (last.once, last.urgent) != (reply.once, reply.urgent):
            joined.append(reply)
        else:
            text = f"{last.text}\n\n{reply.text}"
            joined[-1] = replace(last, text=text, silent=last.silent or reply.silent)
    return tuple(joined)
