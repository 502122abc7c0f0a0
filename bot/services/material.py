"""What there is to learn from: the published patterns, and the tips confirmed as a pattern, each person's once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage import examples, patterns
from storage.database import Transaction
from storage.examples import Confirmed
from storage.patterns import PublishedPattern
from storage.sealing import StaffSecretKey

MOST_EXAMPLES = 200
"""Of a pattern, the last confirmed: more of one kind teach little, and cost time."""


@dataclass(frozen=True, slots=True)
class Material:
    """`name` tells it from any other: it changes when a tip is confirmed, withdrawn or erased, when a pattern is
    published or withdrawn, and when the shipped knowledge is another. It says nothing of what is in it to anybody
    without the staff's key."""

    name: str
    published: Mapping[str, PublishedPattern]
    confirmed: tuple[Confirmed, ...]
    everyone: tuple[Confirmed, ...]
    """Those that are left out of `confirmed` too."""

    @property
    def is_empty(self) -> bool:
        """Whether the shipped knowledge is all there is."""
        return not self.published and not self.confirmed

    def still_holds(self, now: "Material") -> bool:
        """Whether nobody has taken back since what is learned from here; new material waits for the next release."""
        there = {one.tip: one.pattern for one in now.everyone}
        return all(there.get(one.tip) == one.pattern for one in self.confirmed)


def collect(t: Transaction, key: StaffSecretKey, ground: str) -> Material:
    """`ground` is the fingerprint of the shipped knowledge."""
    published = patterns.published(t, key)
    everyone = examples.confirmed(t, key)
    chosen = tuple(_each_once(everyone))
    parts = [ground]
    parts += [f"{one.pattern} {one.version} {one.toml}" for one in published.values()]
    parts += sorted(f"{one.tip} {one.pattern}" for one in chosen)
    name = key.vouch("learned from", *parts).hex()[:32]
    return Material(name, published, chosen, everyone)


def _each_once(confirmed: Iterable[Confirmed]) -> Iterable[Confirmed]:
    """One of each conversation: what three tell is learned, and what one tells three times is not."""
    heard: set[bytes] = set()
    count: Counter[str] = Counter()
    for one in confirmed:
        if one.conversation is not None:
            if one.conversation in heard:
                continue
            heard.add(one.conversation)
        count[one.pattern] += 1
        if count[one.pattern] <= MOST_EXAMPLES:
            yield one
