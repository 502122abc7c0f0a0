"""No order of acts on tips breaks what always holds of them."""

import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storage import claims, links, merging, messages, queueing, tips, verdicts, withdrawals
from storage.database import Database, Transaction
from storage.errors import StorageError
from storage.tips import OPEN_STATES, Tip, TipState, Verdict
from tests.databases import empty_file
from tests.storage.conftest import NOW, Chance, new_tip

picks = st.integers(0, 3)
staff = st.sampled_from(["wei", "ana"])
ALL = queueing.QueueFilter(states=frozenset(TipState))


class Triage(RuleBasedStateMachine):
    """Two reviewers, four tips and their reporters, and a clock that goes on with every act."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "fanzha.sqlite"
        file.write_bytes(empty_file())
        self._database = Database.open(file)
        self._now = NOW
        self._closed: set[str] = set()
        chance = Chance()
        self._tips = [
            self._database.write_now(lambda t: tips.file(t, new_tip(receipt=chance(32)), random=chance))
            for _ in range(4)
        ]

    def teardown(self) -> None:
        self._database.close()
        self._folder.cleanup()

    def _act(self, act: "object") -> None:
        """Refusals are the house's own: anything else is a fault and ends the test."""
        assert callable(act)
        self._now += timedelta(minutes=20)
        with suppress(StorageError):
            self._database.write_now(act)

    @rule(tip=picks, by=staff)
    def claim(self, tip: int, by: str) -> None:
        self._act(lambda t: claims.claim(t, self._tips[tip], by=by, now=self._now))

    @rule(tip=picks, by=staff, force=st.booleans())
    def release(self, tip: int, by: str, force: bool) -> None:
        self._act(lambda t: claims.release(t, self._tips[tip], by=by, force=force))

    @rule()
    def sweep_claims(self) -> None:
        self._act(lambda t: claims.release_expired(t, now=self._now))

    @rule(tip=picks, by=staff)
    def decide(self, tip: int, by: str) -> None:
        self._act(
            lambda t: verdicts.decide(t, self._tips[tip], by=by, verdict=Verdict.CONFIRMED, reason=b"r", now=self._now)
        )

    @rule(tip=picks, into=picks, by=staff)
    def merge(self, tip: int, into: int, by: str) -> None:
        self._act(
            lambda t: verdicts.merge(t, self._tips[tip], into=self._tips[into], by=by, reason=b"r", now=self._now)
        )

    @rule(tip=picks, into=picks, by=staff)
    def claim_and_merge(self, tip: int, into: int, by: str) -> None:
        self.claim(tip, by)
        self.merge(tip, into, by)

    @rule(tip=picks, by=staff)
    def unmerge(self, tip: int, by: str) -> None:
        self._act(lambda t: merging.undo(t, self._tips[tip], by=by, reason=b"r", now=self._now))

    @rule(tip=picks, by=staff)
    def ask(self, tip: int, by: str) -> None:
        self._act(lambda t: messages.ask(t, self._tips[tip], by=by, for_reporter=b"q", for_staff=b"q", now=self._now))

    @rule(tip=picks)
    def add(self, tip: int) -> None:
        def unit(t: Transaction) -> None:
            waiting = messages.unanswered(t, self._tips[tip])
            messages.add(t, self._tips[tip], for_staff=b"a", now=self._now, answers=waiting[0].id if waiting else None)

        self._act(unit)

    @rule(tip=picks)
    def link(self, tip: int) -> None:
        self._act(lambda t: links.replace(t, self._tips[tip], [links.ObservableHash("phone", b"p")], now=self._now))

    @rule(tip=picks)
    def withdraw(self, tip: int) -> None:
        self._act(lambda t: withdrawals.withdraw(t, self._tips[tip], now=self._now))

    @rule(tip=picks)
    def erase(self, tip: int) -> None:
        self._act(lambda t: withdrawals.erase_content(t, self._tips[tip], now=self._now))

    @invariant()
    def every_tip_makes_sense(self) -> None:
        self._database.read_now(self._check)

    def _check(self, t: Transaction) -> None:
        found = {tip.id: tip for tip in queueing.queue(t, ALL).tips}
        assert set(found) == set(self._tips)
        for tip in found.values():
            check_state(tip)
            check_roots(tip, found)
            check_acts(t, tip, found)
            check_erased(t, tip)


def check_state(tip: Tip) -> None:
    assert (tip.state is TipState.CLAIMED) <= (tip.claimed_by is not None)
    assert (tip.state is TipState.NEW) <= (tip.claimed_by is None)
    assert (tip.claimed_by is None) <= (tip.claim_until is None)
    assert (tip.state is TipState.WITHDRAWN) == (tip.withdrawn_at is not None)
    assert (tip.state in {TipState.DECIDED, TipState.MERGED}) <= (tip.verdict is not None)
    assert tip.is_open <= (tip.verdict is None)
    assert (tip.state is TipState.ERASED) <= (tip.erased_at is not None)
    assert (tip.state is TipState.WAITING) <= (tip.asked_at is not None)
    assert tip.filed_at == NOW


def check_roots(tip: Tip, found: dict[str, Tip]) -> None:
    assert (tip.state is TipState.MERGED) <= (tip.merged_into is not None)
    assert tip.is_open <= (tip.merged_into is None)
    if tip.merged_into is not None:
        assert tip.merged_into != tip.id
        assert found[tip.merged_into].merged_into is None
    if tip.state is TipState.MERGED and tip.erased_at is None and tip.merged_into is not None:
        root = found[tip.merged_into]
        # Somebody looks, or has looked: a duplicate never hangs on a tip that left undecided.
        assert root.state in OPEN_STATES or root.decided_at is not None


def check_acts(t: Transaction, tip: Tip, found: dict[str, Tip]) -> None:
    """The acts in force lead from each merged tip to its root, and from no open tip at all."""
    in_force = [one for one in merging.of_tip(t, tip.id) if one.undone_at is None]
    assert len(in_force) == (1 if tip.merged_into is not None else 0)
    if in_force and tip.state is TipState.MERGED:
        above = found[in_force[0].into]
        assert tip.merged_into == (above.merged_into or above.id)


def check_erased(t: Transaction, tip: Tip) -> None:
    assert tip.has_content == (tips.content(t, tip.id) is not None)
    if tip.erased_at is not None:
        assert not tip.is_open
        assert not links.others(t, tip.id, now=NOW)
        assert {message.for_staff for message in messages.of_tip(t, tip.id)} <= {None}
        assert {message.for_reporter for message in messages.of_tip(t, tip.id)} <= {None}
        assert verdicts.reason(t, tip.id) is None


TestTriage = Triage.TestCase
TestTriage.settings = settings(max_examples=40, stateful_step_count=30, deadline=None, derandomize=True)
