"""What a tip is found by, as pairs of a kind and a value: of a tip written and of what is sought alike."""

import re
from collections.abc import Iterable, Iterator

from bot.conversation.questions import BY_ID
from bot.services.tipbox import BoxedObservable, TipBox
from knowledge.observables import Money, ObservableType
from knowledge.pieces import MOST_WORDS, shingles_of, words_in
from knowledge.sketching import sketch
from knowledge.sums import ANY_CURRENCY, parts_with
from storage.index import Entry
from storage.search_key import SearchKey
from storage.tips import Tip

Term = tuple[str, ...]
"""A kind, and what of that kind."""

MOST_OBSERVABLES = 100
_MOST_SUMS = 20
_HOST = re.compile(r"(?i)^[a-z]+://([^/?#:@]+)")


def terms_of(
    box: TipBox, said: Iterable[str], seen: Iterable[tuple[str, str]], money: Iterable[Money], patterns: Iterable[str]
) -> frozenset[Term]:
    """Of a tip. `said` are answers and additions; `seen` and `money` what is in all that was told; `patterns` what it
    is like and confirmed as."""
    terms: set[Term] = {("pattern", pattern) for pattern in patterns}
    if box.country:
        terms.add(("country", box.country))
    if box.receipt_mark:
        terms.add(("receipt", box.receipt_mark))
    words = dict.fromkeys(word for text in (box.text, *typed(box), *said) for word in words_in(text))
    terms.update(("word", word) for word in list(words)[:MOST_WORDS])
    for type_, value in list(seen)[:MOST_OBSERVABLES]:
        terms.update(observable_terms(type_, value))
    for one in list(money)[:_MOST_SUMS]:
        terms.update(("sum", currency, part) for part in parts_with(one) for currency in (ANY_CURRENCY, one.currency))
    return frozenset(terms)


def typed(box: TipBox) -> tuple[str, ...]:
    """What else the reporter wrote in words of their own. Not how to reach them: nobody looks for a reporter."""
    questions = {question for question, asked in BY_ID.items() if not asked.choices} - {"contact"}
    return tuple(box.answers[question] for question in questions & box.answers.keys())


def observable_terms(type_: str, value: str) -> Iterator[Term]:
    """A link is found by its domain too, and a name on a platform without saying which."""
    yield "seen", type_, value
    if type_ == ObservableType.LINK and (host := _HOST.match(value)):
        yield "seen", ObservableType.DOMAIN.value, host[1].lower()
    if type_ == ObservableType.HANDLE:
        yield "name", value.partition(":")[2].lower()


def money_of(observables: Iterable[BoxedObservable]) -> list[Money]:
    """The sums among what was seen."""
    return [Money(*seen.money) for seen in observables if seen.money is not None]


def patterns_of(tip: Tip) -> tuple[str, ...]:
    """What a tip is like, and what staff confirmed it as."""
    return tuple(pattern for pattern in (tip.pattern, tip.confirmed_pattern) if pattern is not None)


def entry_of(key: SearchKey, terms: Iterable[Term], telling: str) -> Entry:
    """The terms and the telling's sketch as numbers. Milliseconds of a long telling."""
    shingles = sketch({key.shingle(piece) for piece in shingles_of(telling)})
    return Entry(frozenset(key.term(*term) for term in terms), shingles)
