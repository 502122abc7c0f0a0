"""A page of the web chat, read as a browser without a script reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_LINES = frozenset({"p", "li", "ol", "ul", "section", "div", "h1", "h2", "h3", "form", "br"})


@dataclass(eq=False)
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str]
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """As it is read with the eyes: without what is only read aloud."""
        return "\n".join(line for line in map(str.strip, "".join(self._pieces()).split("\n")) if line)

    def find_all(self, fits: "Callable[[Node], bool]") -> "Iterator[Node]":
        for child in self.children:
            if isinstance(child, Node):
                if fits(child):
                    yield child
                yield from child.find_all(fits)

    def all(self, tag: str, class_: str = "") -> "list[Node]":
        return list(self.find_all(lambda node: node.tag == tag and (not class_ or class_ in node.classes)))

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif "visually-hidden" not in child.classes and child.tag not in {"script", "style"}:
                if child.tag in _LINES:
                    yield "\n"
                yield from child._pieces()
                if child.tag in _LINES:
                    yield "\n"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("document", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _EMPTY:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        names = [node.tag for node in self._open]
        assert tag in names, f"</{tag}> closes nothing"
        assert names[-1] == tag, f"</{tag}> closes a <{names[-1]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def read_page(html: str) -> Node:
    """The page as a tree; every element must be closed in order."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
