"""A person at a terminal: what `fanzha chat --conversation NAME` does, line by line."""

from datetime import timedelta

from bot.app.talking import Talk
from bot.channels.terminal import CHANNEL, Transcript, spans
from bot.channels.terminal import Shown as Choices
from bot.conversation.events import Reply
from bot.services.exchange import Screen
from tests.contracts.channel import Shown
from tests.contracts.house import House


class Terminal:
    """Each `look` is the program started anew."""

    has_a_box = False

    def __init__(self, house: House, name: str, tag: str) -> None:
        self._house = house
        self._name = name
        self._tag = tag
        self._shown = self.look()

    def say(self, text: str) -> Shown:
        self._shown = _shown(self._talk.hear(text).screen)
        self._talk.seen()
        return self._shown

    def press(self, label: str) -> Shown:
        assert label in self._shown.buttons + self._shown.standing, self._shown
        return self.say(f"[{label}]")

    def press_twice(self, label: str) -> Shown:
        first = self.press(label)
        self.say(label)
        return first

    def speak(self, name: str) -> Shown:
        self.press(next(label for label in self._shown.standing if label in {"语言", "語言", "Language"}))
        return self.press(name)

    def leave(self) -> None:
        ways = {"快速退出", "快速離開", "Quick way out"}
        delivered = self._talk.hear(next(label for label in self._shown.standing if label in ways))
        assert delivered.cleared

    def look(self) -> Shown:
        self._talk = Talk(
            self._house.intake, self._house.runner, conversation=self._name, hint=self._tag, transcript=Transcript()
        )
        self._shown = _shown(self._talk.screen())
        self._talk.seen()
        return self._shown

    def beside(self) -> "Terminal":
        return Terminal(self._house, self._name, self._tag)

    def pass_an_hour(self) -> None:
        self._house.put_back(CHANNEL, self._name, timedelta(hours=1))


def _shown(screen: Screen) -> Shown:
    choices = Choices.on(screen)
    return Shown(
        replies=tuple(_plain(reply) for reply in (*screen.once, *screen.replies)),
        buttons=tuple(button.label for button in choices.buttons),
        standing=tuple(button.label for button in choices.standing),
    )


def _plain(reply: Reply) -> str:
    return "".join(span.text for span in spans(reply.text))
