"""Facts about the receipt's code."""

import secrets
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.chance import CROCKFORD, crockford
from storage.receipts import LENGTH, Receipt, find_receipt

# Fifteen characters of five bits, whatever they are: the shift keeps all 75 of the bits drawn.
receipts = st.binary(min_size=10, max_size=10).map(lambda drawn: Receipt.make(lambda _: drawn))
places = st.integers(0, LENGTH - 1)


def example() -> Receipt:
    return Receipt.make(lambda length: bytes(range(1, 1 + length)))


def test_a_receipt_is_four_groups_of_four_from_crockfords_alphabet() -> None:
    groups = str(example()).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_a_receipt_carries_75_random_bits() -> None:
    """Each of the 75 low bits drawn changes the code, and no two of them in the same way."""
    drawn = {_receipt_from(1 << bit).code[:15] for bit in range(75)}
    assert len(drawn | {"0" * 15}) == 76


def _receipt_from(drawn: int) -> Receipt:
    return Receipt.make(lambda length: drawn.to_bytes(length, "big"))


def test_a_receipt_typed_with_spaces_is_unlike_words_and_sums() -> None:
    for _ in range(2000):
        groups = str(Receipt.make(secrets.token_bytes)).split("-")
        assert len([group for group in groups if not group.isalpha() and not group.isdigit()]) >= 2


def test_two_receipts_differ() -> None:
    assert len({Receipt.make(secrets.token_bytes).code for _ in range(100)}) == 100


@given(receipts)
def test_a_receipt_is_read_back_as_it_was_shown(receipt: Receipt) -> None:
    assert Receipt.parse(str(receipt)) == receipt


@given(receipts, places, st.integers(1, 31))
def test_every_single_wrong_character_is_caught(receipt: Receipt, place: int, step: int) -> None:
    wrong = CROCKFORD[(CROCKFORD.index(receipt.code[place]) + step) % 32]
    assert Receipt.parse(receipt.code[:place] + wrong + receipt.code[place + 1 :]) is None


@given(receipts, st.integers(0, LENGTH - 2))
def test_every_swap_of_neighbours_is_caught(receipt: Receipt, place: int) -> None:
    code = receipt.code
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (Receipt.parse(swapped) is None) == (swapped != code)


def test_the_check_catches_every_error_in_every_place() -> None:
    """The check is linear, so a code of zeros stands for all, and a swap adds the same to both neighbours."""
    zeros = "0" * LENGTH
    assert Receipt.parse(zeros) is not None
    for wrong in CROCKFORD[1:]:
        for place in range(LENGTH):
            assert Receipt.parse(zeros[:place] + wrong + zeros[place + 1 :]) is None
        for place in range(LENGTH - 1):
            assert Receipt.parse(zeros[:place] + wrong * 2 + zeros[place + 2 :]) is None


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", " - "),
        lambda text: text.replace("-", "—"),
        lambda text: f"  {text}\n",
        lambda text: " ".join(text.replace("-", "")),
        lambda text: ", ".join(" ".join(group) for group in text.split("-")),
        lambda text: text.replace("0", "O").replace("1", "l"),
        lambda text: text.replace("0", "o").replace("1", "I"),
        lambda text: "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in text),
        lambda text: text.replace("-", "\u200b"),
    ],
)
def test_a_receipt_is_read_however_it_was_typed(change: Callable[[str], str]) -> None:
    receipt = Receipt.make(lambda _: bytes.fromhex("0102030405060708a0b0"))
    assert {"0", "1"} <= set(receipt.code)
    assert Receipt.parse(change(str(receipt))) == receipt


@pytest.mark.parametrize("text", ["", "-", "K7Q2", "U" * 16, "0" * 15, "0" * 17, "四" * 16, "0" * 1_000_000, "\0" * 16])
def test_what_is_no_receipt_is_none(text: str) -> None:
    assert Receipt.parse(text) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    Receipt.parse(text)
    find_receipt(text)


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "my code is {}, thanks",
        "code {}",
        "here's that code {}",
        "回执码{}。只显示一次",
        "收據：{}，謝謝",
        "({})",
        "a\n{}\nb",
    ],
)
def test_a_receipt_is_found_in_a_message(around: str) -> None:
    receipt = example()
    assert find_receipt(around.format(receipt)) == receipt
    assert find_receipt(around.format(str(receipt).lower().replace("-", " "))) == receipt


def test_the_first_receipt_that_holds_is_found() -> None:
    receipt = example()
    broken = "Z" + str(receipt)[1:]
    assert Receipt.parse(broken) is None
    assert find_receipt(f"{broken} or {receipt}") == receipt


def _with_check(body: str) -> str:
    """A code that passes the check, of characters that people write for other reasons."""
    return next(code for code in (body + last for last in CROCKFORD) if Receipt.parse(code))


def test_a_card_number_that_passes_the_check_is_not_taken_for_a_receipt() -> None:
    bodies = (f"6217000123{number:05}" for number in range(200))
    card = next(code for code in map(_with_check, bodies) if code.isdigit())
    assert Receipt.parse(card) is not None
    assert find_receipt(f"my card {card[:4]} {card[4:8]} {card[8:12]} {card[12:]}") is None


def test_words_in_a_row_that_pass_the_check_are_not_taken_for_a_receipt() -> None:
    bodies = (f"THEYSAIDTHAT{one}{two}{three}" for one in "ABCDEF" for two in "ABCDEF" for three in "ABCDEF")
    words = next(code for code in map(_with_check, bodies) if code.isalpha())
    assert Receipt.parse(words) is not None
    assert find_receipt(f"{words[:4]} {words[4:8]} {words[8:12]} {words[12:]}".lower()) is None
    assert find_receipt(f"{words[:4]}-{words[4:8]}-{words[8:12]}-{words[12:]}") is not None


def test_part_of_a_longer_run_is_not_a_receipt() -> None:
    assert find_receipt(f"x{example().code}") is None
    assert find_receipt(f"{example().code}9") is None


def test_a_receipt_does_not_show_itself_in_a_log() -> None:
    assert example().code not in repr(example())


def test_the_alphabet_counts_from_zero() -> None:
    assert crockford(0, 3) == "000"
    assert crockford(31, 3) == "00Z"
    assert crockford(32, 3) == "010"
