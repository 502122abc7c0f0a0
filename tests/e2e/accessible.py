"""What axe-core finds on a page, by day and by night, wide and on a phone; and whether a page is wider than its screen.

axe.min.js comes out of the wheel of axe-playwright-python, which carries the newest axe-core there is on PyPI and
nothing else that is used here: the driver runs it, so that the page's Content-Security-Policy stays as strict as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from fastapi import FastAPI
from playwright.sync_api import Page
from starlette.routing import Route

WIDE, PHONE, SMALLEST = (1280, 900), (390, 844), (320, 568)
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (rules) => {
  const found = await axe.run(document, rules);
  return found.violations.flatMap((fault) => fault.nodes.map((node) => (
    {rule: fault.id, impact: fault.impact, place: node.target.join(" "), html: node.html, why: node.failureSummary})));
}"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something on a page that somebody cannot use. `where` is the page's name, size and look."""

    where: str
    rule: str
    impact: str
    place: str
    why: str


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def by_turns(number: int) -> str:
    """One of the three languages."""
    return ("en-GB", "zh-CN", "zh-TW")[number % 3]


def two_languages(number: int) -> tuple[str, str]:
    """English, and one of the Chinese ones by turns: each page is seen in both of its kinds of letters."""
    return "en-GB", ("zh-CN", "zh-TW")[number % 2]


def paths_of(app: FastAPI) -> set[str]:
    """Those of all GET routes."""
    return {route.path for route in cast("Iterable[Route]", app.routes) if "GET" in (route.methods or ())}


def assert_is_whole(page: Page) -> None:
    """It is a page of ours with a heading, and nothing that somebody wrote has run on it."""
    assert page.locator("main h1").count() == 1
    assert page.title() != "taken"


def faults_on(page: Page, name: str) -> list[Fault]:
    """Every fault that axe knows of, whatever its impact, and every width at which the page scrolls sideways."""
    page.evaluate(_axe())
    found: list[Fault] = []
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        # As high as the page: what lies half under a bar that stays would count as too small to touch.
        height = page.evaluate("Math.max(document.documentElement.scrollHeight, innerHeight)")
        page.set_viewport_size({"width": size[0], "height": height + 200})
        # Only colours change with the look, and no colour changes with the width.
        for look in ("light", "dark") if size == PHONE else ("light",):
            page.emulate_media(color_scheme=look, reduced_motion="reduce")
            where = f"{name}, {size[0]} pixels, {look}"
            rules = (
                {"runOnly": {"type": "tag", "values": _STANDARDS}, "rules": {"target-size": {"enabled": True}}}
                if look == "light"
                else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
            )
            found += _faults(where, page.evaluate(_RUN, rules))
    for size in (PHONE, SMALLEST):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        found += _sideways(page, f"{name}, {size[0]} pixels")
    return found


def _faults(where: str, found: list[dict[str, Any]]) -> Iterator[Fault]:
    for one in found:
        yield Fault(where, one["rule"], one["impact"] or "", one["place"], one["why"])


def _sideways(page: Page, where: str) -> Iterator[Fault]:
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if widths[0] > widths[1]:
        yield Fault(where, "no-sideways-scrolling", "serious", "html", f"{widths[0]} pixels wide on {widths[1]}")
