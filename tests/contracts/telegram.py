"""A person in Telegram: an app that writes, shows messages with their buttons, and taps them."""

from datetime import timedelta

from bot.channels.telegram import CHANNEL
from tests.contracts.channel import Shown
from tests.contracts.house import House
from tests.fakes.telegram_methods import Message

_WAYS_OUT = frozenset({"Quick way out", "快速退出", "快速離開"})
_STANDING = frozenset(
    {
        *("Money has left", "Someone is in danger", "I am being watched", "Language", "Help"),
        *("钱转出去了", "有人有危险", "有人盯着我", "语言", "帮助"),
        *("錢匯出去了", "有人有危險", "有人在監視我", "語言", "說明"),
        *_WAYS_OUT,
    }
)
_LANGUAGES = frozenset({"Language", "语言", "語言"})


class Telegram:
    """One chat. What was said before stands in the app, where nobody but its owner can clear it."""

    has_a_box = False

    def __init__(self, house: House, number: int, tag: str, shown: "Telegram | None" = None) -> None:
        self._house = house
        self._person = house.telegram.person(number, tag)
        self._tag = tag
        if shown is None:
            self._last: Message
            self._shown = self.look()
        else:
            self._last, self._shown = shown._last, shown._shown

    def say(self, text: str) -> Shown:
        seen = len(self._person.messages)
        self._person.paste(text)
        return self._wait(seen)

    def press(self, label: str) -> Shown:
        seen = len(self._person.messages)
        self._person.press(self._with(label), label)
        return self._wait(seen)

    def press_twice(self, label: str) -> Shown:
        seen = len(self._person.messages)
        message = self._with(label)
        number = self._person.press(message, label)
        self._person.press(message, label, number=number)
        return self._wait(seen)

    def speak(self, name: str) -> Shown:
        self.press(next(label for label in self._shown.standing if label in _LANGUAGES))
        return self.press(name)

    def leave(self) -> None:
        self._person.press(
            self._with_any(_WAYS_OUT), next(label for label in self._shown.standing if label in _WAYS_OUT)
        )
        # The last words are all that is left of the chat, on both sides.
        self._house.telegram.wait_until(lambda: len(self._person.messages) == 1)
        assert not self._person.messages[0].keyboard
        assert not self._person.own_left
        self._shown = Shown((self._person.messages[0].text,), (), ())

    def look(self) -> Shown:
        seen = len(self._person.messages)
        self._person.write("/start")
        return self._wait(seen)

    def beside(self) -> "Telegram":
        return Telegram(self._house, self._person.number, self._tag, self)

    def pass_an_hour(self) -> None:
        self._house.put_back(CHANNEL, str(self._person.chat), timedelta(hours=1))

    def _wait(self, seen: int) -> Shown:
        """A turn's last message has the buttons of every screen under it."""
        self._house.telegram.wait_until(
            lambda: any(_WAYS_OUT & message.buttons.keys() for message in self._person.messages[seen:])
        )
        new = self._person.messages[seen:]
        self._last = new[-1]
        labels = [label for message in new for label in message.buttons]
        self._shown = Shown(
            replies=tuple(message.text for message in new),
            buttons=tuple(label for label in labels[: _where_standing_begins(labels)]),
            standing=tuple(labels[_where_standing_begins(labels) :]),
        )
        return self._shown

    def _with(self, label: str) -> Message:
        return self._with_any({label})

    def _with_any(self, labels: "frozenset[str] | set[str]") -> Message:
        """The newest message with such a button, among those that were there when this window was last looked at."""
        known = [message for message in self._person.messages if message.id <= self._last.id]
        return next(message for message in reversed(known) if labels & message.buttons.keys())


def _where_standing_begins(labels: list[str]) -> int:
    at = len(labels)
    while at and labels[at - 1] in _STANDING:
        at -= 1
    return at
