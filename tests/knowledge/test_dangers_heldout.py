"""The honest measure: tellings written by someone who saw neither the cues nor the examples.

`pytest tests/knowledge/test_dangers_heldout.py` prints recall and false alarms, with and without the classifier.
"""

import sys
from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.danger_files import load_danger_files
from knowledge.dangers import Danger, DangerReader, shipped_reader
from tests.knowledge.danger_measure import Measure, Telling, load_tellings, measure

# The gate: recall may not fall below, false alarms may not rise above.
LEAST_RECALL = {
    Danger.LIFE: 0.86,
    Danger.LIVE_CONTROL: 0.94,
    Danger.CONTROLLER: 0.84,
    Danger.MINOR: 0.96,
    Danger.MONEY_GONE: 0.86,
    Danger.TRAVEL: 0.9,
    Danger.MULE: 0.82,
}
MOST_ALARMS = dict.fromkeys(Danger, 0.045)


@pytest.fixture(scope="module")
def tellings() -> tuple[Telling, ...]:
    return load_tellings(Path(__file__).parent / "dangers" / "heldout.toml")


@pytest.fixture(scope="module")
def cues_alone(tellings: tuple[Telling, ...]) -> Measure:
    shipped = load_danger_files(files("knowledge") / "dangers")
    return measure(DangerReader(shipped, None), tellings)


@pytest.fixture(scope="module")
def shipped(tellings: tuple[Telling, ...]) -> Measure:
    return measure(shipped_reader(), tellings)


def test_the_shipped_reader_keeps_its_recall_and_its_silence(
    tellings: tuple[Telling, ...], shipped: Measure, cues_alone: Measure, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = shipped_reader()
    with capsys.disabled():
        report = [cues_alone.table("cues alone"), shipped.table("cues and classifier")]
        for language in sorted({telling.language for telling in tellings}):
            own = [telling for telling in tellings if telling.language == language]
            report.append(measure(reader, own).table(language))
        sys.stdout.write("\n".join(["", *report, ""]))
    for count in shipped.counts:
        assert count.recall >= LEAST_RECALL[count.danger], count
        assert count.alarm_rate <= MOST_ALARMS[count.danger], count


def test_first_messages_that_were_never_looked_at_are_mostly_read_right(capsys: pytest.CaptureFixture[str]) -> None:
    unseen = load_tellings(Path(__file__).parent / "dangers" / "unseen.toml")
    found = measure(shipped_reader(), unseen)
    with capsys.disabled():
        sys.stdout.write("\n" + found.table("first messages, never looked at") + "\n")
    assert found.exact / found.total >= 0.7
    assert all(count.alarm_rate <= 0.09 for count in found.counts)


def test_the_classifier_hears_tellings_that_no_cue_was_written_for(shipped: Measure, cues_alone: Measure) -> None:
    heard = sum(count.heard for count in shipped.counts)
    assert heard > sum(count.heard for count in cues_alone.counts)
