"""The Bot API's HTML, read as it is: the text that is shown, or why it is refused."""

from html.parser import HTMLParser

_TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "tg-spoiler", "blockquote"}
)
_ENTITIES = frozenset({"lt", "gt", "amp", "quot"})


class BadMarkup(Exception):  # noqa: N818 - what went wrong is the name
    pass


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text: list[str] = []
        self.marked: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise BadMarkup(f'unsupported start tag "{tag}"')
        if attrs and tag != "a":
            raise BadMarkup(f'tag "{tag}" must have no attributes')
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise BadMarkup(f'unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise BadMarkup("unsupported start tag")
        self.text.append(data)
        self.marked += [(tag, data) for tag in self._open]

    def handle_entityref(self, name: str) -> None:
        if name not in _ENTITIES:
            raise BadMarkup(f'unknown entity "&{name};"')
        self.handle_sign({"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name])

    def handle_charref(self, name: str) -> None:
        self.handle_sign(chr(int(name[1:], 16) if name[:1] in "xX" else int(name)))

    def handle_sign(self, sign: str) -> None:
        self.text.append(sign)
        self.marked += [(tag, sign) for tag in self._open]

    def end(self) -> None:
        self.close()
        if self._open:
            raise BadMarkup(f'can\'t find end tag corresponding to start tag "{self._open[-1]}"')


def read_html(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text without its marks, and each marked piece with its tag. Raises BadMarkup."""
    reader = _Reader()
    reader.feed(text)
    reader.end()
    return "".join(reader.text), tuple(reader.marked)


def units(text: str) -> int:
    """UTF-16 units, which is what Telegram counts a text in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
