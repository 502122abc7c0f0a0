"""Hostile text in every field that the pages show: no script runs in a browser, nothing is wider than a phone."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Page

from bot.services.tipbox import BoxedObservable, TipBox
from storage import claims, links, merging, messages, reporter_limits, tips, verdicts
from storage.accounts import Role
from storage.benign import KnownBenign, mark
from storage.database import Transaction
from storage.links import ObservableHash
from tests.bot.staff.house import PASSPHRASE, House
from tests.ports import free_ports

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>document.title='owned'</script>\"'><img src=x onerror=\"document.title='owned'\">{{7*7}}%(name)s\u202e"
    + "W" * 300
)
WIDEST = """() => [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map(one => one.tagName + '.' + one.className + '#' + one.id).slice(0, 12)"""


@contextmanager
def served(house: House) -> Iterator[str]:
    (port,) = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(house.app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def hostile_tips(house: House) -> tuple[str, str]:
    """A tip that is open, and one that was merged into it and taken out again: hostile wherever text can stand."""
    observable = BoxedObservable("handle", HOSTILE, HOSTILE, 0, 9, checked=True)
    box = TipBox(
        telling=(HOSTILE, HOSTILE),
        language="en",
        kind="cheated",
        answers={"payee": HOSTILE, HOSTILE: HOSTILE},
        observables=(observable,),
        contact=HOSTILE,
        pictured=(HOSTILE,),
    )
    root, other = house.file(box), house.file(box)
    sealed, now = house.key.public.seal(HOSTILE.encode()), house.clock()
    seen = ObservableHash("handle", house.key.link_hash("handle", HOSTILE))

    def unit(t: Transaction) -> None:
        for tip in (root, other):
            tips.load(t, tip).conversation = b"c" * 32
            links.replace(t, tip, [seen], now=now)
            claims.claim(t, tip, by="lin", now=now)
        messages.ask(t, root, by="lin", for_reporter=b"-", for_staff=sealed, now=now)
        messages.name_authority(t, root, by="lin", for_reporter=None, for_staff=sealed, now=now)
        messages.add(t, root, for_staff=sealed, now=now)
        verdicts.merge(t, other, into=root, by="lin", reason=sealed, now=now)
        merging.undo(t, other, by="lin", reason=sealed, now=now)
        reporter_limits.propose(t, root, by="lin", reason=sealed, now=now)
        said = house.key.public.seal(json.dumps({"value": HOSTILE, "why": HOSTILE}).encode())
        mark(t, KnownBenign(seen, "lin", now, now.replace(year=now.year + 1), said))

    house.database.write_now(unit)
    return root, other


def looked_at(page: Page, where: str) -> None:
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true }")
    assert "owned" not in page.title(), where
    assert page.evaluate("document.querySelectorAll('main script, main img').length") == 0, where
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{where}: {wide} pixels too wide: {page.evaluate(WIDEST)}"


def test_no_script_runs_and_nothing_is_wider_than_a_phone(house: House, page: Page) -> None:
    house.hire("lin", Role.SUPERVISOR)
    root, other = hostile_tips(house)
    page.set_viewport_size({"width": 360, "height": 740})
    with served(house) as address:
        page.goto(f"{address}/sign-in")
        page.fill("#name", "lin")
        page.fill("#passphrase", PASSPHRASE)
        page.fill("#code", house.code())
        page.get_by_role("button", name="Sign in", exact=True).click()
        for path in ("/", f"/tips/{root}", f"/tips/{other}", "/benign", "/limits", "/calls", "/staff", "/audit"):
            answer = page.goto(address + path)
            assert answer is not None
            assert answer.status == 200, path
            looked_at(page, path)
        page.goto(f"{address}/calls")
        page.fill("#telling", HOSTILE)
        page.fill("#amounts", HOSTILE[:400])
        page.locator("form[action='/calls']").evaluate("form => { form.noValidate = true }")
        page.get_by_role("button", name="File it").click()
        assert "Choose what kind of report it is." in page.inner_text("main")
        looked_at(page, "a refused call")
