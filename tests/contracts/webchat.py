"""A person at a browser without a script: the web chat's forms over real HTTP."""

from collections.abc import Iterator
from datetime import timedelta

import httpx

from bot.channels.webchat.sent import CHANNEL
from tests.contracts.channel import Shown
from tests.contracts.house import House
from tests.contracts.page import Node, read_page
from tests.fakes.telegram_http import UNTRUSTING

_COOKIE = "talk"


class WebChat:
    """One tab. Its cookies are the browser's; the conversation begins with the first thing sent."""

    has_a_box = True

    def __init__(self, house: House, tag: str, cookies: httpx.Cookies | None = None) -> None:
        self._house = house
        self._tag = tag
        self._browser = httpx.Client(
            base_url=house.settings.citizens_address,
            headers={"Accept-Language": tag},
            cookies=cookies,
            follow_redirects=True,
            timeout=30,
            verify=UNTRUSTING,
        )
        self._others: list[WebChat] = []
        self.look()

    def close(self) -> None:
        self._browser.close()
        for other in self._others:
            other.close()

    def say(self, text: str) -> Shown:
        (form,) = (form for form in self._page.all("form") if form.attributes.get("id") == "say")
        # A browser sends such a form in parts, and its line ends as two characters.
        fields = {**_hidden(form), "text": text.replace("\n", "\r\n")}
        parts = {name: (None, value.encode("utf-8", "replace")) for name, value in fields.items()}
        return self._take(self._send("/say", files=parts))

    def press(self, label: str) -> Shown:
        path, fields = self._button(label)
        return self._take(self._send(path, data=fields))

    def press_twice(self, label: str) -> Shown:
        path, fields = self._button(label)
        self._send(path, data=fields)
        return self._take(self._send(path, data=fields))

    def send_again(self, label: str) -> Shown:
        """The same form as often as this is called, from however many threads; the page here stays as it was."""
        path, fields = self._button(label)
        return _shown(read_page(self._send(path, data=fields).text))

    def speak(self, name: str) -> Shown:
        return self.press(name)

    def leave(self) -> None:
        way_out = self._page.all("form", "way-out")[0]
        answer = self._send("/exit", data=_hidden(way_out))
        assert answer.url.path == "/left"
        assert _COOKIE not in self._browser.cookies

    def look(self) -> Shown:
        return self._take(self._browser.get("/"))

    def beside(self) -> "WebChat":
        self._others.append(WebChat(self._house, self._tag, httpx.Cookies(self._browser.cookies)))
        return self._others[-1]

    def pass_an_hour(self) -> None:
        self._house.put_back(CHANNEL, self._browser.cookies[_COOKIE], timedelta(hours=1))

    def _button(self, label: str) -> tuple[str, dict[str, str]]:
        for form in self._page.all("form"):
            for button in form.all("button"):
                if button.text == label and button.attributes.get("type", "submit") == "submit":
                    named = {"button": button.attributes["value"]} if "name" in button.attributes else {}
                    return form.attributes["action"], {**_hidden(form), **named}
        raise AssertionError(f"no button {label!r}: {self._page.text}")

    def _send(self, path: str, **content: object) -> httpx.Response:
        return self._browser.post(path, headers={"Sec-Fetch-Site": "same-origin"}, **content)  # type: ignore[arg-type] # forms or parts

    def _take(self, answer: httpx.Response) -> Shown:
        assert answer.status_code in {200, 422, 503}, answer.text
        self._page = read_page(answer.text)
        return _shown(self._page)


def _hidden(form: Node) -> dict[str, str]:
    return {
        field.attributes["name"]: field.attributes["value"]
        for field in form.all("input")
        if field.attributes.get("type") == "hidden"
    }


def _shown(page: Node) -> Shown:
    (newest,) = page.all("div", "newest")
    (main,) = page.all("main")
    assert not main.all("script"), "nothing that was told becomes a script"
    logs = [log for log in main.all("ol", "chat-log") if log not in newest.all("ol", "chat-log")]
    return Shown(
        replies=tuple(_told(newest)),
        buttons=tuple(button.text for form in page.all("form", "answers") for button in form.all("button")),
        standing=tuple(button.text for bar in page.all("div", "standing") for button in bar.all("button")),
        earlier="\n\n".join(log.text for log in logs),
        draft=page.all("textarea")[0].text,
    )


def _told(newest: Node) -> Iterator[str]:
    for node in newest.find_all(lambda n: bool({"notice", "once", "bubble"} & set(n.classes))):
        yield node.text
