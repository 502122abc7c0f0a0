"""Nothing typed is lost: what cannot be taken stands in the box again."""

from typing import NoReturn

import pytest

from bot.conversation.events import MAX_TEXT
from storage.errors import StorageFull
from tests.bot.channels.conftest import House
from tests.bot.channels.visitor import Visitor

CHECK = "Is this real? Your parcel is held, pay a small fee within 12h: hxxps://usps-redelivery[.]top/i"


async def test_a_text_over_the_limit_comes_back_in_the_box(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    much = "他让我转钱。" * (MAX_TEXT // 6 + 1)
    await visitor.say(much)
    assert visitor.answer.status_code == 422
    assert visitor.draft == much
    assert f"{len(much)} characters" in visitor.page.texts("notice", "warn")[0]
    assert not any("characters" in told for told in visitor.told)
    assert visitor.said == [CHECK]
    await visitor.say(much[:MAX_TEXT])
    assert visitor.said[-1] == much[:MAX_TEXT]


async def test_a_full_disk_gives_the_words_back_and_the_talk_stands(
    visitor: Visitor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_unit: object) -> NoReturn:
        raise StorageFull

    await visitor.say(CHECK)
    with monkeypatch.context() as patched:
        patched.setattr(house.database, "write", full)
        await visitor.say("\n and then I paid")
    assert visitor.answer.status_code == 503
    assert visitor.draft == "\n and then I paid"
    assert "couldn't save" in visitor.page.texts("notice", "warn")[0]
    assert visitor.said == [CHECK]
    assert "exposure:paid" in visitor.buttons
    await visitor.say("and then I paid")
    assert visitor.said[-1] == "and then I paid"


async def test_a_flood_gives_the_words_back(visitor: Visitor) -> None:
    for number in range(12):
        await visitor.say(f"message number {number} about the parcel")
    await visitor.say("one more about the parcel")
    assert visitor.answer.status_code == 503
    assert visitor.draft == "one more about the parcel"
    assert "a lot of messages" in visitor.page.texts("notice", "warn")[0]


async def test_a_body_beyond_all_measure_is_refused_with_a_page(visitor: Visitor) -> None:
    form = visitor.form("/say").fields
    answer = await visitor.http.post("/say", data={**form, "text": "x" * 300_000})
    assert answer.status_code == 413
    assert "too much at once" in answer.text


async def test_the_longest_text_fits_in_the_widest_characters_even_from_a_plain_form(visitor: Visitor) -> None:
    answer = await visitor.http.post("/say", data={**visitor.form("/say").fields, "text": "🙏" * MAX_TEXT})
    assert answer.status_code == 303
