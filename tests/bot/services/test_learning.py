"""Learning: what was confirmed is learned, what was taken back is not, and what is worse is held back."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.held_back import held_back, read
from knowledge.errors import CatalogueError
from knowledge.gate import Figure, Figures, Tally
from knowledge.lesson import Learnt, Lesson
from knowledge.release import unpack
from storage import releases, withdrawals
from storage.database import Database
from storage.errors import NotFound
from storage.releases import ReleaseState
from storage.withdrawals import erase_content
from tests.bot.services.learning_house import CHEN, LearningHouse, in_this_process
from tests.conftest import StoppedClock
from tests.knowledge.pattern_files import pattern_toml, with_real_codes, write_package
from tests.knowledge.test_lesson import CANARY, assert_nowhere

SAID = "zeppelin vouchers from a cousin"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("package")
    write_package(directory)
    return directory


@pytest.fixture
def house(tmp_path: Path, package: Path, clock: StoppedClock) -> Iterator[LearningHouse]:
    with Database.open(tmp_path / "fanzha.sqlite3") as database:
        yield LearningHouse(database, package, clock)


class Lessons:
    """Keeps what was to be learned, and gives figures without learning."""

    def __init__(self, **figures: int) -> None:
        self.given: list[Lesson] = []
        self.figures = figures

    async def __call__(self, lesson: Lesson) -> Learnt:
        self.given.append(lesson)
        return Learnt(b"packed", measured(**self.figures), measured())


def measured(first: int = 80) -> Figures:
    return Figures({"umbrella-scam": Tally(100, first, 60)}, Tally(200, 0, 2), 0.1)


async def test_without_anything_confirmed_or_published_there_is_nothing_to_learn(house: LearningHouse) -> None:
    assert not await house.is_due()


async def test_what_three_reporters_told_is_learned_and_published_once(house: LearningHouse) -> None:
    for _ in range(4):
        await house.confirm(SAID, "umbrella-scam")
    assert await house.is_due()
    release = await house.learn()
    assert (release.state, release.number, release.examples) == (ReleaseState.PUBLISHED, 1, {"umbrella-scam": 4})
    assert unpack(await house.packed(1)).matcher.match(SAID).matches[0].pattern == "umbrella-scam"
    assert await house.acts("release:1") == [("staff-jobs", "publish-release")]
    assert not await house.is_due()
    assert (await house.learn()).number == 1


async def test_a_confirmed_telling_is_nowhere_in_the_release_nor_in_the_log(
    house: LearningHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tip = await house.confirm(CANARY, "umbrella-scam")
    await house.learn()
    assert_nowhere(CANARY, await house.packed(1))
    row = str(await house.database.read(releases.newest))
    for told in ("Wilhelmina", tip):
        assert told not in row
        assert told not in caplog.text
    for file in house.package.rglob("*"):
        assert not file.is_file() or b"Wilhelmina" not in file.read_bytes()


async def test_a_withdrawn_or_erased_tip_leaves_the_next_release(house: LearningHouse) -> None:
    tips = [await house.confirm(f"{SAID} {number}", "umbrella-scam") for number in range(3)]
    lessons = Lessons()
    await house.learn(lessons)
    await house.database.write(lambda t: withdrawals.withdraw(t, tips[0], now=house.clock()))
    assert await house.is_due()
    await house.learn(lessons)
    await house.database.write(lambda t: erase_content(t, tips[1], now=house.clock()))
    await house.learn(lessons)
    told = [sorted(text for text, _ in lesson.examples) for lesson in lessons.given]
    assert told == [[f"{SAID} {number}" for number in left] for left in ((0, 1, 2), (1, 2), (2,))]


async def test_when_the_last_one_is_withdrawn_the_next_release_is_of_what_ships(house: LearningHouse) -> None:
    tip = await house.confirm(SAID, "umbrella-scam")
    await house.learn(Lessons())
    await house.database.write(lambda t: withdrawals.withdraw(t, tip, now=house.clock()))
    release = await house.learn(Lessons())
    assert (release.number, release.examples) == (2, {})
    assert not await house.is_due()


async def test_what_is_withdrawn_while_it_is_learned_from_is_not_published(house: LearningHouse) -> None:
    tip = await house.confirm(SAID, "umbrella-scam")
    lessons = Lessons()

    async def teach(lesson: Lesson) -> Learnt:
        await house.database.write(lambda t: withdrawals.withdraw(t, tip, now=house.clock()))
        return await lessons(lesson)

    await house.learner(teach).run()
    assert await house.database.read(releases.newest) is None


async def test_one_person_who_tells_it_three_times_counts_as_one(house: LearningHouse) -> None:
    for _ in range(3):
        await house.confirm(CANARY, "umbrella-scam", conversation=b"c" * 32)
    lessons = Lessons()
    release = await house.learn(lessons)
    assert (len(lessons.given[0].examples), release.examples) == (1, {"umbrella-scam": 1})


async def test_what_measures_worse_is_held_back_with_its_figures_and_the_one_before_serves(
    house: LearningHouse,
) -> None:
    await house.confirm(SAID, "umbrella-scam")
    await house.learn(in_this_process)
    await house.confirm(SAID, "umbrella-scam")
    held = await house.learn(Lessons(first=10))
    assert (held.number, held.state) == (2, ReleaseState.HELD)
    why = read(held)
    assert {Figure.FIRST, Figure.ONE_PATTERN} <= {fall.figure for fall in why.falls}
    assert await house.database.read(held_back) == why
    assert await house.acts("release:2") == [("staff-jobs", "hold-release")]
    assert await house.database.read(lambda t: releases.newer_numbers(t, 1, ground=house.ground)) == ()
    assert not await house.is_due()


async def test_small_steps_down_are_measured_against_what_ships_too(house: LearningHouse) -> None:
    await house.confirm(SAID, "umbrella-scam")
    assert (await house.learn(Lessons(first=79))).state is ReleaseState.PUBLISHED
    await house.confirm(SAID, "umbrella-scam")
    assert (await house.learn(Lessons(first=78))).state is ReleaseState.HELD


async def test_a_held_release_serves_when_an_editor_says_so(house: LearningHouse) -> None:
    await house.confirm(SAID, "umbrella-scam")
    await house.learn(Lessons(first=10))
    assert await house.publishing.serve(CHEN, 1) == 2
    assert await house.database.read(lambda t: releases.newer_numbers(t, 0, ground=house.ground)) == (2,)
    assert await house.packed(2) == b"packed"
    assert not await house.is_due()
    assert await house.database.read(held_back) is None


async def test_a_published_pattern_is_learned_and_leaves_when_it_is_withdrawn(house: LearningHouse) -> None:
    kite = with_real_codes(pattern_toml("kite-scam", against="ladder-scam", word="kite"))
    assert await house.publish("kite-scam", kite) == 1
    assert await house.acts("pattern:kite-scam") == [("lin", "publish-pattern")]
    await house.learn()
    assert "kite-scam" in unpack(await house.packed(1)).catalogue
    assert not await house.publishing.withdraw(CHEN, "kite-scam")
    await house.learn()
    assert "kite-scam" not in unpack(await house.packed(2)).catalogue


async def test_a_published_pattern_replaces_the_shipped_one_of_its_id(house: LearningHouse) -> None:
    second = with_real_codes(pattern_toml("umbrella-scam", against="ladder-scam", word="parasol"))
    await house.publish("umbrella-scam", second.replace("version = 1", "version = 2"))
    await house.learn()
    assert unpack(await house.packed(1)).catalogue["umbrella-scam"].name["en"] == "parasol in English"
    assert await house.publishing.withdraw(CHEN, "umbrella-scam")


@pytest.mark.parametrize(
    ("pattern", "toml", "fault"),
    [
        ("kite-scam", "id = 1", "kite-scam.toml: version: is missing"),
        ("kite-scam", "id = ", "is not valid TOML"),
        ("kite-scam", pattern_toml("kite-scam", against="no-scam"), 'there is no pattern "no-scam"'),
        ("umbrella-scam", pattern_toml("umbrella-scam", against="ladder-scam"), "version 1 was there before"),
        ("kite-scam", "#" * 300_000, "has 300000 characters"),
    ],
)
async def test_what_cannot_be_published_is_refused_with_its_faults(
    house: LearningHouse, pattern: str, toml: str, fault: str
) -> None:
    with pytest.raises(CatalogueError, match=fault):
        await house.publish(pattern, with_real_codes(toml))
    assert not await house.is_due()


async def test_what_others_need_is_not_withdrawn(house: LearningHouse) -> None:
    kite = with_real_codes(pattern_toml("kite-scam", against="ladder-scam", word="kite"))
    await house.publish("kite-scam", kite)
    needs = with_real_codes(pattern_toml("sail-scam", against="kite-scam", word="sail"))
    await house.publish("sail-scam", needs)
    with pytest.raises(CatalogueError, match=r"sail-scam\.toml.*kite-scam"):
        await house.publishing.withdraw(CHEN, "kite-scam")
    with pytest.raises(NotFound):
        await house.publishing.withdraw(CHEN, "umbrella-scam")


async def test_patterns_that_can_no_longer_be_read_hold_learning_back_with_their_faults(house: LearningHouse) -> None:
    kite = with_real_codes(pattern_toml("kite-scam", against="ladder-scam", word="kite"))
    await house.publish("kite-scam", kite)

    async def cannot(_: Lesson) -> Learnt:
        return Learnt(faults=("kite-scam.toml: gist: is missing",))

    failed = await house.learn(cannot)
    assert (failed.state, failed.has_content) == (ReleaseState.FAILED, False)
    assert read(failed).faults == ("kite-scam.toml: gist: is missing",)


async def test_another_version_of_the_program_learns_anew(house: LearningHouse, tmp_path: Path) -> None:
    await house.confirm(SAID, "umbrella-scam")
    await house.learn(Lessons())
    (tmp_path / "other").mkdir()
    write_package(tmp_path / "other")
    path = tmp_path / "other" / "patterns" / "ladder-scam.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("ladder en one", "ladder en 1"), encoding="utf-8")
    other = replace(house, package=tmp_path / "other")
    assert await other.is_due()
    house.clock.move(timedelta(days=1))
    assert (await other.learn(Lessons())).ground == other.ground != house.ground
