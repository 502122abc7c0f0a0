"""The bot's few marks as HTML: paragraphs, numbered steps, **bold**; a receipt stands alone, large."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

_STEP = re.compile(r"(\d{1,2})\. (.*)", re.DOTALL)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_RECEIPT = re.compile(r"\*\*([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\*\*")
# Signs that turn the direction of what follows. The person's words stand within the bot's sentences, and need none.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render(text: str) -> Markup:
    """All but the marks is text, and escaped; nothing becomes a link."""
    blocks = re.split(r"\n\s*\n", _TURNS.sub("", text).strip())
    return Markup("").join(part for block in blocks for part in _block(block))


def _block(block: str) -> Iterator[Markup]:
    receipt = _RECEIPT.search(block)
    if receipt is None:
        yield from _lines(block.split("\n"))
        return
    yield from _block(block[: receipt.start()])
    yield _receipt(receipt[1])
    # The sentence went on behind the code; its full stop would stand alone under the box.
    yield from _block(block[receipt.end() :].lstrip(" .。,，;；"))


def _lines(lines: list[str]) -> Iterator[Markup]:
    for is_step, group in groupby(lines, lambda line: _STEP.fullmatch(line.strip()) is not None):
        here = [line.strip() for line in group]
        if is_step and _is_counting(here):
            steps = Markup("").join(Markup("<li>{}</li>").format(_inline(line.partition(". ")[2])) for line in here)
            yield Markup('<ol class="steps">{}</ol>').format(steps)
        elif any(here):
            yield Markup("<p>{}</p>").format(Markup("<br>").join(_inline(line) for line in here))


def _is_counting(lines: list[str]) -> bool:
    """From one upwards: a list that begins elsewhere, or jumps, keeps its own numbers as text."""
    return [line.partition(".")[0] for line in lines] == [str(number + 1) for number in range(len(lines))]


def _inline(line: str) -> Markup:
    parts = _BOLD.split(line)
    bold = Markup("<strong>{}</strong>")
    return Markup("").join(bold.format(part) if place % 2 else escape(part) for place, part in enumerate(parts))


def _receipt(code: str) -> Markup:
    """Spelled out for those who listen, group by group; selected whole, without the spelling."""
    spelled = ", ".join(" ".join(group) for group in code.split("-"))
    return Markup(
        '<p class="receipt-line"><strong class="receipt" id="receipt" aria-hidden="true" translate="no">{}</strong>'
        '<span class="visually-hidden">{}</span></p>'
    ).format(code, spelled)
