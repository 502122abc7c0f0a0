"""What only this channel says: where people are, what can be cleared there, and the menu of commands."""

from types import MappingProxyType

from bot.locales import Catalogues
from knowledge.language import Language


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Mark a sentence for the catalogues; it is translated where it is said."""
    return text


NEUTRAL = N_("A short reply:")
"""Before what must not be read off a locked screen at a glance."""
LEFT = N_(
    "What I could take away here is gone. The rest only you can: open this chat's menu, choose “Delete chat”, "
    "and clear it from your recent searches."
)
STATUS = N_("Send me your receipt, as it was shown: four groups of four letters and digits.")
STALE = N_("That button is too old. Here is where we are: /start")
TROUBLE = N_("Something went wrong on our side, and your last message was not saved. Please send it again.")
PRIVATE = N_("Please write to me alone, not here where others read: {link}")
PRIVACY = N_(
    "**What happens to what you write here**\n"
    "1. Telegram itself can read it: chats with bots are not end-to-end encrypted. For more privacy use our web page, "
    "in a private window.\n"
    "2. Until you press “Submit”, your words and what you send stay with us encrypted, and are erased {hours} hours "
    "after the last one. Pictures are looked at by a program of ours, for words; people hear and see the rest.\n"
    "3. What you submit only our staff can open, and each opening is recorded. It is erased {days} days after they "
    "decided on it, or undecided after {undecided}.\n"
    "4. I write first only if you asked me to, and then no more than that there is an answer.\n"
    "5. “Quick way out” takes away what is younger than two days. Telegram, your phone and whoever has a copy may "
    "keep theirs.\n\n"
    "We never ask for identity cards, passwords, codes or money."
)
ABOUT = N_(
    "Tell me about a scam, or ask whether something is one. In your own words, no name needed. I say at once what to "
    "do now, and what you submit is read by people. Chats with bots are not end-to-end encrypted. "
    "In danger? Call the police first."
)
SHORT_ABOUT = N_("Report a scam, or ask whether something is one. No name needed.")

MENU = MappingProxyType(
    {
        "report": N_("Tell what happened"),
        "check": N_("Is this a scam?"),
        "status": N_("How my report stands"),
        "language": N_("Language"),
        "privacy": N_("What happens to what I write"),
        "help": N_("Help"),
        "stop": N_("Stop"),
    }
)
"""The commands in the order of their menu, with what each is for."""


class Wording:
    """This channel's sentences in every language."""

    def __init__(self) -> None:
        self._catalogues = Catalogues.load("telegram")

    def say(self, language: Language, sentence: str, **slots: object) -> str:
        spoken = self._catalogues.translator(language)(sentence)
        return spoken.format(**slots) if slots else spoken
