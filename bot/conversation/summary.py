"""What was taken out of a telling, shown back in one line, in the person's own words where there are any."""

import re
from datetime import date, datetime

from bot.conversation import phrases
from bot.conversation.answers import NOT_KNOWN
from bot.conversation.book import Voice
from bot.conversation.buttons import LABELS
from bot.conversation.questions import RAIL_WORDS
from bot.conversation.report import Fact, Report
from knowledge.language import Language
from knowledge.observables import Money, ObservableType
from knowledge.observables.countries import zone_of

_SHOWN = (
    ObservableType.AMOUNT,
    ObservableType.MOMENT,
    ObservableType.RAIL,
    ObservableType.PLATFORM,
    ObservableType.BANK,
    ObservableType.ACCOUNT,
    ObservableType.IBAN,
    ObservableType.WALLET,
    ObservableType.TRANSACTION,
    ObservableType.PHONE,
    ObservableType.LINK,
    ObservableType.DOMAIN,
    ObservableType.EMAIL,
    ObservableType.HANDLE,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST = 3
"""Of one type: a summary is read on a phone."""
_NEEDS_CHECK = frozenset({ObservableType.ACCOUNT, ObservableType.WALLET, ObservableType.IBAN})
_UNITS = {
    Language.ZH_HANS: {"CNY": "元", "TWD": "新台币", "HKD": "港元", "USD": "美元", "SGD": "新元", "MYR": "令吉", "GBP": "英镑", "AUD": "澳元", "CAD": "加元", "MOP": "澳门元"},
    Language.ZH_HANT: {"CNY": "人民幣", "TWD": "元", "HKD": "港元", "USD": "美元", "SGD": "新加坡元", "MYR": "令吉", "GBP": "英鎊", "AUD": "澳元", "CAD": "加元", "MOP": "澳門元"},
}  # fmt: skip
_TEN_THOUSAND = 10_000
_NOT_KNOWN = "XXX"
"""The currency of an amount whose currency nothing tells: such an amount is shown as it was written."""


def summary(voice: Voice, report: Report, now: datetime) -> str:
    """ "Noted: ..." or, where nothing could be taken out, that the words stand as written."""
    shown: list[str] = []
    for wanted in _SHOWN:
        told = report.ways_told() if wanted == ObservableType.RAIL else report.facts_of(wanted)
        facts = [fact for fact in told if not _is_in_an_answer(fact, report)]
        shown += [show(voice, fact, now) for fact in facts[:_MOST]]
    shown += [_answered(voice, report, question) for question in _ANSWERS if question in report.answers]
    unique = list(dict.fromkeys(item for item in shown if item))
    if not unique:
        return voice.say(phrases.NOTED_NOTHING)
    return voice.say(phrases.NOTED, facts=voice.list(unique))


_ANSWERS = ("amount", "when", "rail", "payee", "held-place", "contact")
_AS_FACTS = {"amount": ObservableType.AMOUNT, "when": ObservableType.MOMENT}
_OF_A_PAYEE = frozenset({ObservableType.ACCOUNT, ObservableType.IBAN, ObservableType.WALLET, ObservableType.BANK})


def show(voice: Voice, fact: Fact, now: datetime) -> str:
    """One fact as a person reads it: amounts in their currency, links so that no one opens them by mistake."""
    if fact.minor is not None and fact.currency is not None and fact.currency != _NOT_KNOWN:
        return money(voice.language, fact.minor, fact.currency)
    if fact.moment is not None:
        return _day(voice, fact, now)
    if fact.type == ObservableType.RAIL and fact.value in RAIL_WORDS:
        return voice.say(LABELS[f"answer:{RAIL_WORDS[fact.value]}"])
    if fact.type in {ObservableType.LINK, ObservableType.DOMAIN, ObservableType.EMAIL}:
        return defang(fact.value)
    if fact.type in _NEEDS_CHECK and not fact.checked:
        return voice.say(phrases.UNCHECKED, value=fact.shown)
    return fact.shown


def money(language: Language, minor: int, currency: str) -> str:
    """48000 yuan: "4.8 万元" in Chinese, "CNY 48,000" in English."""
    amount = Money(minor, currency).decimal
    if language is Language.EN:
        return f"{currency} {amount:,.2f}".removesuffix(".00")
    unit = _UNITS[language].get(currency, currency)
    ten_thousand = "万" if language is Language.ZH_HANS else "萬"
    if amount >= _TEN_THOUSAND and amount % 100 == 0:
        return f"{amount / _TEN_THOUSAND:.4f}".rstrip("0").rstrip(".") + f" {ten_thousand}{unit}"
    return f"{amount:,.2f}".removesuffix(".00") + f" {unit}"


def defang(link: str) -> str:
    return link.replace("http", "hxxp", 1).replace(".", "[.]") if "[.]" not in link else link


def _day(voice: Voice, fact: Fact, now: datetime) -> str:
    if _DAY.match(fact.value) is None:
        return fact.shown
    days = (now.astimezone(zone_of(voice.country)).date() - date.fromisoformat(fact.value[:10])).days
    if any(character.isdigit() for character in fact.shown):
        return fact.shown
    match days:
        case 0:
            return voice.say(phrases.TODAY)
        case 1:
            return voice.say(phrases.YESTERDAY)
        case _:
            return fact.shown


def _is_in_an_answer(fact: Fact, report: Report) -> bool:
    """What the answer about the payee says is shown there; an account that fails its check is named beside it."""
    return fact.type in _OF_A_PAYEE and fact.checked and fact.shown in report.answers.get("payee", "")


def _answered(voice: Voice, report: Report, question: str) -> str:
    answer = report.answers[question]
    if answer == NOT_KNOWN or (question in _AS_FACTS and report.facts_of(_AS_FACTS[question])):
        return ""
    match question:
        case "rail":
            return voice.say(LABELS[f"answer:{answer}"])
        case "contact":
            return voice.say(phrases.REACHED_BY, value=answer)
        case _:
            return answer
