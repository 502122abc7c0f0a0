"""Learning in a process of its own, and ending it when this one is to stop."""

import asyncio
from pathlib import Path

import pytest

from bot.app.teaching import LearningFailed, Teacher
from knowledge.lesson import Lesson
from knowledge.release import unpack
from tests.knowledge.pattern_files import write_package


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("package")
    write_package(directory)
    return directory


async def test_a_lesson_is_learned_beside_this_process_which_goes_on_meanwhile(package: Path) -> None:
    learning = asyncio.create_task(Teacher()(Lesson("one", {}, [("a rainy day", "umbrella-scam")], str(package))))
    rounds = 0
    while not learning.done():
        rounds += 1
        await asyncio.wait({learning}, timeout=0.001)
    learnt = learning.result()
    assert learnt is not None
    assert unpack(learnt.packed).name == "one"
    assert rounds > 100


@pytest.mark.parametrize("after", [0, 0.2])
async def test_told_to_stop_it_ends_the_lesson_whether_it_has_begun_or_is_just_beginning(
    package: Path, after: float
) -> None:
    teacher = Teacher()
    learning = asyncio.create_task(teacher(Lesson("one", {}, [("a rainy day", "umbrella-scam")] * 5000, str(package))))
    await asyncio.wait({learning}, timeout=after)
    teacher.stop()
    assert await learning is None
    assert await teacher(Lesson("two", {}, [], str(package))) is None


async def test_a_lesson_that_cannot_be_learned_is_an_error_without_a_word_of_it(tmp_path: Path) -> None:
    with pytest.raises(LearningFailed) as failed:
        await Teacher()(Lesson("one", {}, [("a rainy day", "umbrella-scam")], str(tmp_path)))
    assert "rainy" not in str(failed.value)


async def test_the_process_that_learns_is_given_no_setting(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANZHA_STAFF_PASSPHRASE", "four words and a half")
    given: list[dict[str, str]] = []
    begin = asyncio.create_subprocess_exec

    async def seen(*arguments: str, **options: object) -> object:
        given.append(options["env"])  # type: ignore[arg-type] # as the teacher gives it
        return await begin(*arguments, **options)  # type: ignore[arg-type] # the same

    monkeypatch.setattr(asyncio, "create_subprocess_exec", seen)
    await Teacher()(Lesson("one", {}, [], str(package)))
    assert not any(name.startswith("FANZHA_") for name in given[0])
