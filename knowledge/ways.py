"""How many ways to answer a text names: what swindlers send leads somewhere, more often than honest messages do."""

import re

from knowledge.features import Units


def ways_to_answer(text: str, said: Units) -> int:
    """The links, numbers to ring and e-mail addresses of a normalised text made of the units `said`."""
    letters = len(_ADDRESS.findall(text)) if "@" in text else 0
    return said.links + len(_NUMBER.findall(text)) + letters


# Eight to fifteen digits, as a number is written to be rung; no date, and no more of them: a card's number.
_GAP = r"[ ()\-]"
_NUMBER = re.compile(
    rf"(?<![0-9])(?<![0-9]{_GAP})(?<![0-9]{_GAP}{{2}})(?!(?:19|20)[0-9]{{2}}-[0-9])"
    rf"[0-9](?:{_GAP}{{0,2}}[0-9]){{7,14}}(?!{_GAP}{{0,2}}[0-9])"
)
_ADDRESS = re.compile(r"(?<=[a-z0-9_.+\-])@[a-z0-9\-]+\.[a-z]")
