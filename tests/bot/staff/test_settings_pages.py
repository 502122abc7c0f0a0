"""What is set, to look at, without its secrets; and the groups that hear the desk's notices."""

from datetime import UTC, datetime

from pydantic import SecretStr

from bot.settings import Settings
from bot.staff.settings_pages import lines
from storage import desk_places
from storage.accounts import Role
from storage.desk_key import DeskKey
from tests.bot.staff.house import House, send


def test_each_setting_is_a_line_and_a_secret_only_says_that_it_is_set() -> None:
    shown = {
        line.name: line for line in lines(Settings(desk_token=SecretStr("77:abc"), extra_hosts=("a.test", "b.test")))
    }
    assert len(shown) == len(Settings.model_fields)
    assert (shown["FANZHA_DESK_TOKEN"].value, shown["FANZHA_DESK_TOKEN"].is_secret) == ("", True)
    assert (shown["FANZHA_EXTRA_HOSTS"].value, shown["FANZHA_EXTRA_HOSTS"].is_default) == ("a.test, b.test", False)
    assert (shown["FANZHA_CITIZENS_TOKEN"].value, shown["FANZHA_CITIZENS_TOKEN"].is_secret) == ("", False)
    assert "77:abc" not in repr(shown)


async def test_an_administrator_has_a_group_hear_no_more(house: House) -> None:
    root, key = await house.signed_in("root", Role.ADMINISTRATOR), DeskKey.of(house.key)
    now = datetime(2026, 3, 4, tzinfo=UTC)
    house.database.write_now(
        lambda t: desk_places.bind(t, key, -1001, has_topics=False, language="en", by="root", now=now)
    )
    assert "-1001" in (await root.get("/settings")).text
    await send(root, "/settings", "/settings/places/leave", chat="-1001")
    assert "No group hears the desk's notices." in (await root.get("/settings")).text
    await send(root, "/settings", "/settings/places/leave", chat="-1001")
    await send(root, "/settings", "/settings/places/leave", chat="x")
    assert house.acts("desk:group") == [("root", "place-desk")]
    await root.aclose()
