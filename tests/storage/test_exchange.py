"""Facts about questions, answers, additions and withdrawals."""

from collections.abc import Callable

import pytest

from storage import audit, claims, links, messages, queueing, tables, tips, verdicts, withdrawals, work
from storage.database import Database, Transaction
from storage.errors import NotFound, NotHeld, WrongState
from storage.messages import MessageKind
from storage.tips import Tip, TipState, Verdict
from tests.storage.conftest import HOUR, NOW, Chance

Filed = Callable[..., str]


@pytest.fixture
def held(database: Database, filed: Filed) -> str:
    """A tip with a receipt, held by wei."""
    tip = filed(receipt=b"r" * 32, conversation=b"c" * 32)
    database.write_now(lambda t: claims.claim(t, tip, by="wei", now=NOW))
    return tip


def ask(database: Database, tip: str, by: str = "wei") -> int:
    return database.write_now(
        lambda t: messages.ask(t, tip, by=by, for_reporter=b"to you", for_staff=b"to us", now=NOW + HOUR)
    )


def add(database: Database, tip: str, answers: int | None = None) -> int:
    return database.write_now(lambda t: messages.add(t, tip, for_staff=b"from me", now=NOW + 2 * HOUR, answers=answers))


def get(database: Database, tip: str) -> Tip:
    return database.read_now(lambda t: tips.get(t, tip))


def said(database: Database, tip: str) -> tuple[messages.Message, ...]:
    return database.read_now(lambda t: messages.of_tip(t, tip))


def withdraw(database: Database, tip: str) -> Tip:
    return database.write_now(lambda t: withdrawals.withdraw(t, tip, now=NOW + HOUR))


def erase(database: Database, tip: str) -> None:
    database.write_now(lambda t: withdrawals.erase_content(t, tip, now=NOW + 3 * HOUR))


def test_a_question_waits_for_the_reporter_while_its_tip_stays_held(database: Database, held: str) -> None:
    question = ask(database, held)
    tip = get(database, held)
    assert (tip.state, tip.asked_at, tip.claimed_by) == (TipState.WAITING, NOW + HOUR, "wei")
    (waiting,) = database.read_now(lambda t: messages.unanswered(t, held))
    assert (waiting.id, waiting.for_reporter, waiting.for_staff, waiting.by) == (question, b"to you", b"to us", "wei")


def test_an_answer_brings_the_tip_back_to_its_holder(database: Database, held: str) -> None:
    question = ask(database, held)
    answer = add(database, held, answers=question)
    tip = get(database, held)
    assert (tip.state, tip.replied_at, tip.claimed_by) == (TipState.CLAIMED, NOW + 2 * HOUR, "wei")
    assert database.read_now(lambda t: messages.unanswered(t, held)) == ()
    assert [(message.id, message.kind, message.answers) for message in said(database, held)] == [
        (question, MessageKind.QUESTION, None),
        (answer, MessageKind.ANSWER, question),
    ]


def test_an_answer_to_a_tip_nobody_holds_any_more_brings_it_back_to_the_queue(database: Database, held: str) -> None:
    question = ask(database, held)
    database.write_now(lambda t: claims.release(t, held, by="wei"))
    assert get(database, held).state is TipState.WAITING
    add(database, held, answers=question)
    assert get(database, held).state is TipState.NEW


def test_an_addition_is_linked_like_the_filing(database: Database, held: str) -> None:
    add(database, held)
    tasks = database.write_now(
        lambda t: work.take(t, [tips.LINK_WORK], by="a", now=NOW + 2 * HOUR, lease=HOUR, limit=9)
    )
    assert [task.subject for task in tasks] == [held, held]
    assert get(database, held).state is TipState.CLAIMED


def test_a_decided_tip_takes_additions_and_word_for_its_reporter(database: Database, held: str) -> None:
    database.write_now(
        lambda t: verdicts.decide(t, held, by="wei", verdict=Verdict.CONFIRMED, reason=b"sealed", now=NOW + HOUR)
    )
    add(database, held)
    database.write_now(
        lambda t: messages.tell(t, held, by="wei", for_reporter=b"to you", for_staff=b"to us", now=NOW + HOUR)
    )
    assert [message.kind for message in said(database, held)] == [MessageKind.ADDITION, MessageKind.NOTE]
    assert get(database, held).state is TipState.DECIDED


def test_nobody_asks_about_a_tip_they_do_not_hold(database: Database, held: str) -> None:
    with pytest.raises(NotHeld):
        ask(database, held, by="ana")


def test_nobody_can_be_asked_who_has_no_receipt(database: Database, filed: Filed) -> None:
    tip = filed()
    database.write_now(lambda t: claims.claim(t, tip, by="wei", now=NOW))
    with pytest.raises(WrongState):
        ask(database, tip)
    with pytest.raises(WrongState):
        database.write_now(lambda t: messages.tell(t, tip, by="wei", for_reporter=b"a", for_staff=b"a", now=NOW))


def test_an_answer_belongs_to_a_question_of_its_own_tip(database: Database, held: str, filed: Filed) -> None:
    question, addition, other = ask(database, held), add(database, held), filed(receipt=b"s" * 32)
    for tip, answers in ((other, question), (held, addition), (held, 999)):
        with pytest.raises(NotFound):
            add(database, tip, answers=answers)


def test_what_the_reporter_read_is_stamped_once(database: Database, held: str) -> None:
    ask(database, held)
    add(database, held)
    database.write_now(lambda t: messages.mark_read(t, held, now=NOW + 2 * HOUR))
    database.write_now(lambda t: messages.mark_read(t, held, now=NOW + 3 * HOUR))
    assert [message.read_at for message in said(database, held)] == [NOW + 2 * HOUR, None]


def test_a_withdrawal_holds_at_once_and_asks_for_the_erasing(database: Database, held: str) -> None:
    tip = withdraw(database, held)
    assert (tip.state, tip.withdrawn_at, tip.claimed_by, tip.claimed_at) == (TipState.WITHDRAWN, NOW + HOUR, None, NOW)
    (task,) = database.write_now(
        lambda t: work.take(t, [withdrawals.ERASE_WORK], by="a", now=NOW + HOUR, lease=HOUR, limit=9)
    )
    assert task.subject == held
    for late in (
        lambda: add(database, held),
        lambda: ask(database, held),
        lambda: database.write_now(lambda t: claims.claim(t, held, by="ana", now=NOW)),
    ):
        with pytest.raises(WrongState):
            late()


def test_a_second_withdrawal_changes_nothing(database: Database, held: str) -> None:
    first = withdraw(database, held)
    again = database.write_now(lambda t: withdrawals.withdraw(t, held, now=NOW + 5 * HOUR))
    assert again == first
    assert database.read_now(work.counts) == {"waiting": 2}


def test_the_reviewer_who_held_a_withdrawn_tip_is_told(database: Database, held: str, filed: Filed) -> None:
    withdraw(database, held)
    withdraw(database, filed())
    (notice,) = database.read_now(lambda t: withdrawals.notices(t, "wei"))
    assert (notice.tip, notice.withdrawn_at) == (held, NOW + HOUR)
    database.write_now(lambda t: withdrawals.dismiss_notice(t, held, by="ana"))
    assert len(database.read_now(lambda t: withdrawals.notices(t, "wei"))) == 1
    database.write_now(lambda t: withdrawals.dismiss_notice(t, held, by="wei"))
    assert database.read_now(lambda t: withdrawals.notices(t, "wei")) == ()


def test_erasing_leaves_state_and_dates_and_nothing_that_was_told(
    database: Database, held: str, chance: Chance
) -> None:
    ask(database, held)
    add(database, held)
    details = {"verdict": "confirmed"}
    entry = audit.Entry(NOW, "wei", "ask", held, details)
    database.write_now(lambda t: audit.record(t, entry, random=chance))
    database.write_now(lambda t: links.replace(t, held, [links.ObservableHash("phone", b"h")], now=NOW))
    withdraw(database, held)
    erase(database, held)
    tip = get(database, held)
    assert (tip.state, tip.filed_at, tip.withdrawn_at, tip.erased_at) == (
        TipState.WITHDRAWN,
        NOW,
        NOW + HOUR,
        NOW + 3 * HOUR,
    )
    assert (tip.has_content, tip.conversation) == (False, None)
    assert database.read_now(lambda t: tips.content(t, held)) is None
    assert {(message.for_reporter, message.for_staff) for message in said(database, held)} == {(None, None)}
    assert database.read_now(lambda t: links.others(t, held, now=NOW)) == {}
    assert not database.read_now(lambda t: audit.is_proved(t, 1, details))
    found = database.read_now(lambda t: tips.find_by_receipt(t, b"r" * 32))
    assert found is not None
    assert found.state is TipState.WITHDRAWN


def test_erasing_an_open_tip_closes_it(database: Database, held: str) -> None:
    erase(database, held)
    assert get(database, held).state is TipState.ERASED
    with pytest.raises(WrongState):
        withdraw(database, held)
    with pytest.raises(WrongState):
        add(database, held)


def test_erasing_again_keeps_the_first_date(database: Database, held: str) -> None:
    erase(database, held)
    database.write_now(lambda t: withdrawals.erase_content(t, held, now=NOW + 9 * HOUR))
    assert get(database, held).erased_at == NOW + 3 * HOUR


def test_an_observable_says_in_how_many_other_tips_it_is(database: Database, filed: Filed) -> None:
    phone, site = links.ObservableHash("phone", b"p"), links.ObservableHash("domain", b"d")
    mine, yours, theirs = filed(), filed(filed_at=NOW + HOUR), filed(filed_at=NOW + 2 * HOUR)
    for tip, seen in ((mine, [phone, site, phone]), (yours, [phone]), (theirs, [phone])):
        database.write_now(lambda t, tip=tip, seen=seen: links.replace(t, tip, seen, now=NOW))  # type: ignore[misc] # mypy cannot infer a lambda with defaults
    assert database.read_now(lambda t: links.others(t, mine, now=NOW)) == {phone: 2, site: 0}
    assert database.read_now(lambda t: links.tips_with(t, phone)) == (theirs, yours, mine)
    assert get(database, mine).linked_at == NOW


def test_linking_again_replaces_the_links(database: Database, filed: Filed) -> None:
    tip = filed()
    for hashed in (b"old", b"new"):
        database.write_now(
            lambda t, hashed=hashed: links.replace(t, tip, [links.ObservableHash("phone", hashed)], now=NOW)  # type: ignore[misc] # as above
        )
    assert list(database.read_now(lambda t: links.others(t, tip, now=NOW))) == [links.ObservableHash("phone", b"new")]


def test_an_erased_tip_is_not_linked_again(database: Database, filed: Filed) -> None:
    tip = filed()
    erase(database, tip)
    database.write_now(lambda t: links.replace(t, tip, [links.ObservableHash("phone", b"p")], now=NOW))
    assert database.read_now(lambda t: t.session.get(tables.Link, (tip, "phone", b"p"))) is None


def merge(database: Database, tip: str, into: str) -> None:
    def unit(t: Transaction) -> None:
        claims.claim(t, tip, by="wei", now=NOW)
        verdicts.merge(t, tip, into=into, by="wei", reason=b"same link", now=NOW)

    database.write_now(unit)


@pytest.mark.parametrize("leave", [withdraw, erase])
def test_the_earliest_duplicate_is_open_again_when_its_tip_leaves_undecided(
    database: Database, filed: Filed, leave: Callable[[Database, str], object]
) -> None:
    later, earlier, root = filed(filed_at=NOW + HOUR), filed(), filed()
    merge(database, later, root)
    merge(database, earlier, root)
    leave(database, root)
    heir, follower = get(database, earlier), get(database, later)
    assert (heir.state, heir.merged_into, heir.verdict, heir.claimed_by, heir.decided_at) == (
        TipState.NEW,
        None,
        None,
        None,
        None,
    )
    assert (follower.state, follower.merged_into) == (TipState.MERGED, earlier)


def test_duplicates_of_a_decided_tip_rest_when_it_is_withdrawn(database: Database, filed: Filed, held: str) -> None:
    duplicate = filed()
    merge(database, duplicate, held)
    database.write_now(
        lambda t: verdicts.decide(t, held, by="wei", verdict=Verdict.CONFIRMED, reason=b"sealed", now=NOW)
    )
    withdraw(database, held)
    assert get(database, duplicate).merged_into == held


def test_a_withdrawn_duplicate_is_not_opened_again(database: Database, filed: Filed) -> None:
    duplicate, root = filed(), filed()
    merge(database, duplicate, root)
    withdraw(database, duplicate)
    withdraw(database, root)
    assert get(database, duplicate).state is TipState.WITHDRAWN


def test_what_is_added_to_a_decided_tip_shows_as_news(database: Database, held: str, filed: Filed) -> None:
    def news() -> list[str]:
        which = queueing.QueueFilter(states=set(TipState), has_news=True)
        return [tip.id for tip in database.read_now(lambda t: queueing.queue(t, which)).tips]

    filed()
    add(database, held)
    database.write_now(
        lambda t: verdicts.decide(t, held, by="wei", verdict=Verdict.CONFIRMED, reason=b"sealed", now=NOW + 2 * HOUR)
    )
    assert (news(), get(database, held).has_news) == ([], False)
    database.write_now(lambda t: messages.add(t, held, for_staff=b"more", now=NOW + 3 * HOUR))
    assert (news(), get(database, held).has_news) == ([held], True)


def test_nothing_is_added_to_a_tip_after_its_erasing(database: Database, held: str) -> None:
    database.write_now(
        lambda t: verdicts.decide(t, held, by="wei", verdict=Verdict.CONFIRMED, reason=b"sealed", now=NOW)
    )
    erase(database, held)
    with pytest.raises(WrongState):
        add(database, held)
    with pytest.raises(WrongState):
        database.write_now(lambda t: messages.tell(t, held, by="wei", for_reporter=b"a", for_staff=b"a", now=NOW))
