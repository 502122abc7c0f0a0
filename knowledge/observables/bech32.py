"""Taproot addresses of Bitcoin: bech32m (BIP 350), which python-stdnum does not read."""

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32M = 0x2BC830A3


def is_taproot(address: str) -> bool:
    """Whether it is a mainnet address of witness version 1 to 16 with a right checksum, all in one case."""
    lowered = address.lower()
    if address not in {lowered, address.upper()} or not lowered.startswith("bc1") or not 14 <= len(lowered) <= 74:
        return False
    values = [_ALPHABET.find(letter) for letter in lowered[3:]]
    if -1 in values or not 1 <= values[0] <= 16 or _polymod([*_PREFIX, *values]) != _BECH32M:
        return False
    return _is_program(values[1:-6], version=values[0])


def _is_program(values: list[int], *, version: int) -> bool:
    """Whether the 5-bit values are whole bytes with at most four zero bits of padding, of a length allowed."""
    bits = len(values) * 5
    padding = bits % 8
    if padding > 4 or (values and values[-1] & ((1 << padding) - 1)):
        return False
    return bits // 8 == 32 if version == 1 else 2 <= bits // 8 <= 40


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(_GENERATOR):
            check ^= generator if top >> at & 1 else 0
    return check


# "bc", spread out as the standard has it: high bits, a zero, low bits.
_PREFIX = (3, 3, 0, 2, 3)
