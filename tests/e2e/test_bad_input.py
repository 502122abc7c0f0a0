"""What people, machines and bad luck do to it: nothing acknowledged is lost, nothing lost is acknowledged."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

import knowledge
from bot.settings import Settings
from tests.bot.app.service import command
from tests.conftest import environment
from tests.contracts.channel import TELLING
from tests.contracts.house import House, open_house
from tests.contracts.webchat import WebChat
from tests.e2e.watching import fill_disk, until
from tests.ports import free_ports

PAYEE = "银行转账 6217 0001 2345 6789 019 建行 王某某 14:05"
HOSTILE = (
    "'); DROP TABLE tip; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00%0d%0aX: y",
    "\u202e💣",
    "9" * 400,
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    home: Path = tmp_path_factory.mktemp("house") / "home"
    # Neither port as `make run` has it, which may be running beside the tests.
    citizens, console = free_ports(2)
    settings = Settings(home=home, citizens_port=citizens, console_port=console, reports_an_hour=1000)
    with open_house(settings) as opened:
        yield opened
        printed = "\n".join(opened.web.lines)
        assert "Traceback" not in printed
        assert "a page failed" not in printed


@pytest.fixture
def tab(house: House) -> Iterator[WebChat]:
    """Of somebody who has told everything and not filed it."""
    with closing(WebChat(house, "zh-CN")) as opened:
        opened.say(TELLING)
        opened.press("打过了")
        opened.say(PAYEE)
        yield opened


def test_a_megabyte_pasted_is_refused_and_what_was_told_stands(house: House, tab: WebChat) -> None:
    answer = httpx.post(f"{house.settings.citizens_address}say", data={"text": "长" * 350_000}, timeout=30)
    assert answer.status_code == 413
    assert house.box(tab.press("提交").receipt).telling == (TELLING, PAYEE)


def test_a_body_that_never_ends_is_cut_off(house: House) -> None:
    def pour() -> Iterator[bytes]:
        yield b"text="
        for _ in range(1000):
            yield bytes(50_000)

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = httpx.post(f"{house.settings.citizens_address}say", content=pour(), headers=form, timeout=30)
    except httpx.TransportError:
        return  # cut off while we were still pouring
    assert answer.status_code in {400, 413}


@pytest.mark.parametrize(
    "begun",
    [b"GET /", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ", b"POST /say HTTP/1.1\r\nHost: 127.0.0.1\r\n"
     b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: "],
    ids=["first line", "header", "trailer"],
)  # fmt: skip
def test_a_head_that_never_ends_is_cut_off(house: House, begun: bytes) -> None:
    """What comes before and after a body is gathered in memory; a body is not."""
    with socket.create_connection(("127.0.0.1", house.settings.citizens_port), timeout=30) as line:
        line.sendall(begun)
        with pytest.raises(ConnectionError):
            line.sendall(b"a" * 20_000_000)
    assert httpx.get(house.settings.citizens_address, follow_redirects=True).status_code == 200


def test_a_megabyte_on_a_line_of_the_terminal_is_refused_and_the_next_line_is_heard(settings: Settings) -> None:
    done = command(settings, "chat", "--language", "zh-Hans", told=f"{'长' * 350_000}\n{TELLING}\n")
    assert done.returncode == 0, done.stderr
    assert "16384" in done.stdout
    assert "紧急止付" in done.stdout


def test_two_tabs_that_write_at_the_same_moment_lose_nothing(house: House, tab: WebChat) -> None:
    said = [f"补充第 {number} 条 对方又打来电话" for number in range(8)]
    tabs = [tab.beside() for _ in said]
    with ThreadPoolExecutor(len(said)) as threads:
        list(threads.map(lambda pair: pair[0].say(pair[1]), zip(tabs, said, strict=True)))
    tab.look()
    assert set(house.box(tab.press("提交").receipt).telling) == {TELLING, PAYEE, *said}


def test_a_double_tap_on_submit_at_the_same_moment_files_one_tip_and_shows_its_receipt(
    house: House, tab: WebChat
) -> None:
    before = house.count_tips()
    with ThreadPoolExecutor(2) as threads:
        shown = list(threads.map(lambda _: tab.send_again("提交"), range(2)))
    assert house.count_tips() == before + 1
    (receipt,) = {page.receipt for page in shown}
    assert house.box(receipt).telling == (TELLING, PAYEE)


def test_submit_from_two_tabs_at_the_same_moment_files_one_tip(house: House, tab: WebChat) -> None:
    before = house.count_tips()
    with ThreadPoolExecutor(2) as threads:
        shown = list(threads.map(lambda one: one.press("提交"), [tab.beside(), tab.beside()]))
    assert house.count_tips() == before + 1
    assert any(page.has_receipt for page in shown)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_field_of_a_form_nor_a_cookie_breaks_a_page(house: House, hostile: str) -> None:
    names = ("form_token", "page", "turn", "button", "text", "language", hostile)
    with httpx.Client(base_url=house.settings.citizens_address) as browser:
        for path in ("/say", "/press", "/seen", "/exit"):
            answer = browser.post(path, data=dict.fromkeys(names, hostile))
            assert answer.status_code in {303, 403}, (path, answer.status_code)
        for path in ("/", "/privacy", "/left"):
            quoted = hostile.encode().hex() if "\u202e" in hostile else hostile.replace("\r", "")
            answer = browser.get(path, params={"language": hostile}, headers={"Cookie": f'talk="{quoted}"'})
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text


def test_guesses_of_receipts_are_slowed_down_for_the_right_one_too(house: House, tab: WebChat) -> None:
    receipt = tab.press("提交").receipt
    with closing(WebChat(house, "zh-CN")) as guesser:
        refused = [guesser.say(f"ABCD-EFGH-JKMN-PQ{number:02}").text for number in range(25)]
        assert "分钟" not in refused[0]
        assert "分钟" in refused[-1]
        limited = guesser.say(receipt)
        assert "分钟" in limited.text
        assert "撤回" not in limited.buttons


def test_on_a_full_disk_nothing_is_acknowledged_the_person_is_told_and_goes_on_when_there_is_room(
    house: House, tab: WebChat
) -> None:
    process, before = house.web.pid_of("citizens"), house.count_tips()
    fill_disk(process, size=0)
    try:
        ready = f"{house.settings.citizens_address}readyz"
        assert httpx.get(ready, timeout=10).json() == {"role": "citizens", "state": "failing"}
        refused = tab.say("补充一句 对方叫老周")
        assert "没能保存" in refused.text
        assert "银行和警察" in refused.text
        assert refused.draft == "补充一句 对方叫老周"
        assert refused.buttons == ("提交", "改一下", "不提交")
        unfiled = tab.press("提交")
        assert "没能保存" in unfiled.text
        assert not unfiled.has_receipt
        with closing(WebChat(house, "zh-CN")) as newcomer:
            assert "没能保存" in newcomer.say(TELLING).text
    finally:
        fill_disk(process, size=None)
    assert httpx.get(ready).json() == {"role": "citizens", "state": "ok"}
    assert house.count_tips() == before
    tab.say("补充一句 对方叫老周")
    assert house.box(tab.press("提交").receipt).telling == (TELLING, PAYEE, "补充一句 对方叫老周")


def test_what_was_answered_survives_a_process_that_is_killed(house: House, tab: WebChat) -> None:
    os.kill(house.web.pid_of("citizens"), signal.SIGKILL)
    house.web.wait_for("citizens ended unexpectedly")
    until(lambda: _answers(house))
    tab.look()
    assert house.box(tab.press("提交").receipt).telling == (TELLING, PAYEE)


def test_where_the_staffs_secret_key_is_missing_citizens_report_and_the_console_says_what_it_needs(
    house: House, tab: WebChat
) -> None:
    secret = house.settings.keys / "staff.key"
    assert not secret.exists()
    receipt = tab.press("提交").receipt
    refused = command(house.settings, "run", "console")
    printed = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert f"The staff's secret key is missing: it was sought at {secret}." in printed
    assert "Traceback" not in printed
    assert house.box(receipt).telling == (TELLING, PAYEE), "with the key, elsewhere"


@pytest.mark.parametrize("given", [("run", "citizens"), ("check", "-")])
def test_a_damaged_pattern_file_is_a_sentence_naming_file_key_and_remedy(
    settings: Settings, tmp_path: Path, given: tuple[str, ...]
) -> None:
    shipped = Path(knowledge.__file__).parent
    shutil.copytree(shipped, tmp_path / "damaged" / "knowledge", ignore=shutil.ignore_patterns("__pycache__"))
    pattern = tmp_path / "damaged" / "knowledge" / "patterns" / "parcel-message.toml"
    pattern.write_text(
        pattern.read_text(encoding="utf-8").replace('severity = "', 'severity = "not-'), encoding="utf-8"
    )
    assert command(settings, "keys", "make").returncode == 0
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", *given],
        env={**environment(settings), "PYTHONPATH": str(tmp_path / "damaged")},
        input="is this a scam?",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 1, printed
    assert "parcel-message.toml" in printed
    assert "severity" in printed
    assert "extreme" in printed, "the remedy names what may stand there"
    assert "Traceback" not in printed


def _answers(house: House) -> bool:
    try:
        return house.web.health("citizens") == "ok"
    except httpx.TransportError:
        return False
