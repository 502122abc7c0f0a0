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


def test_the_english_lists_are_whole_in_their_publishers_words() -> None:
    lists = shipped_taxonomies().by_system

    # The report of 2024 has twenty-six crime types, and its largest losses stand among them.
    assert len(lists[System.IC3].codes) == 26
    assert {"Investment", "Business Email Compromise", "Tech Support", "Personal Data Breach"} <= set(
        lists[System.IC3].codes
    )
    # The data book of 2024 ranks twenty-nine categories, from credit bureaus to funeral services.
    assert lists[System.FTC].codes[0] == "Credit Bureaus and Information Furnishers"
    assert lists[System.FTC].codes[28] == "Funeral Services"
    # The ten most reported of Singapore's annual brief of 2025.
    assert {
        *("E-commerce scams", "Phishing scams", "Job scams", "Investment scams"),
        *("Government officials impersonation scams", "Fake friend call scams", "Sexual services scams"),
        *("Insurance services scams", "Loan scams", "Internet love scams"),
    } <= set(lists[System.SPF].codes)


@pytest.mark.parametrize("system", [System.SPF, System.IC3, System.FTC])
def test_each_of_the_english_lists_names_its_years(system: System) -> None:
    assert "202" in shipped_taxonomies().by_system[system].title


def test_a_code_in_another_script_is_not_listed() -> None:
    assert not shipped_taxonomies().has(System.TW165, "解除分期付款(骗买家)")


def test_a_system_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "taxonomies.toml"
    path.write_text('[mps]\npublisher = "p"\ntitle = "t"\ncodes = ["a"]\n[kgb]\ncodes = ["b"]', encoding="utf-8")

    with pytest.raises(TaxonomiesError, match=r"taxonomies\.toml: kgb: is not known here"):
        load_taxonomies(path)
