"""The report being told: the person's own lines, what was taken out of them, and what was answered."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.dangers import Danger, Kind
from knowledge.observables import Observable, ObservableType

MAX_LINES = 200
MAX_TELLING = 16_384
"""Characters of one telling; what comes after is refused with a sentence, never cut silently."""

LOST = "money-left"
"""The question whether money left them, or what opens an account did."""
IDENTITY = "identity"
"""Answered "yes" where they told that ID, or a picture of it, was given; nobody is asked."""
HURT = "hurt"
"""Answered "yes" where they told of somebody who is being hurt; nor is that asked."""
PAYING = "paying"
"""Answered "yes" where they told that money, gold or a card is about to be handed over."""
HANDED = "handed"
"""Kept for the script once the telling is not: cash or gold went from hand to hand."""
HELD = "held"
"""Answered "inside" where whoever writes is held themself, by a button or in their own words; "out" where they got out
and are not home, "home" where they are."""

_BY_TRANSFER = "bank-transfer"
_BY_HAND = frozenset({"cash", "gold"})
_HANDED = re.compile(
    "[交拿递遞](?:给|給|付|俾|畀|咗俾|咗畀)|(?:给|給|俾|畀)(?:了|咗)|面交|当面|當面|上门|上門|来取|來取|来收|來收|来拿|來拿|嚟攞|嚟收|[取拿收攞领領](?:走|咗)|"
    "[拉带帶]走|塞[在进進入]|放[在入咗]|"
    r"\b(?:hand(?:ed|ing)?|gave|courier|pick(?:ed)? (?:it )?up|collect(?:ed)?|came (?:to|for)|in person|"
    r"met (?:him|her|them)|(?:put|left) (?:it|the (?:cash|money|gold)) (?:in|behind|under|by|at)|"
    r"(?:driver|courier|rider|runner|man|woman|guy|lady|officer|agent)[^.!?\n]{0,20} took)\b"
)
"""Words of what goes from hand to hand: the cash of a prize, or gold as what was dealt in, did not."""
_CASH = r"\b(?:cash|dollars|pounds|euros|bills|notes|gold|money)\b"
_CASH_ZH = "(?:现金|現金|现钞|現鈔|黄金|黃金|金(?:条|條|饰|飾|链|鏈|项链|項鍊|項鏈|镯|鐲|器|粒|首饰|首飾))"
_POSTED = re.compile(
    rf"\b(?:mailed|posted|shipped|fedexed|couriered)\b[^.!?\n]{{0,40}}(?:{_CASH}|[$£€])|"
    rf"{_CASH}[^.!?\n]{{0,40}}\b(?:by|in|via|with|through|inside) (?:a |the |an |my )?(?:fedex|ups|usps|dhl|royal mail|"
    r"express|overnight|flat rate|parcel|package|post|mail|courier|shoe ?box|magazine)\b|"
    rf"(?:{_CASH_ZH}|钱|錢)[^。!?！？\n]{{0,16}}"
    "(?:寄[给給出去走了过過咗俾畀到]|快[递遞][给給出寄走了]|[顺順][丰豐]|闪送|閃送|宅配|宅急便|包裹)|"
    rf"(?:寄|[邮郵]|快[递遞]|[顺順][丰豐]|闪送|閃送|宅配|宅急便|包裹)[^。!?！？\n]{{0,12}}{_CASH_ZH}"
)
"""Words of cash or gold that was given to a carrier: until it is delivered, the carrier can turn it round."""
_COINS = frozenset({"BTC", "ETH", "TRX", "USDT", "USDC"})


@dataclass(frozen=True, slots=True)
class Fact:
    """An observable as the session keeps it. `shown` are the person's own words; `minor`, `currency`: of an amount."""

    type: str
    value: str
    shown: str
    checked: bool = True
    minor: int | None = None
    currency: str | None = None
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The person's own words for a red flag."""

    text: str
    red_flag: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """`prior`: the score before any question was answered; None as long as none was."""

    pattern: str
    score: float
    evidence: tuple[Evidence, ...]
    prior: float | None = None


def no_answers() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Report:
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    answers: Mapping[str, str] = field(default_factory=no_answers)
    kind: Kind | None = None
    dangers: tuple[Danger, ...] = ()
    likeness: str | None = None
    matches: tuple[Match, ...] = ()
    pictured: tuple[str, ...] = ()
    """Those of the lines that were read off pictures, by a program that may misread."""

    @property
    def telling(self) -> str:
        return "\n".join(self.lines)

    def tell(self, line: str, observables: Iterable[Observable], *, pictured: bool = False) -> "Report":
        read = (*self.pictured, line) if pictured else self.pictured
        return replace(self.with_facts(observables), lines=(*self.lines, line), pictured=read)

    def answer(self, question: str, value: str | None) -> "Report":
        """With the answer set, or forgotten where `value` is None."""
        kept = {key: old for key, old in self.answers.items() if key != question}
        if value is not None:
            kept[question] = value
        return replace(self, answers=kept)

    @property
    def lost(self) -> str | None:
        """What left them: "paid" is money, "given" a card, a password or a code alone; None where no loss is known."""
        if Danger.MONEY_GONE in self.dangers:
            return "paid"
        answers = {self.answers.get(LOST), self.answers.get("exposure")}
        return next((answer for answer in ("paid", "given") if answer in answers), None)

    @property
    def gave_identity(self) -> bool:
        return IDENTITY in self.answers

    @property
    def is_hurt(self) -> bool:
        """Whether they told of somebody who is being hurt."""
        return HURT in self.answers

    @property
    def is_inside(self) -> bool:
        """Whether whoever writes is held there themself."""
        return self.answers.get(HELD) == "inside"

    @property
    def is_out(self) -> bool:
        """Whether whoever writes was held, and no longer is."""
        return self.answers.get(HELD) in {"out", "home"}

    @property
    def is_home(self) -> bool:
        return self.answers.get(HELD) == "home"

    def facts_of(self, *types: ObservableType) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.type in types)

    def ways_told(self) -> tuple[Fact, ...]:
        """How the money went, to be read: "sent it by WeChat", or "sent 2000 USDT", tells of no bank besides."""
        facts = self.facts_of(ObservableType.RAIL)
        has_bank = self.facts_of(ObservableType.BANK, ObservableType.ACCOUNT, ObservableType.IBAN)
        if has_bank or self.rails == {_BY_TRANSFER}:
            return facts
        return tuple(fact for fact in facts if fact.value != _BY_TRANSFER)

    @property
    def rails(self) -> frozenset[str]:
        """The ways the money went, as far as told: rail ids, "crypto" where coins or a wallet were named."""
        told = {fact.value for fact in self.facts_of(ObservableType.RAIL)}
        if self.answers.get("rail"):
            told.add(self.answers["rail"])
        coins = any(fact.currency in _COINS for fact in self.facts_of(ObservableType.AMOUNT))
        if coins or self.facts_of(ObservableType.WALLET):
            told.add("crypto")
        return frozenset(told)

    @property
    def was_handed_over(self) -> bool:
        """Whether cash or gold went from hand to hand, and nothing by another way: no bank can call that back."""
        was_said = HANDED in self.answers or self.answers.get("rail") == "cash"
        was_said = was_said or _HANDED.search(self.telling.lower()) is not None
        return bool(self.rails) and self.rails <= _BY_HAND and was_said

    @property
    def was_posted(self) -> bool:
        """Whether cash or gold went by post, or with a courier of a firm."""
        return self.rails <= _BY_HAND and _POSTED.search(self.telling.lower()) is not None

    def correct(self, observables: Iterable[Observable]) -> "Report":
        """Without the last fact of each type that is told anew: it was said to be wrong."""
        facts = list(self.facts)
        for kind in {observable.type for observable in observables}:
            last = next((at for at in range(len(facts) - 1, -1, -1) if facts[at].type == kind), None)
            if last is not None:
                del facts[last]
        return replace(self, facts=tuple(facts))

    def with_facts(self, observables: Iterable[Observable]) -> "Report":
        """With these as well, and no line of the telling."""
        new = tuple(fact for fact in map(fact_of, observables) if fact not in self.facts)
        return replace(self, facts=(*self.facts, *new))

    def without_line(self, line: str | None) -> "Report":
        """Without the last line that says just this: an answer given anew takes the old one's place."""
        if line is None or line not in self.lines:
            return self
        at = len(self.lines) - 1 - self.lines[::-1].index(line)
        return replace(self, lines=(*self.lines[:at], *self.lines[at + 1 :]))

    def without_words(self, words: str) -> "Report":
        """Without these words in the last line that holds them, and without the facts that only they told."""
        at = next((place for place in range(len(self.lines) - 1, -1, -1) if words in self.lines[place]), None)
        if at is None or not words:
            return self
        rest = "\n".join(part for part in self.lines[at].replace(words, "", 1).split("\n") if part.strip())
        lines = (*self.lines[:at], *((rest,) if rest else ()), *self.lines[at + 1 :])
        left = "\n".join(lines)
        facts = tuple(fact for fact in self.facts if fact.shown not in words or fact.shown in left)
        return replace(self, lines=lines, facts=facts)

    def without_facts(self, *types: ObservableType) -> "Report":
        return replace(self, facts=tuple(fact for fact in self.facts if fact.type not in types))

    def has_room_for(self, line: str) -> bool:
        return len(self.lines) < MAX_LINES and len(self.telling) + len(line) < MAX_TELLING


def fact_of(observable: Observable) -> Fact:
    money, moment = observable.money, observable.moment
    return Fact(
        type=observable.type,
        value=observable.value,
        shown=observable.text.strip(),
        checked=observable.checked,
        minor=money.minor if money else None,
        currency=money.currency if money else None,
        moment=moment.isoformat() if moment else None,
    )
