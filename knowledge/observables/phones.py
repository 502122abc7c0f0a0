"""Telephone numbers: valid in the reporter's country, written internationally, or unmistakable in one of a few."""

import re
from collections.abc import Iterator

from phonenumbers import (
    Leniency,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    format_number,
    is_valid_number,
    parse,
)

from knowledge.observables.countries import CUSTOMS, TRIED
from knowledge.observables.finding import Find, Rank
from knowledge.observables.observable import ObservableType
from knowledge.observables.plain import Plain


def find_phones(plain: Plain, country: str | None) -> Iterator[Find]:
    """Numbers as E.164. One that a word announces but no plan of numbers knows is kept as its digits, unchecked."""
    text, folded = plain.text, plain.folded
    if len(_DIGIT.findall(text)) < _FEWEST_DIGITS:
        return
    for match in PhoneNumberMatcher(text, country, leniency=Leniency.VALID, max_tries=_MOST_TRIES):
        start, end = match.start, match.end
        if _may_be_phone(folded, start, end, country):
            yield _phone(_e164(match.number), start, end, checked=True, named=_is_named(folded, start))
    for found in _NUMBER.finditer(text):
        start, end = found.start("number"), found.end("number")
        if not _may_be_phone(folded, start, end, country):
            continue
        digits = re.sub(r"[^0-9+]", "", found["number"])
        named = _is_named(folded, start)
        values = {_e164(number) for number in _readings(digits, country, written=found["number"], named=named)}
        if len(values) == 1:
            yield _phone(values.pop(), start, end, checked=True, named=named)
        elif values or (named and 7 <= len(digits.lstrip("+")) <= 15):
            yield _phone(digits, start, end, checked=False, named=named)


def _phone(value: str, start: int, end: int, *, checked: bool, named: bool) -> Find:
    return Find(ObservableType.PHONE, value, start, end, Rank.NAMED_PHONE if named else Rank.PHONE, checked)


def _readings(digits: str, country: str | None, *, written: str, named: bool) -> Iterator[PhoneNumber]:
    """What the digits can be: in the reporter's country first, and only if nothing there, in each that is tried."""
    if digits.startswith(("+", "00")):
        yield from _valid(digits if digits.startswith("+") else f"+{digits[2:]}", None)
        return
    own = tuple(_valid(digits, country)) if country in CUSTOMS else ()
    if own:
        # Eight digits and no more are a phone number by the plan of many places: a word or a gap has to say so.
        if named or len(digits) > 8 or re.search(r"[0-9][ -][0-9]", written):
            yield from own
        return
    for other in TRIED:
        if other != country and ((named and country is None) or _is_unmistakable(digits, written, other)):
            yield from _valid(digits, other)


def _valid(digits: str, country: str | None) -> Iterator[PhoneNumber]:
    try:
        number = parse(digits, country)
    except NumberParseException:
        return
    if is_valid_number(number):
        yield number


def _is_unmistakable(digits: str, written: str, country: str) -> bool:
    """A mobile number whose length and beginning no other that is tried shares, or one grouped as its country does."""
    if country == "CN":
        return re.fullmatch(r"1[3-9][0-9]{9}|400[0-9]{7}", digits) is not None
    if country == "TW":
        return re.fullmatch(r"09[0-9]{8}", digits) is not None
    if country == "GB":
        return re.fullmatch(r"07[1-57-9][0-9]{8}", digits) is not None
    if country == "AU":
        return re.fullmatch(r"04[0-9]{8}", digits) is not None
    if country == "MY":
        return re.fullmatch(r"01[0-9]-[0-9]{3,4}[ -]?[0-9]{4}", written) is not None
    if country in {"US", "CA"}:
        return re.fullmatch(r"(?:1[ -])?(?:\([0-9]{3}\) ?|[0-9]{3}[-.])[0-9]{3}[-.][0-9]{4}", written) is not None
    return False


def _e164(number: PhoneNumber) -> str:
    return str(format_number(number, PhoneNumberFormat.E164))


def _is_named(text: str, start: int) -> bool:
    return _PHONE_BEFORE.search(text, max(0, start - 24), start) is not None


def _may_be_phone(text: str, start: int, end: int, country: str | None) -> bool:
    """Whether it is no date, no piece of a longer code, sum or address, and begins as numbers are dialled.

    Libraries accept "20 2511 2014" for Guangzhou; nobody writes an area code without its 0.
    """
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (
        not _DATE.match(text, start, end)
        and _is_dialled(text[start:end], country)
        and not _NOT_PHONE_BEFORE.search(text, max(0, start - 16), start)
        and not re.search(r"[0-9][-., ]?$|[a-z_@#$£€¥=/]$", before)
        and not re.match(r"[.,-]?[0-9]|[a-z_@%]|元|块|圆|万|/[0-9]", after)
    )


def _is_dialled(written: str, country: str | None) -> bool:
    if country in _NORTH_AMERICA and _NORTH_AMERICAN.match(written):
        return True
    return len(re.sub("[^0-9]", "", written)) <= 8 or re.match(r"\(?(?:[+01]|[48]00)", written) is not None


_MOST_TRIES = 400
_DIGIT = re.compile("[0-9]")
_FEWEST_DIGITS = 4  # of any plan of numbers; most tellings hold fewer, and the library is slow to find that out
_NORTH_AMERICA = frozenset({"US", "CA", None})
_NORTH_AMERICAN = re.compile(r"\(?[2-9][0-9]{2}\)?[-. ]?[2-9][0-9]{2}[-. ]?[0-9]{4}(?![0-9])")
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?P<number>\+?(?:\([0-9]{1,4}\) ?)?[0-9]{2,14}(?:[ -]{1,2}[0-9]{2,12}|\.[0-9]{3,4}){0,4})"
    r"(?![0-9A-Za-z])"
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}(?![0-9])")
_PHONE_BEFORE = re.compile(
    r"(?:电话|手机|号码|来电|致电|拨打|打给|热线|专线|短信|简讯|"
    r"\b(?:phone|tel|telephone|mobile|cell|call(?:ed|ing)?|hotline|text(?:ed)?|sms|whats ?app|number|fax|dial))"
    r"(?:了|过|我|的|是|为|no\.?|number|me|us|from|at|is|on|back|him|her|them|code|号|码|[ :.#+(-]){0,5}$"
)
# These announce another kind of number.
_NOT_PHONE_BEFORE = re.compile(
    r"(?:订单|单号|编号|流水号|身份证|身分证|邮编|统编|案号|"
    r"\b(?:order|tracking|invoice|ref|reference|case|passport|ticket|serial))"
    r"(?:号码|号|no\.?|number|is|是|为|[ :.#]){0,4}$"
)
