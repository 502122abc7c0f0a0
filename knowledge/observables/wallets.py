"""Wallets (Bitcoin, Ethereum, TRON) and transaction hashes: by shape, then by checksum."""

import re
from collections.abc import Iterator

import base58
from stdnum import bitcoin

from knowledge.observables.bech32 import is_taproot
from knowledge.observables.finding import Find, Rank
from knowledge.observables.observable import ObservableType


def find_wallets(text: str) -> Iterator[Find]:
    """Addresses and hashes; one whose checksum fails, or that carries none, is kept unchecked."""
    for match in _TRANSACTION.finditer(text):
        value = match[0].lower().removeprefix("0x")
        yield Find(ObservableType.TRANSACTION, value, *match.span(), Rank.TRANSACTION, checked=False)
    for match in _ETHEREUM.finditer(text):
        yield _wallet(match, *_ethereum(match[0]))
    for match in _BECH32.finditer(text):
        value = match[0].lower()
        yield _wallet(match, value, is_taproot(match[0]) or (match[0] in {value, value.upper()} and _is_v0(value)))
    for match in _BASE58.finditer(text):
        address = match[0]
        if address[0] == "T" and len(address) == 34:
            yield _wallet(match, address, _is_base58(address, 0x41))
        elif address[0] in "13" and (_is_base58(address, 0x00, 0x05) or _looks_like_base58(address)):
            yield _wallet(match, address, _is_base58(address, 0x00, 0x05))


def _wallet(match: re.Match[str], value: str, checked: bool) -> Find:
    return Find(ObservableType.WALLET, value, *match.span(), Rank.WALLET, checked)


def _ethereum(address: str) -> tuple[str, bool]:
    """Its EIP-55 spelling and whether it was written so. One case throughout carries no checksum: nothing to check."""
    digits = address[2:]
    if digits in {digits.lower(), digits.upper()}:
        return _eip55(digits), False
    return address, _eip55(digits) == "0x" + digits


def _eip55(digits: str) -> str:
    """The spelling whose capitals are its checksum."""
    # Only here: the library parses declarations of C to be imported, and few people tell of such an address.
    from Crypto.Hash import keccak  # noqa: PLC0415 - as said above

    digits = digits.lower()
    hashed = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
    return "0x" + "".join(d.upper() if h >= "8" else d for d, h in zip(digits, hashed, strict=False))


def _is_v0(address: str) -> bool:
    """Witness version 0 alone: the library takes the old checksum for later versions too."""
    return address.startswith("bc1q") and bool(bitcoin.is_valid(address))


def _is_base58(address: str, *versions: int) -> bool:
    try:
        payload = base58.b58decode_check(address)
    except ValueError:
        return False
    return len(payload) == 21 and payload[0] in versions


def _looks_like_base58(address: str) -> bool:
    """A mistyped address still mixes cases and digits; a long number or a word does not."""
    return (
        len(address) >= 33
        and any(letter.isupper() for letter in address)
        and any(letter.islower() for letter in address)
        and sum(letter.isdecimal() for letter in address) >= 3
    )


# ASCII edges: Chinese characters may stand next to an address.
_EDGE, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_TRANSACTION = re.compile(rf"{_EDGE}(?:0[xX])?[0-9a-fA-F]{{64}}{_END}")
_ETHEREUM = re.compile(rf"{_EDGE}0[xX][0-9a-fA-F]{{40}}{_END}")
_BECH32 = re.compile(rf"{_EDGE}(?:bc1[a-zA-Z0-9]{{11,71}}|BC1[A-Z0-9]{{11,71}}){_END}")
_BASE58 = re.compile(rf"{_EDGE}[13T][1-9A-HJ-NP-Za-km-z]{{25,34}}{_END}")
