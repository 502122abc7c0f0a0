"""Loading patterns: all or none, every fault named with file, key and remedy."""

from pathlib import Path

import pytest

from knowledge.catalogue import load_catalogue, main
from knowledge.errors import CatalogueError
from knowledge.language import Language
from knowledge.pattern import AdviceStage, Severity, System
from tests.knowledge.pattern_files import TAXONOMIES, write_two_patterns


@pytest.fixture
def patterns(tmp_path: Path) -> Path:
    write_two_patterns(tmp_path)
    return tmp_path


def _change(directory: Path, old: str, new: str, *, times: int = 1) -> None:
    path = directory / "umbrella-scam.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def _faults(directory: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(directory, taxonomies=TAXONOMIES)
    return [str(fault) for fault in caught.value.faults]


def test_a_complete_pattern_is_read_whole(patterns: Path) -> None:
    catalogue = load_catalogue(patterns, taxonomies=TAXONOMIES)

    assert list(catalogue.by_id) == ["ladder-scam", "umbrella-scam"]
    pattern = catalogue["umbrella-scam"]
    assert pattern.severity is Severity.HIGH
    assert pattern.codes == {System.MPS: ("刷单返利",), System.IC3: ("Anything",)}
    assert pattern.name[Language.ZH_HANT] == "umbrella 繁體"
    assert [stage.id for stage in pattern.stages] == ["stage-0", "stage-1", "stage-2"]
    assert pattern.red_flag("flag-2").phrasings[Language.EN][0] == "umbrella 2 en a"
    assert pattern.tellings[Language.ZH_HANS][4] == "umbrella zh-Hans five"
    assert set(pattern.advice) == {AdviceStage.NOT_PAID, AdviceStage.PAID}
    assert pattern.questions[0].against == ("ladder-scam",)
    assert not pattern.questions[0].yes_means_neighbour
    assert pattern.sources[0].url == ""


def test_a_question_whose_yes_speaks_for_the_neighbours_says_so(patterns: Path) -> None:
    _change(patterns, 'against = ["ladder-scam"]', 'against = ["ladder-scam"]\nyes_means_neighbour = true')

    assert load_catalogue(patterns, taxonomies=TAXONOMIES)["umbrella-scam"].questions[0].yes_means_neighbour


def test_one_damaged_file_keeps_all_from_loading(patterns: Path) -> None:
    _change(patterns, 'severity = "high"', 'severity = "awful"')

    assert _faults(patterns) == ['umbrella-scam.toml: severity: "awful" is not among: low, medium, high, extreme']


def test_every_fault_is_told_at_once(patterns: Path) -> None:
    _change(patterns, "version = 1", "version = 0")
    _change(patterns, 'date = "2026-11-23"', 'date = "yesterday"')
    (patterns / "ladder-scam.toml").write_text("id = ", encoding="utf-8")

    faults = _faults(patterns)

    assert any(fault.startswith("ladder-scam.toml: is not valid TOML") for fault in faults)
    assert "umbrella-scam.toml: version: is of the wrong kind; write a whole number from 1 up" in faults
    assert 'umbrella-scam.toml: sources[0].date: "yesterday" is no date; write "2026" or "2026-11-23"' in faults


def test_a_missing_language_is_named(patterns: Path) -> None:
    _change(patterns, 'zh-Hant = "umbrella 繁體"', "")

    assert _faults(patterns) == ["umbrella-scam.toml: name.zh-Hant: is missing; write a text in quotes"]


def test_an_unknown_key_is_refused(patterns: Path) -> None:
    _change(patterns, "version = 1", "version = 1\ncolour = 3")

    (fault,) = _faults(patterns)
    assert fault.startswith("umbrella-scam.toml: colour: is not known here; take it out")


def test_an_unknown_language_is_refused(patterns: Path) -> None:
    _change(patterns, 'zh-Hant = "umbrella 繁體"', 'zh-Hant = "umbrella 繁體"\nde = "Regenschirm"')

    (fault,) = _faults(patterns)
    assert fault.startswith("umbrella-scam.toml: name.de: is not known here")


def test_a_code_outside_the_taxonomy_is_refused(patterns: Path) -> None:
    _change(patterns, 'mps = ["刷单返利"]', 'mps = ["刷單返利"]')

    (fault,) = _faults(patterns)
    assert (
        fault == 'umbrella-scam.toml: codes.mps[0]: "刷單返利" is not in taxonomies.toml; copy one of its codes exactly'
    )


def test_a_publishers_own_words_are_not_checked(patterns: Path) -> None:
    _change(patterns, 'ic3 = ["Anything"]', 'ftc = ["Anything else"]')

    assert load_catalogue(patterns, taxonomies=TAXONOMIES)["umbrella-scam"].codes[System.FTC] == ("Anything else",)


def test_a_file_named_otherwise_than_its_pattern_is_refused(patterns: Path) -> None:
    _change(patterns, 'id = "umbrella-scam"', 'id = "parasol-scam"')

    assert (
        'umbrella-scam.toml: id: "parasol-scam" differs from the file\'s name; write "umbrella-scam" or rename the file'
        in _faults(patterns)
    )


def test_a_neighbour_that_does_not_exist_is_named(patterns: Path) -> None:
    _change(patterns, 'against = ["ladder-scam"]', 'against = ["broom-scam"]')

    assert _faults(patterns) == [
        'umbrella-scam.toml: questions[0].against: there is no pattern "broom-scam"; name one that exists'
    ]


def test_one_phrasing_under_two_red_flags_is_refused(patterns: Path) -> None:
    _change(patterns, '"umbrella 1 en a"', '"umbrella 0 en a"')

    assert _faults(patterns) == [
        'umbrella-scam.toml: red_flags: "umbrella 0 en a" stands under flag-0 and flag-1; keep one'
    ]


def test_two_stages_of_one_id_are_refused(patterns: Path) -> None:
    _change(patterns, 'id = "stage-1"', 'id = "stage-0"')

    assert _faults(patterns) == ['umbrella-scam.toml: stages: the id "stage-0" stands 2 times; give each its own']


def test_advice_for_those_who_paid_is_needed(patterns: Path) -> None:
    _change(patterns, "[advice.paid]", "[advice.identity-given]")

    assert _faults(patterns) == ["umbrella-scam.toml: advice.paid: is missing; write [advice.paid]"]


def test_a_phrasing_written_twice_is_refused(patterns: Path) -> None:
    _change(patterns, '"umbrella 0 en b"', '"umbrella 0 en a"')

    assert (
        'umbrella-scam.toml: red_flags[0].phrasings.en[1]: "umbrella 0 en a" stands in the list already; take it out'
        in _faults(patterns)
    )


def test_bytes_that_are_no_text_are_named(patterns: Path) -> None:
    (patterns / "umbrella-scam.toml").write_bytes(b'id = "\xff"')

    assert "umbrella-scam.toml: is not UTF-8 at byte 6; save it as UTF-8" in _faults(patterns)


def test_a_folder_without_patterns_is_a_fault(tmp_path: Path) -> None:
    assert _faults(tmp_path) == [f"{tmp_path.name}: holds no pattern; put at least one .toml file there"]


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    assert _faults(tmp_path / "nowhere") == ["nowhere: cannot be read: No such file or directory"]


def test_the_checker_prints_each_fault_and_fails(patterns: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(patterns, "version = 1", "")

    assert main([str(patterns / "umbrella-scam.toml"), str(patterns / "ladder-scam.toml")]) == 1

    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        "umbrella-scam.toml: version: is missing; write a whole number from 1 up",
        "2 file(s), 1 fault(s)",
    ]
