"""How many ways to answer a text names."""

import time

import pytest

from knowledge.features import units
from knowledge.text import normalise
from knowledge.ways import ways_to_answer


def _ways(text: str) -> int:
    normalised = normalise(text).text
    return ways_to_answer(normalised, units(normalised))


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("I sent him the money and he is gone.", 0),
        ("Your parcel waits: https://parcel-fee.top/u", 1),
        ("请登录 www.bank-up.cc 或致电 010-8888 7777", 2),
        ("ring +65 6123 4567 or (02) 9123 4567", 2),
        ("write to claims@prize-office.example and to mr.lee@prize-office.example", 2),
        ("加客服，网址 hxxps://vip-lend[.]top", 1),
    ],
)
def test_links_numbers_and_addresses_are_counted(text: str, ways: int) -> None:
    assert _ways(text) == ways


@pytest.mark.parametrize(
    "text",
    [
        "he wrote on 2026-03-14 10 times",
        "I paid 1,200,000 and then 50000",
        "card 4111 1111 1111 1111 is blocked",
        "meet me @home",
        "call 95588 or 110",
    ],
)
def test_dates_sums_cards_and_the_numbers_everyone_knows_are_none(text: str) -> None:
    assert _ways(text) == 0


@pytest.mark.parametrize("piece", ["1", "1 ", "1-(", "@", "@a", "a@a.", "2026-"])
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 16_384)[:16_384]
    said = units(text)
    began = time.perf_counter()
    ways_to_answer(text, said)
    assert time.perf_counter() - began < 5, "a search that goes back over what it has read takes minutes"
