"""Facts about conversations that are limited."""

from collections.abc import Callable

import pytest

from storage import reporter_limits, withdrawals
from storage.database import Database
from storage.errors import NotFound, WrongState
from tests.storage.conftest import DAY, HOUR, NOW

Filed = Callable[..., str]
WHO, OTHER = b"c" * 32, b"d" * 32


def propose(database: Database, tip: str) -> int:
    return database.write_now(lambda t: reporter_limits.propose(t, tip, by="wei", reason=b"r", now=NOW))


def is_limited(database: Database, who: bytes, in_hours: int = 0) -> bool:
    return database.read_now(lambda t: reporter_limits.is_limited(t, who, now=NOW + in_hours * HOUR))


def test_a_proposal_limits_nobody_and_a_limit_one_conversation_until_its_end(database: Database, filed: Filed) -> None:
    tip = filed(conversation=WHO)
    limit = propose(database, tip)
    assert not is_limited(database, WHO)
    database.write_now(lambda t: reporter_limits.put_in_force(t, limit, by="lin", now=NOW, until=NOW + DAY))
    assert [is_limited(database, WHO, hours) for hours in (0, 23, 24)] == [True, True, False]
    assert not is_limited(database, OTHER)


def test_a_lifted_limit_is_none_and_cannot_be_lifted_or_put_in_force_again(database: Database, filed: Filed) -> None:
    limit = propose(database, filed(conversation=WHO))
    database.write_now(lambda t: reporter_limits.put_in_force(t, limit, by="lin", now=NOW, until=NOW + DAY))
    database.write_now(lambda t: reporter_limits.end(t, limit, by="lin", now=NOW))
    assert not is_limited(database, WHO)
    assert database.read_now(lambda t: reporter_limits.every(t, now=NOW)) == ()
    with pytest.raises(NotFound):
        database.write_now(lambda t: reporter_limits.end(t, limit, by="lin", now=NOW))
    with pytest.raises(NotFound):
        database.write_now(lambda t: reporter_limits.put_in_force(t, limit, by="lin", now=NOW, until=NOW + DAY))


def test_it_is_said_of_all_tips_of_the_conversation_and_of_no_other(database: Database, filed: Filed) -> None:
    first, second, others = filed(conversation=WHO), filed(conversation=WHO), filed(conversation=OTHER)
    propose(database, first)

    def said_of(tip: str) -> list[str]:
        return [one.tip for one in database.read_now(lambda t: reporter_limits.of_reporter(t, tip, now=NOW))]

    assert [said_of(tip) for tip in (first, second, others)] == [[first], [first], []]


def test_where_no_conversation_is_known_nobody_is_limited(database: Database, filed: Filed) -> None:
    by_phone, erased = filed(), filed(conversation=WHO)
    database.write_now(lambda t: withdrawals.erase_content(t, erased, now=NOW))
    for tip in (by_phone, erased):
        with pytest.raises(WrongState):
            propose(database, tip)
        assert database.read_now(lambda t, tip=tip: reporter_limits.of_reporter(t, tip, now=NOW)) == ()  # type: ignore[misc] # run at once


def test_a_limit_outlasts_the_content_of_the_tip_it_was_said_of(database: Database, filed: Filed) -> None:
    tip = filed(conversation=WHO)
    limit = propose(database, tip)
    database.write_now(lambda t: reporter_limits.put_in_force(t, limit, by="lin", now=NOW, until=NOW + DAY))
    database.write_now(lambda t: withdrawals.erase_content(t, tip, now=NOW))
    assert is_limited(database, WHO)
