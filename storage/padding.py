"""Payloads padded to size classes, so that the length of what is sealed says little about it."""

from storage.errors import Undecipherable

_LENGTH_BYTES = 4
SMALLEST = 512
LARGEST_DOUBLING = 1 << 20


def pad(payload: bytes) -> bytes:
    """The payload's length, the payload, zeros: a power of two from 512 bytes, above 1 MiB whole mebibytes."""
    framed = len(payload).to_bytes(_LENGTH_BYTES, "big") + payload
    return framed.ljust(_size_class(len(framed)), b"\0")


def unpad(padded: bytes) -> bytes:
    """What was padded. Raises Undecipherable."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    payload = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(padded) < _LENGTH_BYTES or len(payload) != length:
        raise Undecipherable("padding")
    return payload


def _size_class(length: int) -> int:
    if length > LARGEST_DOUBLING:
        return -(-length // LARGEST_DOUBLING) * LARGEST_DOUBLING
    size = SMALLEST
    while size < length:
        size *= 2
    return size
