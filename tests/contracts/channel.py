"""What a person can do in any channel, and what they then see."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办"
"""A full one: what happened, how much, who they said they were."""

_RECEIPT = re.compile(r"(?<![0-9A-Z-])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![0-9A-Z-])")


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen, as plain text.

    replies: the bot's newest messages, those shown only once among them.
    buttons: the labels to press now; standing: those on every screen.
    earlier: what else can be read, where a channel shows what was said before.
    draft: what stands in the box to write in, where a channel has one.
    """

    replies: tuple[str, ...]
    buttons: tuple[str, ...]
    standing: tuple[str, ...]
    earlier: str = ""
    draft: str = ""

    @property
    def text(self) -> str:
        """The newest messages in one piece."""
        return "\n\n".join(self.replies)

    @property
    def everything(self) -> str:
        """All that stands there."""
        return "\n\n".join((self.earlier, self.text, self.draft, *self.buttons))

    @property
    def receipt(self) -> str:
        """The receipt among the newest messages."""
        found = _RECEIPT.search(self.text)
        assert found, self.text
        return found[0]

    @property
    def has_receipt(self) -> bool:
        return _RECEIPT.search(self.everything) is not None


class Channel(Protocol):
    """One person's conversation, in one window."""

    has_a_box: bool
    """Whether what cannot be taken stays where it was written."""

    def say(self, text: str) -> Shown: ...

    def press(self, label: str) -> Shown:
        """A button that stands on the last screen."""

    def press_twice(self, label: str) -> Shown:
        """A double tap: the same thing is delivered twice, or typed twice where nothing can be."""

    def speak(self, name: str) -> Shown:
        """Choose a language by the name it has in itself."""

    def leave(self) -> None:
        """The quick way out, by its button."""

    def look(self) -> Shown:
        """Come back to the conversation, and see what stands there."""

    def beside(self) -> "Channel":
        """Another window on the same conversation, with the screen that stands there now."""

    def pass_an_hour(self) -> None:
        """Stay away so long."""


Open = Callable[[str], Channel]
"""Opens a channel for somebody new, whose device speaks the language of a tag."""
