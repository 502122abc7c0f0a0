"""Two small patterns, changed a little for each test."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.catalogue import load_catalogue
from knowledge.ordinary import OrdinaryMessage, shipped_ordinary
from knowledge.pattern import Pattern
from knowledge.text import Normaliser, shipped_normaliser
from tests.knowledge.pattern_files import TAXONOMIES, pattern_toml

UMBRELLA, LADDER = "umbrella-scam", "ladder-scam"
Change = tuple[str, str]


def pair(*changes: Change, ladder: Sequence[Change] = ()) -> dict[str, Pattern]:
    """Both by id; in the umbrella's file, and in the ladder's, each old text gives place to the new one, once."""
    texts = {
        UMBRELLA: _changed(pattern_toml(UMBRELLA, against=LADDER, word="umbrella"), changes),
        LADDER: _changed(pattern_toml(LADDER, against=UMBRELLA, word="ladder"), ladder),
    }
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / f"{name}.toml").write_text(text, encoding="utf-8")
        return dict(load_catalogue(Path(folder), taxonomies=TAXONOMIES).by_id)


def _changed(text: str, changes: Sequence[Change]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


@cache
def normaliser() -> Normaliser:
    return shipped_normaliser()


@cache
def ordinary() -> tuple[OrdinaryMessage, ...]:
    return shipped_ordinary()[:60]
