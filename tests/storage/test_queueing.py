"""Facts about the queue's order, its pages and its counts, on either engine."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage import claims, messages, queueing, standing, tips, verdicts, withdrawals
from storage.database import Database
from storage.place import Place as DatabasePlace
from storage.queueing import COUNTED, Nearness, Page, Place, QueueFilter
from storage.ranks import Lane
from storage.standing import Stamp
from storage.tips import TipState, Verdict
from tests.storage.conftest import DAY, HOUR, NOW

Filed = Callable[..., str]


def page(
    database: Database, limit: int = 50, after: Place | None = None, before: Place | None = None, **which: Any
) -> Page:
    return database.read_now(lambda t: queueing.queue(t, QueueFilter(**which), limit=limit, after=after, before=before))


def listed(database: Database, **which: Any) -> list[str]:
    return [tip.id for tip in page(database, **which).tips]


def stamp(database: Database, tip: str, **how: Any) -> None:
    parts: dict[str, Any] = {"lane": Lane.ORDINARY, "urgency": 1, "due_at": None, "near_at": None, "due_left": None}
    made = Stamp(**{**parts, "again_at": None, **how})
    database.write_now(lambda t: standing.stamp(t, tip, made))


def test_pages_forth_and_back_leave_nothing_out_and_show_nothing_twice(database: Database, filed: Filed) -> None:
    everything = {filed(urgency=number % 3, filed_at=NOW + timedelta(seconds=number % 2)) for number in range(11)}
    whole = page(database)
    assert (whole.total, whole.earlier, whole.further) == (11, None, None)
    pages = [page(database, 4)]
    while (further := pages[-1].further) is not None:
        pages.append(page(database, 4, after=further))
    forth = [[tip.id for tip in one.tips] for one in pages]
    assert [tip for one in forth for tip in one] == [tip.id for tip in whole.tips]
    assert {tip for one in forth for tip in one} == everything
    back = [pages[-1]]
    while (earlier := back[-1].earlier) is not None:
        back.append(page(database, 4, before=earlier))
    assert [[tip.id for tip in one.tips] for one in back] == forth[::-1]


def test_a_tip_that_comes_in_meanwhile_shifts_no_page(database: Database, filed: Filed) -> None:
    for _ in range(4):
        filed()
    first = page(database, 2)
    filed(urgency=9)
    second = page(database, 2, after=first.further)
    assert not {tip.id for tip in first.tips} & {tip.id for tip in second.tips}
    assert len(second.tips) == 2


@pytest.mark.parametrize("nonsense", ["", "1", ".A", "x.A", "1e9.A", "-.A", "9" * 19 + ".A", "1." + "A" * 41, "²2.A"])
def test_what_is_no_place_is_none(nonsense: str) -> None:
    assert Place.parse(nonsense) is None


def test_a_place_is_written_and_read() -> None:
    for place in (Place(-7, "7K3M-9QTX"), Place(3, "A")):
        assert Place.parse(str(place)) == place


def test_counting_stops_where_nobody_counts_any_more(database: Database, filed: Filed) -> None:
    tip = filed()

    def copies(t: Any) -> None:
        columns = "kind, dangers, urgency, likeness, language, versions, state, filed_at, lane, rank"
        t.connection.execute(
            text(f"INSERT INTO tip (id, {columns}) SELECT tip.id || '-' || n.id, {columns} FROM tip, n"),  # noqa: S608 # ours
        )

    def numbers(t: Any) -> None:
        t.connection.execute(text("CREATE TABLE n (id INTEGER PRIMARY KEY)"))
        t.connection.execute(text("INSERT INTO n VALUES (:id)"), [{"id": number} for number in range(COUNTED + 5)])

    database.write_now(numbers)
    database.write_now(copies)
    found = page(database, 3)
    assert (found.total, queueing.told(found.total), queueing.told(COUNTED)) == (COUNTED + 1, "1,000+", "1,000")
    assert len(found.tips) == 3
    assert database.read_now(lambda t: tips.get(t, tip)).is_open


def test_lanes_are_counted_and_listed(database: Database, filed: Filed) -> None:
    grave, calm, other = filed(), filed(), filed()
    stamp(database, grave, lane=Lane.DANGER, urgency=900)
    stamp(database, other, lane=Lane.ORDINARY, urgency=2)
    assert listed(database) == [grave, other, calm]
    assert (listed(database, lane=Lane.DANGER), listed(database, lane=Lane.ORDINARY)) == ([grave], [other, calm])
    assert database.read_now(lambda t: queueing.count_lanes(t, Lane)) == {
        "danger": 1,
        "golden": 0,
        "insider": 0,
        "ordinary": 2,
    }


def test_what_has_ended_is_in_no_lane_and_the_latest_is_first(database: Database, filed: Filed) -> None:
    first, second, merged, gone, kept = (filed(urgency=number) for number in (9, 1, 2, 3, 4))
    for tip, at in ((first, NOW), (second, NOW + HOUR)):
        database.write_now(lambda t, tip=tip: claims.claim(t, tip, by="wei", now=NOW))  # type: ignore[misc] # run at once
        database.write_now(
            lambda t, tip=tip, at=at: verdicts.decide(  # type: ignore[misc] # as above
                t, tip, by="wei", verdict=Verdict.UNFOUNDED, reason=b"r", now=at
            )
        )
    database.write_now(lambda t: claims.claim(t, merged, by="wei", now=NOW))
    database.write_now(lambda t: verdicts.merge(t, merged, into=kept, by="wei", reason=b"r", now=NOW + 2 * HOUR))
    database.write_now(lambda t: withdrawals.withdraw(t, gone, now=NOW))
    ended = {TipState.DECIDED, TipState.MERGED}
    assert listed(database, states=ended) == [merged, second, first]
    assert listed(database, states={TipState.WITHDRAWN, TipState.ERASED}) == [gone]
    assert listed(database) == [kept]
    assert sum(database.read_now(lambda t: queueing.count_lanes(t, Lane)).values()) == 1


def test_a_tip_that_takes_anothers_place_is_in_the_queue_again(database: Database, filed: Filed) -> None:
    root, copy = filed(), filed(urgency=7)
    database.write_now(lambda t: claims.claim(t, copy, by="wei", now=NOW))
    database.write_now(lambda t: verdicts.merge(t, copy, into=root, by="wei", reason=b"r", now=NOW))
    database.write_now(lambda t: withdrawals.withdraw(t, root, now=NOW))
    assert listed(database) == [copy]
    assert database.read_now(lambda t: standing.to_stamp(t, now=NOW, limit=5)) == (copy,)


def test_news_waiting_age_and_who_has_it_narrow_together(database: Database, filed: Filed) -> None:
    old, young, mine = (
        filed(filed_at=at, receipt=key) for at, key in ((NOW - 3 * DAY, b"a"), (NOW, b"b"), (NOW, b"c"))
    )
    for tip in (old, mine):
        database.write_now(lambda t, tip=tip: claims.claim(t, tip, by="wei", now=NOW))  # type: ignore[misc] # run at once
        database.write_now(
            lambda t, tip=tip: messages.ask(t, tip, by="wei", for_reporter=b"q", for_staff=b"q", now=NOW)  # type: ignore[misc] # as above
        )
    database.write_now(lambda t: messages.add(t, old, for_staff=b"a", now=NOW + HOUR))
    assert listed(database, states={TipState.WAITING}) == [mine]
    assert listed(database, has_news=True) == [old]
    assert listed(database, filed_before=NOW) == [old]
    assert set(listed(database, claimed_by="wei")) == {old, mine}
    assert listed(database, is_unclaimed=True) == [young]
    assert listed(database, claimed_by="wei", has_news=True, filed_before=NOW - DAY, kind="cheated") == [old]
    assert listed(database, claimed_by="wei", has_news=True, country="XX") == []


def test_deadlines_that_are_near_and_missed_are_told_apart(database: Database, filed: Filed) -> None:
    far, near, missed = filed(), filed(), filed()
    stamp(database, far, near_at=NOW + HOUR, due_at=NOW + 2 * HOUR)
    stamp(database, near, near_at=NOW - HOUR, due_at=NOW + HOUR)
    stamp(database, missed, near_at=NOW - HOUR, due_at=NOW)
    assert listed(database, deadline=(Nearness.NEAR, NOW)) == [near]
    assert listed(database, deadline=(Nearness.MISSED, NOW)) == [missed]
    assert set(listed(database, deadline=(Nearness.MISSED, NOW + 2 * HOUR))) == {far, near, missed}


def test_a_tip_opened_again_behind_this_modules_back_is_stamped_all_the_same(database: Database, filed: Filed) -> None:
    tip = filed()
    database.write_now(lambda t: claims.claim(t, tip, by="wei", now=NOW))
    database.write_now(lambda t: verdicts.decide(t, tip, by="wei", verdict=Verdict.UNFOUNDED, reason=b"r", now=NOW))
    assert database.read_now(lambda t: standing.to_stamp(t, now=NOW + DAY, limit=5)) == ()
    database.write_now(lambda t: t.connection.execute(text("UPDATE tip SET state = 'new'")))
    assert database.read_now(lambda t: standing.to_stamp(t, now=NOW, limit=5)) == (tip,)
    stamp(database, tip, urgency=5)
    assert listed(database) == [tip]


def test_a_stamp_that_comes_late_leaves_what_has_ended_alone(database: Database, filed: Filed) -> None:
    tip = filed()
    database.write_now(lambda t: withdrawals.withdraw(t, tip, now=NOW))
    stamp(database, tip, urgency=900, lane=Lane.DANGER)
    assert (listed(database), database.read_now(lambda t: tips.get(t, tip)).lane) == ([], "gone")


def test_a_mark_is_kept_once_and_asks_for_a_stamp(database: Database, filed: Filed) -> None:
    tip = filed(marks=("vulnerable",))
    stamp(database, tip)
    for _ in range(2):
        database.write_now(lambda t: standing.mark(t, tip, "supervised-case", now=NOW))
    assert database.read_now(lambda t: tips.get(t, tip)).marks == ("supervised-case", "vulnerable")
    assert database.read_now(lambda t: standing.to_stamp(t, now=NOW, limit=5)) == (tip,)


PLANS = [
    ({}, "ix_tip_rank"),
    ({"lane": "danger"}, "ix_tip_lane"),
    ({"states": {TipState.NEW}}, "ix_tip_state"),
    ({"states": {TipState.DECIDED, TipState.MERGED}}, "ix_tip_lane"),
    ({"kind": "held"}, "ix_tip_kind"),
    ({"pattern": "fake-loan"}, "ix_tip_pattern"),
    ({"country": "TW"}, "ix_tip_country"),
    ({"language": "en"}, "ix_tip_language"),
    ({"claimed_by": "wei"}, "ix_tip_holder"),
]


@pytest.mark.parametrize(("which", "index"), PLANS)
def test_a_page_is_a_range_of_one_index(file: DatabasePlace, which: dict[str, Any], index: str) -> None:
    """On SQLite, whose plan does not hang on what is in the tables."""
    with Database.open(file) as database:
        plans: list[str] = []

        def explain(t: Any) -> None:
            seen: list[str] = []
            real = t.connection.connection.driver_connection
            real.set_trace_callback(seen.append)
            queueing.queue(t, QueueFilter(**which), after=Place(5, "A"))
            real.set_trace_callback(None)
            found = [real.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall() for statement in seen]
            plans.extend(" ".join(str(row[3]) for row in plan) for plan in found)

        database.read_now(explain)
    listing, counting = plans
    for plan in (listing, counting):
        assert index in plan
        assert "TEMP B-TREE" not in plan
