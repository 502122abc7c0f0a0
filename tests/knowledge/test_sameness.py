"""Which texts of the knowledge speak of the same thing."""

import pytest

from knowledge.catalogue import shipped_catalogue
from knowledge.language import Language, Texts
from knowledge.sameness import SAME, sameness


def asked(name: str) -> Texts:
    pattern, _, own = name.partition("/")
    return next(question.text for question in shipped_catalogue()[pattern].questions if question.id == own)


def flag(pattern: str, red_flag: str) -> Texts:
    return shipped_catalogue()[pattern].red_flag(red_flag).name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("account-hacking/phone-dead", "sim-swap/dead-line"),
        ("fake-investment/sweetheart", "stock-group/close-person"),
        ("job-fee/pay-to-work", "job-identity/you-pay-fee"),
        ("fake-customer-service/flight", "flight-change/about-flight"),
    ],
)
def test_two_patterns_that_ask_the_same_are_seen_to(one: str, other: str) -> None:
    assert sameness(asked(one), asked(other)) >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("account-hacking/phone-dead", "account-hacking/lost-itself"),
        ("fake-investment/sweetheart", "fake-investment/tasks"),
        ("vehicle-sale/vehicle", "pet-sale/animal"),
    ],
)
def test_what_asks_something_else_is_let_through(one: str, other: str) -> None:
    assert sameness(asked(one), asked(other)) < SAME


def test_a_text_is_the_same_as_itself_and_either_way_round() -> None:
    one, other = asked("sim-swap/dead-line"), asked("identity-theft/dead-phone")
    assert sameness(one, one) == 1
    assert sameness(one, other) == sameness(other, one)


def test_what_says_nothing_is_like_nothing() -> None:
    nothing: Texts = dict.fromkeys(Language, "it is")
    assert sameness(nothing, nothing) == 0
