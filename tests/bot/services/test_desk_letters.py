"""What waits to go out to staff is read as it was written, by this release or by one before."""

import pytest

from bot.services.desk_letters import Card, Deletes, DigestLetter, Due, Letter, Menu, Topic, Words, dump, load


@pytest.mark.parametrize(
    "letter",
    [
        Card("ab", Topic.PEOPLE, thread=7),
        Due("recall", ("0000-0001",), 3),
        DigestLetter(Topic.DAY),
        Words("hello", rows=((("Yes", "y"), ("No", "n")),), edits=5, asks=True),
        Deletes((1, 2)),
        Menu("en", is_group=True),
    ],
)
def test_it_comes_back_as_it_was(letter: Letter) -> None:
    assert load(dump(letter)) == letter


def test_a_card_of_an_older_release_still_finds_its_topic() -> None:
    assert load(b'["card", {"card": "ab", "lane": "people", "thread": null}]') == Card("ab", Topic.PEOPLE)
