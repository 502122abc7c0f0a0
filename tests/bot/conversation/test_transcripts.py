"""Each talk in tests/transcripts goes as it is written there.

After a change of wording, `FANZHA_RECORD=1 pytest tests/bot/conversation/test_transcripts.py` writes the answers anew;
the difference is then read by a person before it is kept.
"""

import os
from pathlib import Path

import pytest

from bot.conversation.book import Book
from bot.conversation.events import Reply
from bot.conversation.questions import size
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.transcripts import FOLDER, Transcript, replay

# Read before any test begins: tests run without the settings of this machine.
RECORDING = bool(os.environ.get("FANZHA_RECORD"))
MOST_MESSAGES = 2
A_PHONES_SCREEN = 720
"""Letters; a Chinese character counts for two."""
FILES = sorted(FOLDER.rglob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER)) for path in FILES])
def test_a_talk_goes_as_it_is_written(path: Path, book: Book, matcher: Matcher) -> None:
    written = path.read_text(encoding="utf-8")
    seen: list[tuple[Reply, ...]] = []
    again = replay(Transcript.read(written), book, matcher, seen).write()
    if RECORDING:
        path.write_text(again, encoding="utf-8")
    assert again == written or RECORDING
    assert max(map(len, seen)) <= MOST_MESSAGES
    assert [reply.text for replies in seen for reply in replies if size(reply.text) > A_PHONES_SCREEN] == []


def test_every_talk_exists_in_every_language() -> None:
    talks = {path.stem for path in FILES}
    assert talks
    for language in Language:
        assert {path.stem for path in (FOLDER / language.value).glob("*.txt")} == talks
