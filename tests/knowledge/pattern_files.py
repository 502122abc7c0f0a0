"""Small invented pattern files for tests."""

import shutil
from pathlib import Path

from knowledge.pattern import System
from knowledge.shipped import PACKAGE
from knowledge.taxonomies import Taxonomies, Taxonomy

TAXONOMIES = Taxonomies({System.MPS: Taxonomy(System.MPS, "publisher", "title", ("刷单返利",))})


def pattern_toml(name: str, *, against: str, word: str = "umbrella") -> str:
    """A complete pattern about `word`."""
    listed = "\n".join(
        f'{language} = ["{word} {language} one", "{word} {language} two", "{word} {language} three", '
        f'"{word} {language} four", "{word} {language} five"]'
        for language in ("en", "zh-Hans", "zh-Hant")
    )
    texts = f'en = "{word} in English"\nzh-Hans = "{word} 简体"\nzh-Hant = "{word} 繁體"'
    stages = "\n".join(f'[[stages]]\nid = "stage-{at}"\n{texts}' for at in range(3))
    red_flags = "\n".join(_red_flag(word, at, texts) for at in range(4))
    questions = "\n".join(f'[[questions]]\nid = "question-{at}"\n{texts}\nagainst = ["{against}"]' for at in range(2))
    return f"""
id = "{name}"
version = 1
severity = "high"
history = ["1 (2026-11-23): first version"]
[codes]
mps = ["刷单返利"]
ic3 = ["Anything"]
[name]
{texts}
[gist]
{texts}
{stages}
[next]
{texts}
{red_flags}
[tellings]
{listed}
[scripts]
{listed}
[advice.not-paid]
{texts}
[advice.paid]
{texts}
{questions}
[[sources]]
publisher = "A publisher"
title = "A title"
date = "2026-11-23"
"""


def _red_flag(word: str, at: int, texts: str) -> str:
    phrasings = "\n".join(
        f'{language} = ["{word} {at} {language} a", "{word} {at} {language} b", "{word} {at} {language} c", '
        f'"{word} {at} {language} d"]'
        for language in ("en", "zh-Hans", "zh-Hant")
    )
    return f'[[red_flags]]\nid = "flag-{at}"\n[red_flags.name]\n{texts}\n[red_flags.phrasings]\n{phrasings}'


def write_two_patterns(directory: Path) -> None:
    """`umbrella-scam` and `ladder-scam`, each the other's neighbour."""
    for name, other, word in (("umbrella-scam", "ladder-scam", "umbrella"), ("ladder-scam", "umbrella-scam", "ladder")):
        (directory / f"{name}.toml").write_text(pattern_toml(name, against=other, word=word), encoding="utf-8")


def write_package(directory: Path) -> None:
    """The knowledge's package with two small patterns, with this one's ordinary messages and code."""
    for path in (*PACKAGE.glob("*.py"), PACKAGE / "ordinary.toml", PACKAGE / "lookalikes.toml"):
        shutil.copy(path, directory)
    (directory / "patterns").mkdir()
    write_two_patterns(directory / "patterns")
    for path in (directory / "patterns").glob("*.toml"):
        path.write_text(with_real_codes(path.read_text(encoding="utf-8")), encoding="utf-8")


def with_real_codes(toml: str) -> str:
    """As the shipped taxonomies have them."""
    return toml.replace('"Anything"', '"Investment"')
