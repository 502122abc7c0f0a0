"""A citizen's browser without a script: it keeps cookies, reads the page, and sends its forms as they stand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
from fastapi import FastAPI

HOST = "http://chat.test"
Part = tuple[str, tuple[str | None, bytes]]


class NoSuchButton(Exception):  # noqa: N818 - what went wrong is the name
    pass


@dataclass
class FoundForm:
    """A form of a page. `buttons` are the values its buttons named `button` would send."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)


@dataclass
class Block:
    """A stretch of text and the classes of the element it stands in."""

    classes: frozenset[str]
    text: str


class PageReader(HTMLParser):
    """What a page holds that a person, or the next request, goes by."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.blocks: list[Block] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[tuple[str, Block | None]] = []
        self._label = ""
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        block = None
        if "class" in given:
            block = Block(frozenset(given["class"].split()), "")
            self.blocks.append(block)
        if tag == "form":
            self.forms.append(FoundForm(given["action"].partition("#")[0]))
        elif tag == "input":
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._area = given["name"]
            self.forms[-1].fields[self._area] = ""
        elif tag == "button" and given.get("name") == "button":
            self._label = given["value"]
            self.forms[-1].buttons[self._label] = ""
        if tag not in {"input", "meta", "link", "br", "path", "rect", "circle"}:
            self._open.append((tag, block))

    def handle_endtag(self, tag: str) -> None:
        if tag in [opened for opened, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass
        if tag == "button":
            self._label = ""
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        for _, block in self._open:
            if block is not None:
                block.text += data
        if self._label:
            self.forms[-1].buttons[self._label] += data.strip()
        if self._area is not None:
            # As browsers do: the first line end in the box is the page's own.
            self.forms[-1].fields[self._area] += data.removeprefix("\n")

    def texts(self, *classes: str) -> list[str]:
        """The text of each element that has all of these classes."""
        return [block.text for block in self.blocks if block.classes.issuperset(classes)]


class Visitor:
    """One browser. `page` and `answer` are what it shows now."""

    def __init__(self, app: FastAPI, *, accepts: str = "en-GB", address: str = "192.0.2.7", base: str = HOST) -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, client=(address, 5000)),
            base_url=base,
            headers={"Accept-Language": accepts, "Origin": HOST},
        )
        self.answer = httpx.Response(200)
        self.page = PageReader("")

    async def open(self, path: str = "/", **headers: str) -> PageReader:
        return self._show(await self.http.get(path, headers=headers, follow_redirects=True))

    async def say(self, text: str, *files: bytes) -> PageReader:
        form = self.form("/say")
        return await self.send("/say", {**form.fields, "text": text}, files=files)

    async def press(self, button: str) -> PageReader:
        for form in self.page.forms:
            if button in form.buttons:
                return await self.send(form.action, {**form.fields, "button": button})
        raise NoSuchButton(f"{button} is not among {self.buttons}")

    async def leave(self) -> PageReader:
        return await self.send("/exit", self.form("/exit").fields)

    async def send(
        self, path: str, fields: dict[str, str], files: tuple[bytes, ...] = (), **headers: str
    ) -> PageReader:
        # As the form is: in parts, so that Chinese does not grow threefold on its way.
        parts: list[Part] = [(name, (None, value.encode())) for name, value in fields.items() if name != "file"]
        if "file" in fields or files:
            # Where nothing was chosen, browsers send a file without a name and content.
            parts += [("file", ("a.jpg", content)) for content in files] or [("file", ("", b""))]
        return self._show(await self.http.post(path, files=parts, headers=headers, follow_redirects=True))

    def form(self, action: str) -> FoundForm:
        return next(form for form in self.page.forms if form.action == action)

    @property
    def buttons(self) -> list[str]:
        return [button for form in self.page.forms for button in form.buttons]

    @property
    def said(self) -> list[str]:
        """The person's own bubbles."""
        return self.page.texts("bubble", "person")

    @property
    def told(self) -> list[str]:
        """The bot's bubbles."""
        return [block.text for block in self.page.blocks if "bubble" in block.classes and "person" not in block.classes]

    @property
    def draft(self) -> str:
        return self.form("/say").fields["text"]

    def _show(self, answer: httpx.Response) -> PageReader:
        self.answer = answer
        self.page = PageReader(answer.text)
        return self.page
