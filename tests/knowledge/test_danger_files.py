"""Loading the files of dangers: all or none, each fault with file, key and remedy."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from knowledge.danger_files import DangersError, load_danger_files
from knowledge.dangers import Danger, Kind


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    with as_file(files("knowledge") / "dangers") as shipped:
        return Path(shutil.copytree(shipped, tmp_path / "dangers"))


def faults(directory: Path) -> list[str]:
    with pytest.raises(DangersError) as raised:
        load_danger_files(directory)
    return [str(fault) for fault in raised.value.faults]


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_every_danger_has_many_examples_in_every_language(directory: Path) -> None:
    examples = load_danger_files(directory).examples
    for danger in Danger:
        for language in ("en", "zh-Hans", "zh-Hant"):
            assert sum(danger in each.dangers and each.language == language for each in examples) >= 60
    assert sum(not each.dangers for each in examples) >= 200
    assert all(any(each.kind is kind for each in examples) for kind in Kind)


def test_an_editor_adds_a_cue_in_one_line(directory: Path) -> None:
    before = load_danger_files(directory).cues[Danger.LIFE]
    add(directory / "life.toml", '\n[[cues]]\nid = "new"\nany = ["the lighthouse is dark"]\n')
    assert len(load_danger_files(directory).cues[Danger.LIFE]) == len(before) + 1


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("life.toml", '\n[[cues]]\nid = "x"\nany = ["(open"]\n', 'life.toml: cues[{n}].any[0]: "(open" lacks a ")"'),
        (
            "life.toml",
            '\n[[cues]]\nid = "x"\nany = ["<unheard-of>"]\n',
            "names <unheard-of>, which is no list of words",
        ),
        ("life.toml", '\n[[cues]]\nid = "x"\nanny = ["a"]\nany = ["a"]\n', "anny: is not known here"),
        (
            "life.toml",
            '\n[[against]]\nphrases = ["all is well"]\ndespite = ["unheard-of"]\n',
            'against[1].despite: "unheard-of" is no cue of this file; the cues are: ',
        ),
        ("life.toml", '\n[[cues]]\nid = "No Good"\nany = ["a"]\n', "is no identifier"),
        (
            "life.toml",
            '\n[[cues]]\nid = "x"\ntogether = ["farewell", "nothing"]\nat_least = 2\nwithin = 9\n',
            '"nothing" is no list of words',
        ),
        (
            "life.toml",
            '\n[[cues]]\nid = "x"\ntogether = ["farewell", "sorry"]\nat_least = 5\nwithin = 9\n',
            "at_least: write a number from 2 to 2",
        ),
        ("mule.toml", '\n[[cues]]\nid = "x"\nany = ["a"]\nyields_to = ["doom"]\n', '"doom" is not among: life'),
        ("examples/life.toml", '\n[[examples]]\ndangers = ["doom"]\nen = ["a"]\n', '"doom" is not among: life'),
        ("examples/life.toml", "\n[[examples]]\ndangers = []\nen = []\n", "has 0 entries"),
        ("words.toml", "\nbroken", "words.toml: is not valid TOML"),
    ],
)
def test_a_fault_names_file_key_and_remedy(directory: Path, file: str, text: str, said: str) -> None:
    count = len(load_danger_files(directory).cues[Danger.LIFE])
    add(directory / file, text)
    assert any(said.format(n=count) in fault for fault in faults(directory))
    assert all(fault.startswith(Path(file).name) for fault in faults(directory) if said.format(n=count) in fault)


def test_a_missing_file_is_named(directory: Path) -> None:
    (directory / "minor.toml").unlink()
    assert "minor.toml: is missing or unreadable; restore it" in faults(directory)


def test_a_file_called_otherwise_than_its_danger_is_refused(directory: Path) -> None:
    (directory / "minor.toml").rename(directory / "young.toml")
    assert any(fault.startswith("young.toml: danger:") and "minor.toml" in fault for fault in faults(directory))
