"""Randomness as an argument, and the alphabet in which people read random codes aloud."""

from collections.abc import Callable
from typing import TypeAlias

RandomBytes: TypeAlias = Callable[[int], bytes]
"""`secrets.token_bytes` in the service."""

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U, which are misread or misheard."""


def crockford(value: int, length: int) -> str:
    """`value` in exactly `length` characters, most significant first; what does not fit is cut off."""
    return "".join(CROCKFORD[value >> (5 * place) & 31] for place in reversed(range(length)))


def random_reference(random: RandomBytes) -> str:
    """A short name such as 7K3M-9QTX: 40 random bits, so that nothing can be read from the number of a tip."""
    code = crockford(int.from_bytes(random(5), "big"), 8)
    return f"{code[:4]}-{code[4:]}"
