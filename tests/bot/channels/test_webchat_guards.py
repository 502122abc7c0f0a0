"""What the web chat takes, and from whom: cookies, tokens, double taps, hostile text."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.requests import Request

from bot.channels.webchat.sent import hint_of
from tests.bot.channels.conftest import House
from tests.bot.channels.visitor import Visitor

CHECK = "Is this real? Your parcel is held, pay a small fee within 12h: hxxps://usps-redelivery[.]top/i"
SECRET = re.compile(r"^talk=[A-Za-z0-9_-]{22}; HttpOnly; Path=/; SameSite=strict$")


# --- the cookie ---


async def test_whoever_only_looks_takes_no_cookie_away(visitor: Visitor) -> None:
    for path in ("/", "/privacy", "/privacy?language=zh-Hans", "/left?language=en"):
        await visitor.open(path)
        assert "set-cookie" not in visitor.answer.headers


async def test_the_first_words_bring_a_secret_cookie_that_ends_with_the_browser(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    (first,) = [answer for answer in visitor.answer.history if answer.request.method == "POST"]
    assert SECRET.fullmatch(first.headers["set-cookie"])
    await visitor.say("More of it.")
    assert all("set-cookie" not in answer.headers for answer in (*visitor.answer.history, visitor.answer))


async def test_over_https_the_cookie_is_for_this_host_alone(visit: Callable[..., Visitor]) -> None:
    visitor = visit(address="10.0.0.1")
    visitor.http.headers.update({"X-Forwarded-Proto": "https", "Origin": "https://chat.test"})
    await visitor.open()
    form = visitor.form("/say").fields
    answer = await visitor.http.post("/say", data={**form, "text": CHECK})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-talk=")
    assert cookie.endswith("; HttpOnly; Path=/; SameSite=strict; Secure")


async def test_two_browsers_never_see_each_others_talk(visitor: Visitor, visit: Callable[..., Visitor]) -> None:
    await visitor.say(CHECK)
    other = visit()
    await other.open()
    assert other.said == []
    other.http.cookies.set("talk", "../../etc/passwd")
    await other.open()
    assert other.said == []


# --- whose form it is ---


async def test_another_sites_form_changes_nothing_and_what_was_typed_comes_back(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    form = {**visitor.form("/say").fields, "text": "my next words"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}):
        await visitor.send("/say", form, (), **headers)
        assert visitor.answer.status_code == 403
        assert visitor.draft == "my next words"
        assert visitor.said == [CHECK]


async def test_a_form_of_another_conversation_is_not_taken(visitor: Visitor, visit: Callable[..., Visitor]) -> None:
    await visitor.say(CHECK)
    other = visit()
    await other.open()
    await other.say("A parcel is waiting, they say")
    await other.send("/say", {**visitor.form("/say").fields, "text": "They called about a parcel"})
    assert other.answer.status_code == 403
    assert other.draft == "They called about a parcel"
    await other.say("They called about a parcel")
    assert other.said[-1] == "They called about a parcel"


async def test_without_a_cookie_a_form_must_not_come_from_nowhere(visitor: Visitor) -> None:
    form = {**visitor.form("/say").fields, "text": CHECK}
    await visitor.send("/say", form, Origin="null")
    assert visitor.answer.status_code == 403
    assert "set-cookie" not in visitor.answer.headers
    assert visitor.draft == CHECK
    await visitor.send("/say", form, (), **{"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    assert visitor.said == [CHECK]


async def test_a_second_tab_opened_before_the_first_words_can_still_send(visitor: Visitor) -> None:
    second_tab = visitor.form("/say").fields
    await visitor.say(CHECK)
    await visitor.send("/say", {**second_tab, "text": "from the other tab: they called again"})
    assert visitor.said == [CHECK, "from the other tab: they called again"]


# --- once is once ---


async def test_a_double_tap_is_one_message(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    form = {**visitor.form("/say").fields, "text": "They said it must be today."}
    for _ in range(3):
        await visitor.send("/say", form)
    assert visitor.said == [CHECK, "They said it must be today."]


async def test_a_double_tap_on_a_button_is_one_press(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    form = {**visitor.form("/press").fields, "button": "exposure:nothing"}
    for _ in range(2):
        await visitor.send("/press", form)
    assert visitor.said == [CHECK, "Nothing"]


async def test_after_a_step_back_other_words_in_the_same_box_are_another_message(visitor: Visitor) -> None:
    await visitor.say(CHECK)
    page_gone_back_to = visitor.form("/say").fields
    await visitor.send("/say", {**page_gone_back_to, "text": "They want it today."})
    await visitor.send("/say", {**page_gone_back_to, "text": "And they want gift cards."})
    assert visitor.said[1:] == ["They want it today.", "And they want gift cards."]


# --- hostile text ---


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }} {% raw %}"])
async def test_html_in_a_message_is_shown_as_it_was_written(visitor: Visitor, text: str) -> None:
    await visitor.say(f"They wrote {text} to me, and want money")
    assert visitor.said == [f"They wrote {text} to me, and want money"]
    assert not [tag for name, tag in visitor.page.tags if name == "script" and "src" not in tag]
    assert "img" not in [name for name, _ in visitor.page.tags]


async def test_control_characters_go_and_turned_text_stays_in_its_own_box(visitor: Visitor) -> None:
    await visitor.say("they\x00 wrote\x1b[31m \u202egnp.exe and want money")
    assert visitor.said == ["they wrote[31m \u202egnp.exe and want money"]
    assert all(tag["dir"] == "auto" for _, tag in visitor.page.tags if "bubble" in tag.get("class", "").split())


async def test_nothing_anyone_wrote_becomes_a_link(visitor: Visitor) -> None:
    await visitor.say("https://evil.test/login www.evil.test mailto:a@evil.test +44 20 7946 0000 wants my card")
    links = [tag["href"] for name, tag in visitor.page.tags if name == "a"]
    assert sorted(links) == ["#main", "/?theme=dark", "/?theme=device", "/?theme=light", "/privacy"]


async def test_fields_that_are_missing_or_nonsense_break_nothing(visitor: Visitor) -> None:
    token = visitor.form("/say").fields["form_token"]
    for turn in ("", "-5", "9" * 40, "¹", "x"):
        await visitor.send("/press", {"form_token": token, "turn": turn, "button": "no:such:button" * 20})
        assert visitor.answer.status_code == 200
    await visitor.send("/say", {"form_token": token})
    assert visitor.answer.status_code == 200


# --- around it ---


async def test_every_answer_forbids_foreign_code_and_keeping(visitor: Visitor) -> None:
    for path in ("/", "/privacy", "/left", "/healthz"):
        await visitor.open(path)
        assert visitor.answer.headers["cache-control"] == "no-store"
        policy = visitor.answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
        assert "unsafe" not in policy
        assert " style=" not in visitor.answer.text


async def test_health_is_told(visitor: Visitor) -> None:
    await visitor.open("/healthz")
    assert visitor.answer.json() == {"role": "citizens", "state": "ok"}


async def test_where_a_message_came_from_is_taken_from_a_trusted_proxy_alone(
    house: House, visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = []
    receive = house.intake.receive

    async def listen(incoming: Any) -> Any:
        sources.append((incoming.source, incoming.hint))
        return await receive(incoming)

    monkeypatch.setattr(house.intake, "receive", listen)
    for address in ("10.0.0.1", "192.0.2.7"):
        visitor = visit(address=address, accepts="zh-HK,en;q=0.5")
        visitor.http.headers["X-Forwarded-For"] = "203.0.113.9"
        await visitor.open()
        await visitor.say(CHECK)
    assert sources == [("203.0.113.9", "zh-HK"), ("192.0.2.7", "zh-HK")]


@pytest.mark.parametrize(
    ("accepted", "hint"),
    [
        ("en-GB,en;q=0.9", "en-GB"),
        ("de;q=0.9,zh-Hant-HK;q=0.8,en;q=0.1", "zh-Hant-HK"),
        ("fr-CA", "fr-CA"),
        ("en;q=0, zh-TW;q=0.1", "zh-TW"),
        ("", None),
        ("*;q=0.5", None),
        ("<script>,;;q=,=" + "x" * 2000, None),
    ],
)
def test_the_hint_is_the_tag_the_browser_likes_best_among_those_we_speak(accepted: str, hint: str | None) -> None:
    request = Request({"type": "http", "headers": [(b"accept-language", accepted.encode())]})
    assert hint_of(request) == hint
