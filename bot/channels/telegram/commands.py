"""What the commands mean, and the payloads of deep links (t.me/…?start=check)."""

from types import MappingProxyType

from bot.conversation.events import Event, Pressed

_MEANING = MappingProxyType(
    {
        "start": "new",
        "report": "new",
        "check": "kind:check",
        "language": "language",
        "help": "help",
        "stop": "stop",
    }
)
_KINDS = frozenset({"cheated", "check", "held", "mule", "insider"})
_LANGUAGES = MappingProxyType({"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "zh": "zh-Hans"})


def event_of(command: str, argument: str, hint: str | None) -> tuple[Event, str | None]:
    """The event, and the language tag it comes with. A command nobody knows is a call for help.

    A deep link names a kind of report, a language, or both: `check`, `zh-hant`, `held_zh-hans`.
    """
    if command != "start":
        return Pressed(_MEANING.get(command, "help")), hint
    button = "new"
    for part in argument.lower().split("_"):
        hint = _LANGUAGES.get(part, hint)
        button = f"kind:{part}" if part in _KINDS else button
    return Pressed(button), hint
