"""The wheel: what it carries, what it leaves out, and that it runs where the sources are not."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, told: str = "") -> str:
    """What a command writes, in an environment that knows nothing of this folder."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8", "PIP_NO_INDEX": "1"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment with the wheel installed; its dependencies are this one's, without a network."""
    place = tmp_path_factory.mktemp("elsewhere")
    venv.create(place / "venv", symlinks=True)
    python = place / "venv" / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip())
    # A line of a .pth file adds that folder without running the .pth files in it: the sources here stay unseen.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    here = ("-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--ignore-installed", "--quiet")
    run(sys.executable, *here, wheel, cwd=place)
    # Of the same files: to learn them once more would show nothing that `make install` has not just shown.
    shutil.copytree(ROOT / "knowledge" / "kept", site / "knowledge" / "kept")
    return python.parent


def test_it_carries_patterns_templates_styles_migrations_and_compiled_translations(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    patterns = {f"knowledge/patterns/{path.name}" for path in (ROOT / "knowledge/patterns").glob("*.toml")}
    assert len(patterns) >= 14
    assert patterns <= names
    translations = {str(path.relative_to(ROOT).with_suffix(".mo")) for path in (ROOT / "bot/locales").rglob("*.po")}
    assert "bot/locales/zh_Hant_HK/LC_MESSAGES/fanzha.mo" in translations
    assert translations <= names
    for folder, ending in (("bot", "html"), ("bot", "css"), ("bot", "js"), ("bot", "svg"), ("knowledge", "toml")):
        assert {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob(f"*.{ending}")} <= names
    assert {str(path.relative_to(ROOT)) for path in (ROOT / "storage/migrations").rglob("*.py")} <= names


def test_it_leaves_out_tests_sources_of_translations_and_whatever_runs_leave_behind(wheel: Path) -> None:
    info = f"fanzha-{version('fanzha')}.dist-info/"
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("bot/", "knowledge/", "storage/", info)), name
        assert not name.endswith((".po", ".pot", ".pyc", ".sqlite3", ".key", "locales/build.py", "locales/sources.py"))
        assert "test" not in Path(name).name


def test_it_says_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"fanzha-{version('fanzha')}.dist-info/METADATA").decode()
    assert "License-Expression: Apache-2.0" in metadata


def test_installed_elsewhere_it_is_not_the_sources_here(elsewhere: Path) -> None:
    place = run(elsewhere / "python", "-c", "import bot; print(bot.__file__)", cwd=elsewhere.parent)
    assert str(ROOT) not in place
    assert run(elsewhere / "fanzha", "--version", cwd=elsewhere.parent) == f"fanzha {version('fanzha')}\n"


def test_installed_elsewhere_it_knows_every_pattern(elsewhere: Path) -> None:
    listed = json.loads(run(elsewhere / "fanzha", "patterns", "--json", cwd=elsewhere.parent))
    assert {one["id"] for one in listed} == {path.stem for path in (ROOT / "knowledge/patterns").glob("*.toml")}


def test_installed_elsewhere_it_matches_line_by_line(elsewhere: Path) -> None:
    asked = [
        {"id": "a", "text": "客服說我被設定成分期付款,要我去ATM解除分期付款"},
        {"id": 2, "text": "see you at lunch"},
    ]
    told = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in asked)
    answers = [
        json.loads(line)
        for line in run(elsewhere / "fanzha", "match", "--jsonl", cwd=elsewhere.parent, told=told).splitlines()
    ]
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert answers[0]["matches"][0]["pattern"] == "fake-customer-service"
    assert answers[1]["verdict"] == "unknown"


def test_installed_elsewhere_it_speaks_chinese(elsewhere: Path) -> None:
    script = (
        "from bot.locales import Catalogues; from knowledge.language import Language\n"
        "spoken = Catalogues.load().translator(Language.ZH_HANS)\n"
        "print(spoken('Submit'))"
    )
    assert run(elsewhere / "python", "-c", script, cwd=elsewhere.parent) == "提交\n"
