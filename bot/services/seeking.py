"""What a member of staff fills in, made into what the index is asked: each field a condition, all of them together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

from bot.services.days import begin_of
from bot.services.finding_terms import Term
from bot.services.linking import LINKING
from bot.services.search_errors import NoDay, NoObservable, NoReference, NoSum, NothingSought, NoWords, SoughtTooLong
from knowledge.observables import Extractor, Observable, ObservableType
from knowledge.observables.countries import TRIED
from knowledge.pieces import words_in
from knowledge.sums import ANY_CURRENCY, Range
from storage.chance import CROCKFORD
from storage.receipts import Receipt
from storage.sealing import receipt_mark

LONGEST = 500
"""Characters of a field: a link may be long; more words find nothing more."""
_MOST_WORDS = 40
_NAME = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9_.-]{2,40})")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A search as it was filled in, each field empty where it does not matter."""

    reference: str = ""
    """A tip's reference, or a receipt that its holder read out."""
    observable: str = ""
    words: str = ""
    pattern: str = ""
    country: str = ""
    sum_from: str = ""
    sum_to: str = ""
    currency: str = ""
    day_from: str = ""
    day_to: str = ""
    state: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of those that were filled in, of which the audit log is told; a currency alone is none."""
        filled = [field.name for field in fields(self) if getattr(self, field.name)]
        return tuple(name for name in filled if name != "currency" or self.sum_from or self.sum_to)


@dataclass(frozen=True, slots=True)
class Understood:
    """`conditions`: of each one term is enough; from `since` to before `until`. `seen` and `sums` say how the
    observable and the sums were read."""

    reference: str | None
    conditions: tuple[tuple[Term, ...], ...]
    since: datetime | None
    until: datetime | None
    seen: Observable | None
    sums: Range | None


def understand(sought: Fields, extractor: Extractor, now: datetime, zone: tzinfo = UTC) -> Understood:
    """Days are those of `zone`. Raises SearchError."""
    if any(len(getattr(sought, field.name)) > LONGEST for field in fields(sought)):
        raise SoughtTooLong(LONGEST)
    if not sought.kinds:
        raise NothingSought
    conditions: list[tuple[Term, ...]] = []
    reference, receipt = _reference(sought.reference)
    if receipt is not None:
        conditions.append((("receipt", receipt_mark(receipt.code)),))
    seen = None
    if sought.observable:
        seen, terms = _observable(sought, extractor, now)
        conditions.append(terms)
    if sought.words:
        # Each by itself: in a telling, what stands between Chinese characters may be there to hide them.
        found = list(dict.fromkeys(word for part in sought.words.split() for word in words_in(part)))[:_MOST_WORDS]
        if not found:
            raise NoWords
        conditions += [(("word", word),) for word in found]
    if sought.pattern:
        conditions.append((("pattern", sought.pattern),))
    if sought.country:
        conditions.append((("country", sought.country.upper()),))
    sums = None
    if sought.sum_from or sought.sum_to:
        sums = Range.over(_sum(sought.sum_from), _sum(sought.sum_to))
        currency = sought.currency or ANY_CURRENCY
        conditions.append(tuple(("sum", currency, part) for part in sums.parts()))
    first, last = _day(sought.day_from), _day(sought.day_to)
    since = None if first is None else begin_of(first, zone)
    until = None if last is None else begin_of(last + timedelta(days=1), zone)
    if since is not None and until is not None and since >= until:
        raise NoDay
    return Understood(reference, tuple(conditions), since, until, seen, sums)


def _reference(text: str) -> tuple[str | None, Receipt | None]:
    if not text:
        return None, None
    receipt = Receipt.parse(text)
    if receipt is not None:
        return None, receipt
    code = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if len(code) != 8 or any(sign not in CROCKFORD for sign in code):
        raise NoReference
    return f"{code[:4]}-{code[4:]}", None


def _observable(sought: Fields, extractor: Extractor, now: datetime) -> tuple[Observable | None, tuple[Term, ...]]:
    """The first that points at somebody. A national number may be of several countries; a name, on any platform."""
    chosen = [sought.country.upper()] if sought.country else []
    found: dict[Term, Observable] = {}
    for country in chosen or TRIED:
        for one in _first(extractor.extract(sought.observable, country=country, now=now)):
            if one.type is ObservableType.HANDLE and one.value.startswith("unknown:"):
                found[("name", one.value.partition(":")[2].lower())] = one
            else:
                found[("seen", one.type.value, one.value)] = one
    if found:
        return next(iter(found.values())), tuple(found)
    name = _NAME.fullmatch(sought.observable)
    if name is None:
        raise NoObservable
    return None, (("name", name[1].lower()),)


def _first(found: Iterable[Observable]) -> Iterable[Observable]:
    return [one for one in found if one.type in LINKING][:1]


def _sum(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        amount = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation as fault:
        raise NoSum from fault
    if not amount.is_finite() or amount < 0:
        raise NoSum
    return amount


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return min(max(date.fromisoformat(text), _FIRST_DAY), _LAST_DAY)
    except ValueError as fault:
        raise NoDay from fault
