"""Takes the observables out of a text: every finder looks, and where two finds overlap the more specific one stays."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from publicsuffixlist import PublicSuffixList

from knowledge.observables.accounts import find_accounts
from knowledge.observables.amounts import AmountFinder
from knowledge.observables.finding import Find, without_overlaps
from knowledge.observables.handles import HandleFinder
from knowledge.observables.links import find_links, registered_domain
from knowledge.observables.moments import find_moments
from knowledge.observables.names import NameFinder
from knowledge.observables.observable import Observable, ObservableType
from knowledge.observables.phones import find_phones
from knowledge.observables.plain import Plain, PlainReader
from knowledge.observables.vocabulary import Vocabulary, shipped_vocabulary
from knowledge.observables.wallets import find_wallets
from knowledge.text import Normalised, normalise


@dataclass(frozen=True, slots=True)
class Look:
    """A text looked through; `finds`, in places of the text as written, overlap as they are."""

    text: str
    plain: Plain
    finds: tuple[Find, ...]


class Extractor:
    """Holds what is costly to build; one serves all threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._reader = PlainReader()
        # Endings that registries give out; where hosters give out names below theirs, it is still theirs.
        self._suffixes = PublicSuffixList(only_icann=True, accept_unknown=False)
        self._handles = HandleFinder(vocabulary)
        self._amounts = AmountFinder(vocabulary)
        self._names = NameFinder(vocabulary)

    @classmethod
    def shipped(cls) -> Self:
        """With the vocabulary inside the installed package."""
        return cls(shipped_vocabulary())

    def extract(self, text: str, *, country: str | None, now: datetime) -> tuple[Observable, ...]:
        """What `text` names, in order and without overlaps; places count characters of `text` as written.

        `country` (ISO 3166, None if unknown) settles national phone numbers, bare currency words, clock and short
        dates; `now` is aware. Bound the length of `text` first: the time grows with it.
        """
        return self.settle(self.look(text), country=country, now=now)

    def look(self, text: str) -> Look:
        """What `text` names whatever the country; for `settle`, which may be asked about several."""
        plain, normalised = self._reader.read(text), normalise(text)
        names = tuple(_as_written(self._names.in_normalised(normalised.text), normalised))
        # The same place in the plain text, which has another way back.
        origin = plain.normalised.origin
        bank_ends = [bisect_left(origin, name.end) for name in names if name.type is ObservableType.BANK]
        found = (
            *find_wallets(plain.text),
            *find_links(plain.text, self._suffixes),
            *find_accounts(plain, bank_ends),
            *self._handles.find(plain),
            *self._names.as_written(plain.text),
        )
        return Look(text, plain, (*names, *_as_written(found, plain.normalised)))

    def settle(self, look: Look, *, country: str | None, now: datetime) -> tuple[Observable, ...]:
        """What `extract` gives for the text of `look`."""
        if now.tzinfo is None:
            raise ValueError("now has to be aware of its time zone")
        plain, known = look.plain, country.upper() if country else None
        found = (
            *find_phones(plain, known),
            *self._amounts.find(plain, known),
            *find_moments(plain, known, now),
        )
        finds = without_overlaps((*look.finds, *_as_written(found, plain.normalised)))
        return tuple(_observable(find, look.text) for find in finds)

    def registered_domain(self, host: str) -> str:
        """The part of a host its owner registered: "top-pay.com.cn" of "www.top-pay.com.cn"; empty for none."""
        return registered_domain(host, self._suffixes)


def _as_written(finds: tuple[Find, ...] | Iterator[Find], normalised: Normalised) -> Iterator[Find]:
    for find in finds:
        start, end = normalised.span(find.start, find.end)
        yield replace(find, start=start, end=end)


def _observable(find: Find, text: str) -> Observable:
    return Observable(
        type=find.type,
        value=find.value,
        text=text[find.start : find.end],
        start=find.start,
        end=find.end,
        checked=find.checked,
        money=find.money,
        moment=find.moment,
    )
