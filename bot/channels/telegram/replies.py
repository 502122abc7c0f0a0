"""What is answered beside the conversation: the privacy notice, how to look up a report; in groups, to go private."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.telegram.wording import PRIVACY, PRIVATE, STATUS, Wording
from bot.conversation.events import Reply
from bot.services.exchange import Screen

Replies = Callable[[Screen], tuple[Reply, ...]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the notice promises: `hours` for what is not filed, `days` after a verdict, `undecided` without one."""

    wording: Wording
    hours: int
    days: int
    undecided: int

    def privacy(self, screen: Screen) -> tuple[Reply, ...]:
        slots = {"hours": self.hours, "days": self.days, "undecided": self.undecided}
        return (Reply(self.wording.say(screen.language, PRIVACY, **slots)),)

    def status(self, screen: Screen) -> tuple[Reply, ...]:
        return (Reply(self.wording.say(screen.language, STATUS)),)

    def private(self, username: str) -> Replies:
        return lambda screen: (Reply(self.wording.say(screen.language, PRIVATE, link=f"t.me/{username}")),)
