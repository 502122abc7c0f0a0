"""Pictures, recordings and files in the web chat, sent by the plain form: kept sealed, read where that may be, or
answered kindly."""

import json

import pytest

from bot.conversation.events import MAX_FILE
from storage import exhibits, queueing
from storage.database import Transaction
from storage.queueing import QueueFilter
from tests.bot.channels.conftest import CITIZENS, STAFF, House
from tests.bot.channels.visitor import Visitor
from tests.databases import everything_in

JPEG = b"\xff\xd8\xff\xe0 an invented picture"
CHECK = "Is this real? Your parcel is held, pay a small fee within 12h: hxxps://usps-redelivery[.]top/i"
CHILD = "I am 14 and he has my nudes, he says pay or he sends them to my class"


def filed(house: House) -> list[tuple[str, str, bytes]]:
    def query(t: Transaction) -> list[tuple[str, bytes, bytes]]:
        every = [(tip.id, one) for tip in queueing.queue(t, QueueFilter()).tips for one in exhibits.of_tip(t, tip.id)]
        return [(one.kind, *exhibits.content(t, tip, one.id)) for tip, one in every]

    found = house.database.read_now(query)
    return [(kind, json.loads(STAFF.open(about))["type"], STAFF.open(box)) for kind, about, box in found]


def not_filed(house: House, visitor: Visitor) -> int:
    """Gone afterwards."""
    (secret,) = (cookie.value or "" for cookie in visitor.http.cookies.jar)
    name = CITIZENS.conversation_pseudonym("webchat", secret)
    return house.database.write_now(lambda t: exhibits.drop(t, name))


async def test_a_picture_with_words_is_kept_and_filed_with_them(visitor: Visitor, house: House) -> None:
    await visitor.say(CHECK, JPEG)
    assert any("a person will look at it" in told for told in visitor.told)
    assert visitor.said == [CHECK, "(a picture)"]
    await visitor.press("exposure:nothing")
    await visitor.press("offer:yes")
    await visitor.press("submit")
    assert filed(house) == [("picture", "image/jpeg", JPEG)]


async def test_a_picture_alone_can_be_filed(visitor: Visitor, house: House) -> None:
    await visitor.say("", JPEG)
    await visitor.press("submit")
    assert filed(house) == [("picture", "image/jpeg", JPEG)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 an archive", "none of these"),
        (b"<script>alert(1)</script>", "none of these"),
        (b"\xff\xd8\xff" + bytes(MAX_FILE), "20 MB fit"),
    ],
)
async def test_what_cannot_be_kept_gets_a_clear_answer(
    visitor: Visitor, house: House, content: bytes, sentence: str
) -> None:
    await visitor.say(CHECK, content)
    assert any(sentence in told for told in visitor.told)
    assert not_filed(house, visitor) == 0


async def test_much_too_large_a_message_is_answered_with_a_page(visitor: Visitor, house: House) -> None:
    await visitor.say(CHECK, bytes(MAX_FILE), bytes(MAX_FILE))
    assert visitor.answer.status_code == 413
    assert "<main" in visitor.answer.text


async def test_several_at_once_are_answered_once_and_the_same_twice_is_one(visitor: Visitor, house: House) -> None:
    await visitor.say(CHECK, JPEG, JPEG, JPEG + b"2", b"%PDF-1.7 named .jpg")
    assert visitor.said == [CHECK, "(a picture) (a file)"]
    assert sum("a person will look at it" in told for told in visitor.told) == 1
    assert not_filed(house, visitor) == 3


async def test_a_double_tap_keeps_it_once(visitor: Visitor, house: House) -> None:
    form = visitor.form("/say")
    for _ in range(2):
        await visitor.send("/say", {**form.fields, "text": CHECK}, files=(JPEG,))
    assert visitor.said == [CHECK, "(a picture)"]
    assert not_filed(house, visitor) == 1


async def test_where_a_child_is_concerned_none_is_looked_at_and_none_is_asked_for(
    visitor: Visitor, house: House
) -> None:
    await visitor.say(CHILD, JPEG, b"%PDF-1.7 an invented letter")
    assert any("Please don't send pictures here" in told for told in visitor.told)
    assert "file" not in visitor.form("/say").fields
    # An old page may still send one.
    await visitor.send("/say", {**visitor.form("/say").fields, "text": ""}, files=(JPEG,))
    assert house.looked_at == []
    assert not_filed(house, visitor) == 0


async def test_the_quick_way_out_erases_what_is_not_filed(visitor: Visitor, house: House) -> None:
    await visitor.say(CHECK, JPEG)
    (secret,) = (cookie.value or "" for cookie in visitor.http.cookies.jar)
    await visitor.leave()
    name = CITIZENS.conversation_pseudonym("webchat", secret)
    assert house.database.write_now(lambda t: exhibits.drop(t, name)) == 0


async def test_words_on_a_picture_are_matched_as_if_told_and_quoted_in_the_warning(
    visitor: Visitor, house: House
) -> None:
    house.reads(CHECK)
    await visitor.say("", JPEG)
    told = "\n".join(visitor.told)
    assert "I read on it: “Is this real? Your parcel is held" in told
    assert "known scam" in told
    assert "“Your parcel is held" in told.split("known scam")[1]


async def test_what_stands_in_a_pdf_is_matched_too(visitor: Visitor, house: House) -> None:
    house.reads(CHECK)
    await visitor.say("", b"%PDF-1.7 an invented letter")
    told = "\n".join(visitor.told)
    assert "I read in it: “Is this real? Your parcel is held" in told
    assert "known scam" in told


async def test_another_sites_form_brings_no_file(visitor: Visitor, house: House) -> None:
    form = visitor.form("/say")
    await visitor.send("/say", {**form.fields, "text": CHECK}, files=(JPEG,), **{"Sec-Fetch-Site": "cross-site"})
    assert visitor.answer.status_code == 403
    assert visitor.draft == CHECK
    assert house.looked_at == []


async def test_who_sends_very_many_is_told_that_no_more_fit(visitor: Visitor, house: House) -> None:
    for batch in range(3):
        await visitor.say(CHECK if not batch else "", *(JPEG + bytes([batch, n]) for n in range(9)))
    assert any("20 files" in told for told in visitor.told)
    assert not_filed(house, visitor) == 20


async def test_nothing_of_a_file_touches_a_disk_in_the_clear(
    visitor: Visitor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", refuse)
    large = JPEG + bytes(3 * 1024 * 1024)
    await visitor.say(CHECK, large)
    assert any("a person will look at it" in told for told in visitor.told)
    assert b"an invented picture" not in everything_in(house.place)
