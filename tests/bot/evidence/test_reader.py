"""The words and codes on drawn pictures, read by the real thing; what is no picture, or a trap, has none and harms
nobody."""

import asyncio
import io
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("rapidocr", reason="needs the extra: pip install fanzha[evidence]", exc_type=ImportError)

from PIL import Image

from bot.evidence.reader import PictureReader, ReaderClosed, is_installed
from tests.bot.evidence.pictures import SHOT, bomb, code, pdf, saved, screenshot

pytestmark = pytest.mark.timeout(300)  # five engineers' tests on two cores: a picture may take its time


@pytest.fixture
async def reader() -> AsyncIterator[PictureReader]:
    opened = PictureReader(seconds=120, patience=200)
    yield opened
    await opened.close()


async def begun(reader: PictureReader) -> int:
    """The process that reads now."""
    while not reader.processes:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.01)
    return reader.processes[0]


async def test_what_a_screenshot_says_is_read_to_the_letter(reader: PictureReader) -> None:
    assert is_installed()
    assert (await reader.read(screenshot(*SHOT))).split("\n") == list(SHOT)


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
async def test_what_newer_phones_and_browsers_save_is_read(reader: PictureReader, kind: str) -> None:
    shot = screenshot("USPS: your parcel is held", "否则影响征信", size=(900, 400), kind=kind)
    assert (await reader.read(shot)).split("\n") == ["USPS: your parcel is held", "否则影响征信"]


async def test_what_an_iphone_sends_as_a_file_is_read(reader: PictureReader) -> None:
    # Drawn like the others, and saved by pillow-heif, whose encoder is no part of what is installed.
    shot = await asyncio.to_thread((Path(__file__).parent / "screenshot.heic").read_bytes)
    assert (await reader.read(shot)).split("\n") == ["USPS: your parcel is held", "否则影响征信"]


async def test_what_is_written_in_a_pdf_is_read_of_its_first_pages(reader: PictureReader) -> None:
    warrant = ("Your account is frozen by order of the court.", "Pay the bail to 6217 0001 2345 6789 019")
    pages = [warrant, ("See the annex of this order for the law.",), ("A third page, with a few words on it too.",)]
    assert (await reader.read(pdf(*pages, ("The fourth page is not read by anybody here.",)))).split("\n") == [
        line for page in pages for line in page
    ]


async def test_a_pdf_made_of_pictures_is_read_like_them_and_its_codes_too(reader: PictureReader) -> None:
    shot = Image.open(io.BytesIO(screenshot("USPS: your parcel is held", "否则影响征信", size=(900, 900))))
    link = "https://pay.example.top/q?id=88"
    shot.paste(Image.open(io.BytesIO(code(link))), (300, 500))
    assert (await reader.read(saved(shot, "PDF"))).split("\n") == ["USPS: your parcel is held", "否则影响征信", link]


async def test_codes_are_read_and_words_beside_them(reader: PictureReader) -> None:
    link = "https://pay.example.top/q?id=" + "7" * 20
    assert await reader.read(code(link)) == link
    long = "转账" + "A1" * 400
    assert await reader.read(code(long, module=6)) == long


async def test_a_code_of_four_thousand_characters_is_read_whole(reader: PictureReader) -> None:
    text = "A1" * 2000
    assert await reader.read(code(text, module=6)) == text


async def test_large_pictures_are_read_smaller(reader: PictureReader) -> None:
    # Twenty megapixels, as a telephone takes them.
    shot = screenshot("USPS: your parcel is held", "否则影响征信", size=(5160, 3872), kind="JPEG", scale=200)
    assert (await reader.read(shot)).split("\n") == ["USPS: your parcel is held", "否则影响征信"]


async def test_what_is_no_picture_or_a_trap_has_no_words_and_the_next_is_read(reader: PictureReader) -> None:
    whole = screenshot("USPS: your parcel is held", kind="JPEG")
    traps = {
        "bomb": bomb(50_000, 50_000),
        "long": bomb(1, 2_000_000_000),
        "cut short": whole[: len(whole) // 2],
        "head alone": whole[:40],
        "empty": b"",
        "pdf": b"%PDF-1.7\n" + bytes(1000),
        "pdf without an end": pdf(("Pay the fee today, or your parcel goes back",))[:200],
        "pdf of one endless page": pdf(("Pay",)).replace(b"612 792", b"9e9 9e9"),
        "heic without an end": (Path(__file__).parent / "screenshot.heic").read_bytes()[:900],
        "script": b"<svg onload='alert(1)'/>",
        "zeros": b"\x89PNG\r\n\x1a\n" + bytes(5000),
    }
    for name, content in traps.items():
        began = time.monotonic()
        assert await reader.read(content) == "", name
        assert time.monotonic() - began < 60, name
    assert await reader.read(whole) == "USPS: your parcel is held"


async def test_of_a_moving_picture_the_first_is_read_and_what_is_see_through_stands_on_white(
    reader: PictureReader,
) -> None:
    first, second = (
        Image.open(io.BytesIO(screenshot(words, size=(900, 200)))) for words in ("your parcel is held", "pay the fee")
    )
    moving = saved(first.convert("P"), "GIF", save_all=True, append_images=[second.convert("P")])
    assert await reader.read(moving) == "your parcel is held"
    see_through = first.convert("RGBA")
    see_through.putalpha(first.convert("L").point(lambda grey: 0 if grey > 128 else 255))
    assert await reader.read(saved(see_through, "PNG")) == "your parcel is held"


async def test_one_that_takes_too_long_or_dies_is_passed_over_and_the_next_is_read() -> None:
    hasty = PictureReader(seconds=0.05, patience=200)
    assert await hasty.read(screenshot(*SHOT)) == ""
    await hasty.close()
    reader = PictureReader(seconds=120, patience=200)
    reading = asyncio.create_task(reader.read(screenshot(*SHOT)))
    os.kill(await begun(reader), signal.SIGKILL)
    assert await reading == ""
    assert await reader.read(screenshot("USPS: your parcel is held")) == "USPS: your parcel is held"
    await reader.close()


async def test_with_too_little_memory_it_is_passed_over() -> None:
    poor = PictureReader(seconds=120, patience=200, memory=300 * 1024 * 1024)
    assert await poor.read(screenshot(*SHOT)) == ""
    await poor.close()


async def test_when_this_process_ends_what_is_being_read_is_left_for_later(reader: PictureReader) -> None:
    reading = asyncio.create_task(reader.read(screenshot(*SHOT)))
    await begun(reader)
    await reader.close()
    with pytest.raises(ReaderClosed):
        await reading
    with pytest.raises(ReaderClosed):
        await reader.read(screenshot(*SHOT))


async def test_a_reading_process_knows_no_setting(reader: PictureReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANZHA_CITIZENS_TOKEN", "a token of the tests")
    reading = asyncio.create_task(reader.read(screenshot("USPS: your parcel is held")))
    environment = Path(f"/proc/{await begun(reader)}/environ")
    assert b"FANZHA" not in await asyncio.to_thread(environment.read_bytes)
    assert await reading == "USPS: your parcel is held"
