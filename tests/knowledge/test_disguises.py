"""The tables of disguises."""

from pathlib import Path

import pytest

from knowledge.disguises import load_disguises, shipped_disguises
from knowledge.errors import TextTablesError
from knowledge.text import Normaliser, normalise

_TABLES = """
[characters]
"账" = "帐"
[letters]
a = "а"
[digits]
o = "0"
[[swaps]]
meant = "微信"
written = ["薇信"]
"""


def _faults(directory: Path, text: str) -> list[str]:
    path = directory / "lookalikes.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TextTablesError) as caught:
        load_disguises(path)
    return [str(fault) for fault in caught.value.faults]


def test_the_tables_are_data(tmp_path: Path) -> None:
    path = tmp_path / "lookalikes.toml"
    path.write_text(_TABLES.replace("薇信", "雪花"), encoding="utf-8")

    assert Normaliser(load_disguises(path)).normalise("加雪花").text == "加微信"


def test_what_is_meant_may_not_be_a_disguise_itself(tmp_path: Path) -> None:
    faults = _faults(tmp_path, _TABLES + '[[swaps]]\nmeant = "加薇信"\nwritten = ["佳信"]\n')

    assert faults == ['lookalikes.toml: swaps: "加薇信" contains "薇信", which is itself a disguise; take one out']


def test_one_form_has_one_meaning(tmp_path: Path) -> None:
    faults = _faults(tmp_path, _TABLES + '[[swaps]]\nmeant = "信用"\nwritten = ["薇信"]\n')

    assert faults == ['lookalikes.toml: swaps[1].written[0]: "薇信" already stands for "微信"; keep one']


def test_every_shipped_swap_is_undone() -> None:
    for written, meant in shipped_disguises().words.items():
        assert normalise(f"请{written}").text == f"请{meant}"
