"""Telling a receipt from other words; whether it is right is for the shell to say."""

import re
import unicodedata

# Sixteen letters and digits in fours. At least one letter: sixteen digits are a bank card.
_RECEIPT = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:[-‐‑–— .]?[0-9A-Za-z]{4}){3}(?![0-9A-Za-z])")
_AS_SHOWN = re.compile(r"(?<![0-9A-Za-z])(?=[0-9-]*[A-Z])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![0-9A-Za-z])")
_LONGEST = 60


def looks_like_receipt(text: str) -> bool:
    """Whether a message is a receipt, perhaps with a word or two around it."""
    if len(text) > _LONGEST:
        return False
    found = _RECEIPT.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return False
    code = found.group()
    grouped = "-" in code
    return any(c.isalpha() for c in code) and (grouped or any(c.isdigit() for c in code))


def without_receipts(text: str) -> str:
    """With nothing left of what may be a receipt, which neither a history nor staff may have."""
    return _AS_SHOWN.sub("····-····-····-····", text)
