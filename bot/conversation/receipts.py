"""Telling a receipt from other words; whether it is right is for the shell to say."""

import re
import unicodedata

# Sixteen letters and digits in fours, or each by itself as they are spelled out below the receipt.
# Looked for from every group on: a word of four letters may stand before it.
_RECEIPT = re.compile(r"(?<![0-9A-Za-z])(?=([0-9A-Za-z]{4}(?:[-‐‑–— .]?[0-9A-Za-z]{4}){3})(?![0-9A-Za-z]))")
_SPELLED = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z][ ,，、]{1,3}){15}[0-9A-Za-z](?![0-9A-Za-z])")
_DASHES = frozenset("-‐‑–—")
_AS_SHOWN = re.compile(r"(?<![0-9A-Za-z])(?=[0-9-]*[A-Z])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![0-9A-Za-z])")
_LONGEST = 60


def looks_like_receipt(text: str) -> bool:
    """Whether a message is a receipt, perhaps with a word or two around it."""
    if len(text) > _LONGEST:
        return False
    plain = unicodedata.normalize("NFKC", text)
    if (spelled := _SPELLED.search(plain)) is not None:
        return any(sign.isdigit() for sign in spelled.group()) and any(sign.isalpha() for sign in spelled.group())
    return any(_is_meant(found[1]) for found in _RECEIPT.finditer(plain))


def _is_meant(code: str) -> bool:
    if not any(sign.isalpha() for sign in code):
        return False  # sixteen digits are a bank card
    if " " not in code and "." not in code:
        return not _DASHES.isdisjoint(code) or any(sign.isdigit() for sign in code)
    # "just paid 5000 cash" is four by four too, and somebody's loss: every receipt mixes letters and digits in two.
    return sum(map(_is_mixed, re.split(r"[^0-9A-Za-z]", code))) >= 2


def _is_mixed(group: str) -> bool:
    return any(sign.isdigit() for sign in group) and any(sign.isalpha() for sign in group)


def without_receipts(text: str) -> str:
    """With nothing left of what may be a receipt, which neither a history nor staff may have."""
    return _AS_SHOWN.sub("····-····-····-····", text)
