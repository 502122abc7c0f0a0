"""Facts about what people sent that is no text: whose it is, and that it goes when its report goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from storage import exhibits, sessions, withdrawals
from storage.database import Database
from storage.errors import NotFound
from storage.exhibits import NewExhibit
from storage.retention import Retention, sweep
from storage.sealing import CitizensKeys
from tests.storage.conftest import HOUR, NOW

Filed = Callable[..., str]
SOMEONE, ANOTHER = b"s" * 32, b"a" * 32
PICTURE = NewExhibit(kind="picture", about=b"about", sealed=b"sealed")


def kept(database: Database, tip: str) -> list[str]:
    return [one.kind for one in database.read_now(lambda t: exhibits.of_tip(t, tip))]


def keep(database: Database, conversation: bytes) -> None:
    database.write_now(lambda t: exhibits.add(t, PICTURE, conversation=conversation, tip=None, now=NOW))


def test_what_a_conversation_sent_goes_with_its_report_and_nobody_elses(database: Database, filed: Filed) -> None:
    keep(database, SOMEONE)
    keep(database, ANOTHER)
    tip = filed()
    assert database.write_now(lambda t: exhibits.attach(t, SOMEONE, tip)) == 1
    (one,) = database.read_now(lambda t: exhibits.of_tip(t, tip))
    assert (one.kind, one.about, one.kept_at) == ("picture", b"about", NOW)
    assert database.read_now(lambda t: exhibits.content(t, tip, one.id)) == (b"about", b"sealed")
    # What is filed is the conversation's no more.
    assert database.write_now(lambda t: exhibits.drop(t, SOMEONE)) == 0
    assert kept(database, tip) == ["picture"]


def test_what_is_not_filed_can_be_dropped(database: Database, filed: Filed) -> None:
    keep(database, SOMEONE)
    keep(database, ANOTHER)
    assert database.write_now(lambda t: exhibits.drop(t, SOMEONE)) == 1
    tip = filed()
    assert database.write_now(lambda t: exhibits.attach(t, SOMEONE, tip)) == 0


def test_one_tips_exhibit_is_not_anothers(database: Database, filed: Filed) -> None:
    first, second = filed(), filed()
    number = database.write_now(lambda t: exhibits.add(t, PICTURE, conversation=None, tip=first, now=NOW))
    with pytest.raises(NotFound):
        database.read_now(lambda t: exhibits.content(t, second, number))


def test_it_belongs_to_a_conversation_or_a_tip(database: Database, filed: Filed) -> None:
    tip = filed()
    for conversation, of in ((None, None), (SOMEONE, tip)):
        with pytest.raises(ValueError, match="belongs"):
            database.write_now(
                lambda t, c=conversation, o=of: exhibits.add(t, PICTURE, conversation=c, tip=o, now=NOW)  # type: ignore[misc]
            )
    with pytest.raises(ValueError, match="sealed"):
        NewExhibit(kind="picture", about=b"", sealed=b"sealed")


def test_what_a_withdrawn_tip_holds_is_erased_with_it(database: Database, filed: Filed) -> None:
    tip = filed()
    database.write_now(lambda t: exhibits.add(t, PICTURE, conversation=None, tip=tip, now=NOW))
    database.write_now(lambda t: withdrawals.withdraw(t, tip, now=NOW))
    database.write_now(lambda t: withdrawals.erase_content(t, tip, now=NOW))
    assert kept(database, tip) == []


def test_what_was_not_filed_goes_when_its_session_does_and_not_before(
    database: Database, citizens: CitizensKeys
) -> None:
    keep(database, SOMEONE)
    database.write_now(lambda t: sessions.save(t, citizens, SOMEONE, b"half told", expected=0, now=NOW))
    for when, left in ((NOW + 71 * HOUR, 1), (NOW + 73 * HOUR, 0)):
        database.write_now(lambda t, now=when: sweep(t, now=now, retention=Retention()))  # type: ignore[misc]
        assert database.write_now(lambda t: exhibits.drop(t, SOMEONE)) == left
        keep(database, SOMEONE)


def test_what_is_left_of_a_cleared_conversation_goes(database: Database, citizens: CitizensKeys) -> None:
    keep(database, SOMEONE)
    database.write_now(lambda t: sessions.save(t, citizens, SOMEONE, b"half told", expected=0, now=NOW))
    database.write_now(lambda t: sessions.erase(t, SOMEONE, now=NOW + timedelta(seconds=1)))
    assert database.write_now(exhibits.expire) == 1
