"""What Telegram shows beside the chat: the menu of commands and what the bot says of itself, in each language."""

from types import MappingProxyType

from bot.channels.telegram.api import Api
from bot.channels.telegram.wording import ABOUT, MENU, SHORT_ABOUT, Wording
from knowledge.language import Language

LANGUAGES = MappingProxyType({None: Language.EN, "zh": Language.ZH_HANS})
"""By the two letters the Bot API tells languages apart with: it has one Chinese."""


async def set_up(api: Api, wording: Wording) -> None:
    """Raises what the Api raises."""
    for code, language in LANGUAGES.items():
        await api.set_menu({name: wording.say(language, what) for name, what in MENU.items()}, code)
        await api.describe(wording.say(language, ABOUT), wording.say(language, SHORT_ABOUT), code)
