"""A table of figures: shown on a page beside its chart, and written as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Cell:
    """`shown` on a page; `raw` in a file, where times are seconds."""

    shown: str
    raw: str | int | float
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Key:
    """What a shape in the chart means; `shape` is bar, line, before, full or ring."""

    shape: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` stands in the page's anchors and the file's name; the first cell of a row names it."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: Markup | None = None
    keys: tuple[Key, ...] = ()
    note: str = ""


def word(text: str) -> Cell:
    return Cell(text, text, is_number=False)


def number(value: int) -> Cell:
    return Cell(str(value), value)


def as_csv(sheet: Sheet) -> bytes:
    """With the mark by which spreadsheets know UTF-8, and nothing that one of them would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(name) for name in sheet.head])
    writer.writerows([[_harmless(cell.raw) for cell in row] for row in sheet.rows])
    return out.getvalue().encode("utf-8-sig")


def _harmless(value: str | int | float) -> str | int | float:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


Rows = Sequence[tuple[Cell, ...]]
