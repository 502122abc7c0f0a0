"""A receipt as it is read out on the phone: each sign by a word that is not misheard."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.staff.wording import N_

DIGITS: Mapping[str, str] = MappingProxyType(
    {
        "0": N_("zero"),
        "1": N_("one"),
        "2": N_("two"),
        "3": N_("three"),
        "4": N_("four"),
        "5": N_("five"),
        "6": N_("six"),
        "7": N_("seven"),
        "8": N_("eight"),
        "9": N_("nine"),
    }
)
# The alphabet of aviation (ICAO Annex 10), without I, L, O and U, which no receipt has.
_LETTERS = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Sierra Tango Victor "
    "Whiskey X-ray Yankee Zulu"
)
LETTERS: Mapping[str, str] = MappingProxyType({word[0]: word for word in _LETTERS.split()})


def spelled(receipt: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group of the receipt's text with its signs, and for each sign its word; a digit's is to be translated."""
    return [(group, [(sign, DIGITS.get(sign) or LETTERS[sign]) for sign in group]) for group in receipt.split("-")]
