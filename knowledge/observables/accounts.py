"""Bank cards, account numbers and IBANs."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from stdnum import iban, luhn
from stdnum.cn import ric

from knowledge.observables.finding import Find, Rank
from knowledge.observables.observable import ObservableType
from knowledge.observables.plain import Plain


def find_accounts(plain: Plain, bank_ends: Iterable[int] = ()) -> Iterator[Find]:
    """Digits alone as `value`; `checked` is whether the card's check digit or the IBAN's checksum is right.

    `bank_ends` are where the names of banks end in the plain text: digits that follow one are an account.

    Account numbers have no check digit common to all banks: what no card scheme knows is kept, unchecked. Numbers of
    identity cards and orders are left out.
    """
    text, folded, ends = plain.text, plain.folded, frozenset(bank_ends)
    for match in _IBAN.finditer(text):
        value = re.sub("[^A-Z0-9]", "", match[0].upper())
        checked = bool(iban.is_valid(value))
        if checked or _IBAN_BEFORE.search(folded, max(0, match.start() - 12), match.start()) or _looks_like_iban(value):
            yield Find(ObservableType.IBAN, value, *match.span(), Rank.IBAN, checked)
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        digits = re.sub("[^0-9]", "", match[0])
        if _OTHER_BEFORE.search(folded, max(0, start - 16), start) or ric.is_valid(digits):
            continue
        checked = 13 <= len(digits) <= 19 and digits[0] in "23456789" and bool(luhn.is_valid(digits))
        named = _ACCOUNT_BEFORE.search(folded, max(0, start - 24), start) is not None
        if not named and len(digits) >= 9:
            named = any(
                _AFTER_BANK.fullmatch(folded, at, start) for at in range(max(0, start - 8), start) if at in ends
            )
        if named and 6 <= len(digits) <= 20 and not _is_date(match[0]):
            yield Find(ObservableType.ACCOUNT, digits, start, end, Rank.NAMED_ACCOUNT, checked)
        elif _is_card(match[0], digits, checked=checked) or _BANK_CODE.fullmatch(match[0]):
            yield Find(ObservableType.ACCOUNT, digits, start, end, Rank.ACCOUNT, checked)


def _is_card(written: str, digits: str, *, checked: bool) -> bool:
    """Long enough to be nothing else, and written in one piece or in fours; shorter ones need a right check digit."""
    whole = written == digits
    in_fours = re.fullmatch(r"(?:[0-9]{3}[ -])?[0-9]{4}(?:[ -][0-9]{4}){2,3}(?:[ -]?[0-9]{1,4})?", written) is not None
    in_parts = re.fullmatch(r"[0-9]{6}[ -][0-9]{9,13}|3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}", written) is not None
    if 15 <= len(digits) <= 20 and (whole or in_fours or in_parts):
        return digits[:1] != "0" or not whole
    return checked and (whole or in_fours)


def _looks_like_iban(value: str) -> bool:
    return (
        value[:2] in _IBAN_LENGTHS and len(value) == _IBAN_LENGTHS[value[:2]] and sum(map(str.isdecimal, value)) >= 12
    )


def _is_date(written: str) -> bool:
    match = re.fullmatch(r"(20[0-9]{2})[- ]?([0-9]{2})[- ]?([0-9]{2})", written)
    try:
        return match is not None and date(int(match[1]), int(match[2]), int(match[3])) is not None
    except ValueError:
        return False


_DIGITS = re.compile(
    r"(?<![0-9A-Za-z+$£€¥.#@_])(?<![0-9][- ])"
    r"(?:\([0-9]{2,5}\)[ -]?)?[0-9]{2,20}(?:[ -][0-9]{1,16}){0,6}(?![0-9A-Za-z%@_]|[.:/][0-9])"
)
# Taiwan's transfers: the bank's three digits, then the account.
_BANK_CODE = re.compile(r"\(?[0-9]{3}\)?[ -]?(?<=[-) ])[0-9]{10,16}|\(?[0-9]{3}\)?[ -]?(?<=[-) ])[0-9]{7}[ -][0-9]{7}")
_ACCOUNT_BEFORE = re.compile(
    r"(?:账号|帐号|账户|帐户|户口|卡号|银行卡|提款卡|金融卡|信用卡|储蓄卡|对公户|"
    r"\b(?:account|acct|a/c|acc|card|iban|bsb|sort code|routing))"
    r"(?:号码|号|no\.?|number|num|details|is|was|是|为|[ :.#=]){0,5}$"
)
# Between a bank and its account; a bank's own telephone number is told with a word for it.
_AFTER_BANK = re.compile(r"[ :,(]{0,3}(?:的|银行|卡|户)?[ :,(]{0,3}")
_OTHER_BEFORE = re.compile(
    r"(?:订单|单号|编号|流水号|身份证|身分证|统编|案号|条码|"
    r"\b(?:order|tracking|invoice|ref|reference|case|passport|ticket|serial|parcel))"
    r"(?:号码|号|no\.?|number|is|是|为|[ :.#]){0,4}$"
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])"
)
_IBAN_BEFORE = re.compile(r"\biban\b[ :#.]{0,4}$")
# Lengths by country (SWIFT's register), for the countries money is most often sent to.
_IBAN_LENGTHS = {
    "AE": 23, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20,
    "LU": 20, "LV": 21, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SA": 24, "SE": 24, "TR": 26,
}  # fmt: skip
