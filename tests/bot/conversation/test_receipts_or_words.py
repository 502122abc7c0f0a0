"""A receipt opens a report; words that happen to come in fours are what somebody tells."""

import secrets

import pytest

from bot.conversation.receipts import looks_like_receipt
from storage.receipts import Receipt


def test_every_receipt_is_known_however_it_is_typed() -> None:
    for _ in range(500):
        shown = str(Receipt.make(secrets.token_bytes))
        spelled = ", ".join(" ".join(group) for group in shown.split("-"))
        for typed in (
            shown,
            shown.lower(),
            shown.replace("-", " "),
            shown.replace("-", ""),
            spelled,
            f"code {shown}!",
            f"code {shown.lower().replace('-', ' ')}",
        ):
            assert looks_like_receipt(typed), typed


@pytest.mark.parametrize(
    "told",
    [
        "just paid 5000 cash",
        "i just sent 3000 USDT from my wallet to a swindler",
        "they took 2000 from me",
        "lost 3000 euro they said more",
        "sent 10am 5000 usdt help",
        "6217 0001 2345 6789",
        "a b c d e f g h i j k l m n o p",
    ],
)
def test_a_loss_told_in_short_words_is_no_receipt(told: str) -> None:
    assert not looks_like_receipt(told)
