"""`fanzha patterns`: the list, and what an editor without programming is told. A package of two patterns stands in for
the shipped one wherever something is learned."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import knowledge.shipped
from bot.commands import build
from bot.settings import Settings
from knowledge.shipped import KEPT, PACKAGE
from tests.bot.app.service import command, typing
from tests.knowledge.pattern_files import pattern_toml, write_two_patterns


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "package"
    (folder / "patterns").mkdir(parents=True)
    write_two_patterns(folder / "patterns")
    for path in (*PACKAGE.glob("*.py"), PACKAGE / "ordinary.toml", PACKAGE / "lookalikes.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    shutil.copytree(PACKAGE / "dangers", folder / "dangers")
    monkeypatch.setattr(knowledge.shipped, "PACKAGE", folder)
    return folder


def write(folder: Path, name: str, *changes: tuple[str, str], word: str = "broom") -> Path:
    text = pattern_toml(name, against="ladder-scam", word=word)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build(), ["patterns", *(str(argument) for argument in arguments)])


def test_alone_it_lists_the_patterns_as_it_always_did(settings: Settings) -> None:
    done = command(settings, "patterns", "--language", "zh-Hans")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [row[0] for row in rows] == sorted(path.stem for path in (PACKAGE / "patterns").glob("*.toml"))
    assert all(len(row) == 3 for row in rows)


def test_as_json_it_lists_them_for_programs() -> None:
    listed = json.loads(run("--json").stdout)
    assert list(listed[0]) == ["id", "version", "severity", "name", "gist", "codes", "red_flags"]


def test_an_option_of_the_list_before_a_command_is_refused() -> None:
    assert run("--json", "show", "sim-swap").exit_code == 2


def test_a_new_pattern_is_written_and_every_empty_place_is_named(settings: Settings) -> None:
    folder = settings.home.parent
    done = command(settings, "patterns", "new", "broom-scam", "--folder", str(folder))
    assert done.returncode == 0, done.stderr
    path = folder / "broom-scam.toml"
    linted = command(settings, "patterns", "lint", "--quick", str(path))
    assert linted.returncode == 1
    assert "broom-scam.toml: severity: is empty; write the text" in linted.stdout
    assert "broom-scam.toml: tellings.en: has 0 entries; write 5 to 80" in linted.stdout


def test_nothing_is_ever_overwritten(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "broom-scam.toml").write_text("mine", encoding="utf-8")
    for name in ("broom-scam", "sim-swap"):
        done = command(settings, "patterns", "new", name, "--folder", str(tmp_path))
        assert done.returncode == 1
        assert done.stderr.startswith("fanzha: ")
        assert "already" in done.stderr or "stays as it is" in done.stderr
    assert [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.toml")] == ["mine"]


def test_a_sound_pattern_is_linted_with_advice_alone(package: Path, tmp_path: Path) -> None:
    done = run("lint", write(tmp_path, "broom-scam", ('"broom 0 en a"', '"ladder 1 en a"')))
    assert done.exit_code == 0, done.output
    assert "“ladder 1 en a” is a phrasing of ladder-scam's red flag flag-1 too" in done.stdout
    assert "broom-scam: of 30 tellings and scripts" in done.stdout
    assert "Learning anew" in done.stderr
    assert "1 file(s), 0 fault(s)" in done.stdout


def test_a_faulty_pattern_is_not_learned_but_its_collisions_are_told(package: Path, tmp_path: Path) -> None:
    draft = write(tmp_path, "broom-scam", ('"broom 0 en a"', '"ladder 1 en a"'), ("version = 1", ""))
    done = run("lint", draft)
    assert done.exit_code == 1
    assert "broom-scam.toml: version: is missing; write a whole number from 1 up" in done.stdout
    assert "is a phrasing of ladder-scam's red flag flag-1 too" in done.stdout
    assert "once the faults are mended" in done.stdout
    assert "Learning" not in done.stderr


def test_without_a_file_all_shipped_ones_are_linted(package: Path) -> None:
    done = run("lint", "--quick")
    assert done.exit_code == 0, done.output
    assert "2 file(s), 0 fault(s)" in done.stdout


def test_a_pattern_is_shown_whole_in_each_language() -> None:
    done = run("show", "sim-swap", "--language", "zh-Hant")
    assert done.exit_code == 0, done.output
    for heading in ("How it unfolds", "What gives it away", "What to do: paid", "Codes", "Sources", "History"):
        assert f"\n{heading}\n  " in done.stdout
    assert "(sim-swap)" in done.stdout.splitlines()[0]


def test_on_a_terminal_it_is_shown_as_it_is_written(settings: Settings) -> None:
    with typing(settings, "patterns", "show", "sim-swap") as terminal:
        terminal.expect_exact("How it unfolds")
        terminal.expect_exact("History")


def test_a_pattern_that_is_not_there_is_a_sentence_with_the_nearest(settings: Settings) -> None:
    done = command(settings, "patterns", "show", "simswap")
    assert done.returncode == 1
    assert done.stderr == "fanzha: There is no pattern simswap; fanzha patterns lists all. Did you mean sim-swap?\n"


def test_a_change_is_told_with_its_texts_and_how_the_scores_moved(package: Path, tmp_path: Path) -> None:
    draft = write(tmp_path, "umbrella-scam", ('"umbrella en one", ', '"a ladder en one, ladder", '), word="umbrella")
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"text": "umbrella en two", "patterns": ["umbrella-scam"]}\n', encoding="utf-8")
    done = run("diff", draft, "--texts", texts)
    assert done.exit_code == 0, done.output
    assert "tellings.en\n  - umbrella en one\n  + a ladder en one, ladder\n" in done.stdout
    assert "own texts, held out: right pattern first\t" in done.stdout
    assert "ordinary messages, held out: warned of falsely\t" in done.stdout
    assert "texts apart: right pattern first\t100.0 % of 1\t100.0 % of 1\t+0.0\n" in done.stdout
    assert "Learning without the change, then with it" in done.stderr


def test_what_a_file_holds_cannot_command_the_terminal(package: Path, tmp_path: Path) -> None:
    draft = write(tmp_path, "umbrella-scam", ('"umbrella en one"', '"\\u001b[2Jumbrella"'), word="umbrella")
    severe = write(tmp_path, "broom-scam", ('severity = "high"', 'severity = "\\u001b[2J"'))
    for done in (run("diff", draft), run("lint", "--quick", severe)):
        assert "[2J" in done.stdout
        assert "\x1b" not in done.stdout


def test_a_new_pattern_is_compared_for_programs(package: Path, tmp_path: Path) -> None:
    told = json.loads(run("diff", write(tmp_path, "broom-scam"), "--json").stdout)
    assert (told["pattern"], told["is_new"]) == ("broom-scam", True)
    assert {"key": "version", "removed": [], "added": ["1"]} in told["changes"]
    assert set(told["scores"]["before"]["patterns"]) == {"ladder-scam", "umbrella-scam"}
    assert set(told["scores"]["after"]["patterns"]) == {"broom-scam", "ladder-scam", "umbrella-scam"}


def test_what_is_not_learned_from_moves_no_score(package: Path, tmp_path: Path) -> None:
    done = run("diff", write(tmp_path, "umbrella-scam", ("version = 1", "version = 2"), word="umbrella"))
    assert "version\n  - 1\n  + 2\n" in done.stdout
    assert "the scores stay as they are" in done.stdout
    assert done.stderr == ""


def test_the_shipped_file_is_not_compared_with_itself(package: Path) -> None:
    done = run("diff", package / "patterns" / "ladder-scam.toml")
    assert done.exit_code == 1
    assert "Copy it to another folder" in str(done.exception)


def test_the_shipped_patterns_are_learned_once_and_it_says_where_they_lie(package: Path) -> None:
    first, second = run("learn"), run("learn")
    (kept,) = (package / KEPT).glob("*.npz")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout.startswith("2 patterns learned in ")
    assert first.stdout.endswith(f": {kept}\n")
    assert second.stdout == f"The shipped patterns are learned already: {kept}\n"
    # With what is kept of dangers beside it.
    assert len(list((package / KEPT).iterdir())) == 2


def test_what_cannot_be_kept_is_a_fault(package: Path) -> None:
    (package / KEPT).write_text("in the way", encoding="utf-8")
    done = run("learn")
    assert done.exit_code == 1
    assert "cannot be written: they will be learned anew at each start" in str(done.exception)
