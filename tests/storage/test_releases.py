"""Facts about releases as rows: who can prove them, which serves, and how many are kept whole."""

import pytest
from sqlmodel import select

from storage import releases, tables
from storage.database import Database, Transaction
from storage.errors import NotFound, ReleaseUnproved
from storage.releases import NewRelease, ReleaseState
from storage.sealing import StaffSecretKey
from tests.storage.conftest import HOUR, NOW


def new_release(packed: bytes = b"packed", **changes: object) -> NewRelease:
    given: dict[str, object] = {
        "name": "a1",
        "ground": "shipped",
        "learned_from": "these",
        "state": ReleaseState.PUBLISHED,
        "examples": {"fake-loan": 3},
        **changes,
    }
    return NewRelease(packed=packed, **given)  # type: ignore[arg-type] # a test's own shorthand


@pytest.fixture
def published(database: Database, staff: StaffSecretKey) -> int:
    return database.write_now(lambda t: releases.publish(t, staff, new_release(), now=NOW))


def test_a_published_release_is_proved_by_the_public_key_alone(
    database: Database, staff: StaffSecretKey, published: int
) -> None:
    assert database.read_now(lambda t: releases.content(t, staff.releases, published)) == ("a1", b"packed")
    other = StaffSecretKey(bytes(32)).releases
    with pytest.raises(ReleaseUnproved):
        database.read_now(lambda t: releases.content(t, other, published))


@pytest.mark.parametrize("column", ["name", "ground", "made_at", "content", "state", "number"])
def test_whoever_writes_to_the_database_can_change_nothing_of_it(
    database: Database, staff: StaffSecretKey, published: int, column: str
) -> None:
    def tamper(t: Transaction) -> None:
        t.session.add(tables.ReleaseContent(digest=b"other", packed=b"other"))
        row = t.session.exec(select(tables.Release)).one()
        t.session.flush()
        changed = {"made_at": NOW + HOUR, "content": b"other", "number": 7}.get(column, "held")
        setattr(row, column, changed)

    database.write_now(tamper)
    number = 7 if column == "number" else published
    with pytest.raises(ReleaseUnproved):
        database.read_now(lambda t: releases.content(t, staff.releases, number))


def test_a_content_changed_where_it_lies_is_not_served(
    database: Database, staff: StaffSecretKey, published: int
) -> None:
    def tamper(t: Transaction) -> None:
        t.session.exec(select(tables.ReleaseContent)).one().packed = b"changed"

    database.write_now(tamper)
    with pytest.raises(ReleaseUnproved):
        database.read_now(lambda t: releases.content(t, staff.releases, published))


def test_one_that_is_held_does_not_serve_by_a_change_of_its_state(database: Database, staff: StaffSecretKey) -> None:
    held = database.write_now(
        lambda t: releases.publish(t, staff, new_release(state=ReleaseState.HELD, held_by="[]"), now=NOW)
    )
    assert database.read_now(lambda t: releases.newer_numbers(t, 0, ground="shipped")) == ()

    def tamper(t: Transaction) -> None:
        t.session.exec(select(tables.Release)).one().state = ReleaseState.PUBLISHED

    database.write_now(tamper)
    with pytest.raises(ReleaseUnproved):
        database.read_now(lambda t: releases.content(t, staff.releases, held))


def test_an_older_one_serves_again_under_a_new_number(
    database: Database, staff: StaffSecretKey, published: int
) -> None:
    newer = database.write_now(
        lambda t: releases.publish(t, staff, new_release(b"newer", name="a2", learned_from="those"), now=NOW)
    )
    again = database.write_now(lambda t: releases.publish_again(t, staff, published, now=NOW + HOUR))
    assert database.read_now(lambda t: releases.newer_numbers(t, newer, ground="shipped")) == (again,)
    assert database.read_now(lambda t: releases.content(t, staff.releases, again)) == ("a1", b"packed")
    newest = database.read_now(releases.newest)
    assert newest is not None
    assert (newest.again, newest.learned_from) == (published, "those")


def test_what_cannot_be_served_again_is_said(database: Database, staff: StaffSecretKey) -> None:
    with pytest.raises(NotFound, match="There is no release 7"):
        database.write_now(lambda t: releases.publish_again(t, staff, 7, now=NOW))


def test_a_release_put_in_by_another_is_not_signed_by_serving_it_again(
    database: Database, staff: StaffSecretKey, published: int
) -> None:
    def tamper(t: Transaction) -> None:
        t.session.exec(select(tables.ReleaseContent)).one().packed = b"changed"

    database.write_now(tamper)
    with pytest.raises(ReleaseUnproved):
        database.write_now(lambda t: releases.publish_again(t, staff, published, now=NOW))


def test_of_older_ones_only_the_figures_are_kept(database: Database, staff: StaffSecretKey) -> None:
    def unit(t: Transaction) -> int:
        for number in range(6):
            releases.publish(t, staff, new_release(bytes([number]), figures=str(number)), now=NOW)
        return releases.forget_contents(t, keep=(1,))

    assert database.write_now(unit) == 2
    listed = database.read_now(releases.list_newest)
    assert [(one.number, one.has_content) for one in listed] == [
        (6, True),
        (5, True),
        (4, True),
        (3, False),
        (2, False),
        (1, True),
    ]
    assert listed[4].figures == "1"
