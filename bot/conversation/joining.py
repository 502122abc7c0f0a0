"""Plain messages that follow each other run together, so that one turn stays at two messages."""

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.events import Reply

_MOST = 2


def join(replies: Iterable[Reply]) -> tuple[Reply, ...]:
    """What has buttons, is shown once or is a card keeps a message of its own; where these would be too many, what is
    said before a screen goes into it."""
    joined: list[Reply] = []
    for reply in replies:
        last = joined[-1] if joined else None
        if last is None or last.buttons or reply.buttons or (last.once, last.urgent) != (reply.once, reply.urgent):
            joined.append(reply)
        else:
            text = f"{last.text}\n\n{reply.text}"
            joined[-1] = replace(last, text=text, silent=last.silent or reply.silent)
    place = 0
    while len(joined) > _MOST and place + 1 < len(joined):
        here, following = joined[place : place + 2]
        if here.buttons or (here.once, here.urgent) != (following.once, following.urgent):
            place += 1
            continue
        text = f"{here.text}\n\n{following.text}"
        joined[place : place + 2] = [replace(following, text=text, silent=here.silent or following.silent)]
    return tuple(joined)
