"""Facts about what is learned from: confirmed tips and published patterns, and that only staff can add to either."""

from collections.abc import Callable

import pytest

from storage import claims, examples, patterns, tables, verdicts, withdrawals
from storage.database import Database, Transaction
from storage.errors import NotFound
from storage.examples import Confirmation, Confirmed
from storage.sealing import StaffSecretKey
from storage.tips import Verdict
from tests.storage.conftest import HOUR, NOW

Filed = Callable[..., str]


@pytest.fixture
def confirm(database: Database, staff: StaffSecretKey) -> Callable[[str], None]:
    def confirmed_as_a_loan(tip: str) -> None:
        def unit(t: Transaction) -> None:
            claims.claim(t, tip, by="wei", now=NOW)
            proof = Confirmation.make(staff, tip, "fake-loan")
            verdicts.decide(t, tip, by="wei", verdict=Verdict.CONFIRMED, reason=b"why", now=NOW, confirmed=proof)

        database.write_now(unit)

    return confirmed_as_a_loan


def test_a_confirmed_tip_is_an_example_until_it_is_withdrawn(
    database: Database, staff: StaffSecretKey, filed: Filed, confirm: Callable[[str], None]
) -> None:
    tip, _open = filed(conversation=b"c" * 32), filed()
    confirm(tip)
    assert database.read_now(lambda t: examples.confirmed(t, staff)) == (Confirmed(tip, "fake-loan", b"c" * 32),)
    assert database.read_now(lambda t: examples.sealed(t, [tip])) == {tip: b"sealed"}
    database.write_now(lambda t: withdrawals.withdraw(t, tip, now=NOW + HOUR))
    assert database.read_now(lambda t: examples.confirmed(t, staff)) == ()


def test_an_erased_tip_is_no_example(
    database: Database, staff: StaffSecretKey, filed: Filed, confirm: Callable[[str], None]
) -> None:
    tip = filed()
    confirm(tip)
    database.write_now(lambda t: withdrawals.erase_content(t, tip, now=NOW + HOUR))
    assert database.read_now(lambda t: examples.confirmed(t, staff)) == ()
    assert database.read_now(lambda t: examples.sealed(t, [tip])) == {}


def test_a_tip_confirmed_by_whoever_writes_to_the_database_is_no_example(
    database: Database, staff: StaffSecretKey, filed: Filed, confirm: Callable[[str], None]
) -> None:
    tip = filed()
    confirm(tip)

    def tamper(t: Transaction) -> None:
        row = t.session.get(tables.Tip, tip)
        assert row is not None
        row.confirmed_pattern = "overseas-job"

    database.write_now(tamper)
    assert database.read_now(lambda t: examples.confirmed(t, staff)) == ()


def test_a_published_pattern_replaces_the_one_before_and_is_withdrawn(
    database: Database, staff: StaffSecretKey
) -> None:
    def publish(version: int) -> None:
        toml = f"version = {version}"
        database.write_now(lambda t: patterns.publish(t, staff, "fake-loan", version, toml, by="wei", now=NOW))

    publish(2)
    publish(3)
    (held,) = database.read_now(lambda t: patterns.published(t, staff)).values()
    assert (held.version, held.toml, held.by) == (3, "version = 3", "wei")
    database.write_now(lambda t: patterns.withdraw(t, staff, "fake-loan"))
    assert database.read_now(lambda t: patterns.published(t, staff)) == {}
    assert database.read_now(lambda t: patterns.last_version(t, "fake-loan")) == 3
    with pytest.raises(NotFound):
        database.write_now(lambda t: patterns.withdraw(t, staff, "fake-loan"))


def test_a_pattern_put_in_by_another_is_passed_over(database: Database, staff: StaffSecretKey) -> None:
    database.write_now(
        lambda t: patterns.publish(t, StaffSecretKey(bytes(32)), "fake-loan", 9, "version = 9", by="eve", now=NOW)
    )
    assert database.read_now(lambda t: patterns.published(t, staff)) == {}
