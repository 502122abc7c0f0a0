"""What an update says, whatever is missing, null, too much or new in it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.reading import (
    Arrived,
    Blocked,
    Commanded,
    InGroup,
    Me,
    Tapped,
    Wrote,
    chat_of,
    read_update,
)
from bot.conversation.events import MAX_FILE, Attached, Attachment, Handle, Said

ME = Me(99, "fanzha_bot")
CHAT = {"id": 7, "type": "private"}
USER = {"id": 7, "is_bot": False, "first_name": "A", "language_code": "zh-hans"}
GROUP = {"id": -5, "type": "supergroup", "title": "G"}


def read(**content: Any) -> Arrived | None:
    return read_update({"update_id": 1, "message": {"message_id": 3, "chat": CHAT, "from": USER, **content}}, ME)


def said(arrived: Arrived | None) -> Said | Attached:
    assert isinstance(arrived, Wrote)
    return arrived.said


def test_a_text_is_words_with_its_place_and_the_apps_language() -> None:
    assert read(text="有人让我转账") == Wrote(7, 3, "zh-hans", Said("有人让我转账"))


def test_a_message_written_anew_is_known_by_its_place() -> None:
    edited = {"message_id": 3, "chat": CHAT, "from": USER, "text": "改过的", "edit_date": 5}
    assert read_update({"update_id": 2, "edited_message": edited}, ME) == Wrote(7, 3, "zh-hans", Said("改过的"))


def test_the_address_behind_a_word_is_read_too() -> None:
    entities = [{"type": "text_link", "offset": 0, "length": 2, "url": "http://evil.example/x"}, {"type": "bold"}]
    assert said(read(text="点我", entities=entities)) == Said("点我\nhttp://evil.example/x")
    assert said(read(text="http://evil.example/x", entities=entities)) == Said("http://evil.example/x")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"photo": [{"file_id": "p"}]}, Attachment.PICTURE),
        ({"document": {"file_id": "d", "mime_type": "image/png"}}, Attachment.PICTURE),
        ({"document": {"file_id": "d"}}, Attachment.FILE),
        ({"voice": {"file_id": "v"}}, Attachment.VOICE),
        ({"audio": {"file_id": "v"}}, Attachment.VOICE),
        ({"video": {"file_id": "v"}}, Attachment.VIDEO),
        ({"video_note": {"file_id": "v"}}, Attachment.VIDEO),
        ({"animation": {"file_id": "v"}, "document": {"file_id": "v"}}, Attachment.VIDEO),
        ({"sticker": {"file_id": "s"}}, Attachment.STICKER),
        ({"location": {"latitude": 1, "longitude": 2}}, Attachment.OTHER),
        ({"poll": {"id": "1"}}, Attachment.OTHER),
    ],
)
def test_what_is_no_text_is_named(content: dict[str, Any], what: Attachment) -> None:
    arrived = said(read(caption="看这个", **content))
    assert isinstance(arrived, Attached)
    assert (arrived.what, arrived.caption) == (what, "看这个")
    assert (arrived.file is None) is (what in {Attachment.STICKER, Attachment.OTHER})


def test_of_a_photos_sizes_the_largest_that_may_be_fetched_is_wanted() -> None:
    sizes = [
        {"file_id": "s", "file_unique_id": "us", "width": 90, "height": 60, "file_size": 1000},
        {"file_id": "l", "file_unique_id": "ul", "width": 900, "height": 600, "file_size": 100_000},
        {"file_id": "h", "file_unique_id": "uh", "width": 9000, "height": 6000, "file_size": MAX_FILE + 1},
    ]
    assert said(read(photo=sizes)) == Attached(Attachment.PICTURE, "", Handle("ul", "l", 100_000))
    live = {"file_id": "film", "file_unique_id": "uf", "photo": sizes}
    assert said(read(live_photo=live)) == Attached(Attachment.PICTURE, "", Handle("ul", "l", 100_000))
    assert said(read(photo=sizes[2:])) == Attached(Attachment.PICTURE, "", Handle("uh", "h", MAX_FILE + 1))


@pytest.mark.parametrize("photo", [[None], ["x"], {"file_id": 7}, True, [{"file_id": None}], [{"width": "x"}]])
def test_a_photo_without_a_name_is_a_photo_all_the_same(photo: object) -> None:
    assert said(read(photo=photo)) == Attached(Attachment.PICTURE)


def test_a_contact_is_a_name_and_a_number() -> None:
    assert said(read(contact={"first_name": "王", "phone_number": "+8613800000000"})) == Said("王 +8613800000000")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", ("start", "")),
        ("/start check", ("start", "check")),
        ("/Check@Fanzha_Bot", ("check", "")),
        ("/unheard_of now", ("unheard_of", "now")),
    ],
)
def test_a_command_is_read_with_what_stands_behind_it(text: str, command: tuple[str, str]) -> None:
    assert read(text=text) == Commanded(7, 3, "zh-hans", *command)


@pytest.mark.parametrize("text", ["/check@other_bot", "/他说", "//", "/ "])
def test_what_only_looks_like_a_command_is_told(text: str) -> None:
    assert isinstance(read(text=text), Wrote)


@pytest.mark.parametrize(
    ("content", "is_heard"),
    [
        ({"text": "大家好"}, False),
        ({"text": "@Fanzha_bot 你好"}, True),
        ({"text": "/check"}, True),
        ({"text": "/check@other_bot"}, False),
        ({"text": "嗯", "reply_to_message": {"from": {"id": 99}}}, True),
        ({"text": "嗯", "reply_to_message": {"from": {"id": 8}}}, False),
        ({"photo": [{}], "caption": "@fanzha_bot 看"}, True),
    ],
)
def test_in_a_group_only_who_speaks_to_it_is_heard(content: dict[str, Any], is_heard: bool) -> None:
    assert read(**{"chat": GROUP, **content}) == (InGroup(-5, "zh-hans") if is_heard else None)


def test_a_tap_is_read_with_its_chat() -> None:
    press = {"id": "q", "from": USER, "message": {"message_id": 4, "date": 0, "chat": CHAT}, "data": "x"}
    assert read_update({"update_id": 1, "callback_query": press}, ME) == Tapped(7, "zh-hans", "q", "x")
    assert chat_of({"update_id": 1, "callback_query": press}) == 7


def test_who_blocks_the_bot_is_noticed_and_who_comes_back_is_not() -> None:
    def change(status: str) -> Arrived | None:
        member = {"chat": CHAT, "from": USER, "new_chat_member": {"status": status}}
        return read_update({"update_id": 1, "my_chat_member": member}, ME)

    assert change("kicked") == Blocked(7)
    assert change("member") is None


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": None},
        {"message": {}},
        {"message": {"message_id": 3}},
        {"message": {"message_id": "3", "chat": CHAT, "text": "a"}},
        {"message": {"message_id": 3, "chat": {"id": "7", "type": "private"}, "text": "a"}},
        {"message": {"message_id": 3, "chat": {"id": 7}, "text": "a"}},
        {"message": {"message_id": 3, "chat": CHAT, "from": {"id": 1, "is_bot": True}, "text": "a"}},
        {"message": {"message_id": 3, "chat": CHAT, "new_chat_title": "a"}},
        {"message": {"message_id": 3, "chat": CHAT, "pinned_message": {"message_id": 2}}},
        {"message": {"message_id": 3, "chat": CHAT, "of_the_future": {"a": 1}}},
        {"channel_post": {"message_id": 3, "chat": {"id": -1, "type": "channel"}, "text": "a"}},
        {"callback_query": {"id": "1", "data": "x"}},
        {"callback_query": {"id": None, "message": {"chat": CHAT}}},
        {"of_the_future": {"chat": CHAT}},
        {"inline_query": {"id": "1", "from": USER, "query": "a", "offset": ""}},
    ],
)
def test_what_says_nothing_is_passed_over(update: dict[str, Any]) -> None:
    assert read_update({"update_id": 1, **update}, ME) is None


def test_odd_parts_do_not_hide_the_words() -> None:
    odd = {"entities": "none", "forward_origin": {"type": "of the future"}, "from": None, "reply_to_message": 4}
    assert read(text="救命", **odd) == Wrote(7, 3, None, Said("救命"))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("chat", "from", "id", "type", "text", "message_id", "message", "photo", "entities", "data", "file_id")
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)
KINDS = st.sampled_from(("message", "edited_message", "callback_query", "my_chat_member", "poll"))


@given(st.dictionaries(KINDS, anything, max_size=3))
def test_no_update_makes_it_stumble(update: dict[str, Any]) -> None:
    read_update(update, ME)
    chat_of(update)
