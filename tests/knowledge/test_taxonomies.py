"""The code lists patterns point to."""

from pathlib import Path

import pytest

from knowledge.errors import TaxonomiesError
from knowledge.pattern import System
from knowledge.taxonomies import load_taxonomies, shipped_taxonomies


def test_the_shipped_lists_hold_the_classes_other_programs_compare() -> None:
    taxonomies = shipped_taxonomies()

    assert taxonomies.has(System.MPS, "冒充电商物流客服")
    assert taxonomies.has(System.TW165, "解除分期付款(騙買家)")
    assert len(taxonomies.by_system[System.MPS].codes) == 13
    assert len(taxonomies.by_system[System.TW165].codes) == 29


def test_a_code_in_another_script_is_not_listed() -> None:
    assert not shipped_taxonomies().has(System.TW165, "解除分期付款(骗买家)")


def test_a_system_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "taxonomies.toml"
    path.write_text('[mps]\npublisher = "p"\ntitle = "t"\ncodes = ["a"]\n[kgb]\ncodes = ["b"]', encoding="utf-8")

    with pytest.raises(TaxonomiesError, match=r"taxonomies\.toml: kgb: is not known here"):
        load_taxonomies(path)
