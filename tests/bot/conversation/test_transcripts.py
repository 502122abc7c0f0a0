"""Each talk in tests/transcripts goes as it is written there.

After a change of wording, `FANZHA_RECORD=1 pytest tests/bot/conversation/test_transcripts.py` writes the answers anew;
the difference is then read by a person before it is kept.
"""

import os
from pathlib import Path

import pytest

from bot.conversation.book import Book
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.transcripts import FOLDER, Transcript, replay

# Read before any test begins: tests run without the settings of this machine.
RECORDING = bool(os.environ.get("FANZHA_RECORD"))
FILES = sorted(FOLDER.rglob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER)) for path in FILES])
def test_a_talk_goes_as_it_is_written(path: Path, book: Book, matcher: Matcher) -> None:
    written = path.read_text(encoding="utf-8")
    again = replay(Transcript.read(written), book, matcher).write()
    if RECORDING:
        path.write_text(again, encoding="utf-8")
    assert again == written or RECORDING


def test_every_talk_exists_in_every_language() -> None:
    talks = {path.stem for path in FILES}
    assert talks
    for language in Language:
        assert {path.stem for path in (FOLDER / language.value).glob("*.txt")} == talks
