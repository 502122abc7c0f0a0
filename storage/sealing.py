"""Sealed boxes, keyed hashes, the receipt's key: all cryptography of the project (the one home of PyNaCl)."""

import hmac
import struct
import unicodedata
from dataclasses import dataclass
from typing import Self

from nacl.bindings import crypto_scalarmult_base
from nacl.encoding import RawEncoder
from nacl.exceptions import BadSignatureError, CryptoError, InvalidkeyError
from nacl.hash import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import Aead, SecretBox
from nacl.signing import SigningKey, VerifyKey

from storage.errors import Undecipherable
from storage.padding import pad, unpad

KEY_BYTES = 32
SALT_BYTES = argon2id.SALTBYTES


@dataclass(frozen=True, slots=True)
class KeyCost:
    """What Argon2id may cost: passes, and bytes of memory."""

    passes: int
    memory: int


MODERATE = KeyCost(argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
"""libsodium's moderate: 256 MiB and most of a second. For passphrases people choose."""

INTERACTIVE = KeyCost(argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)
"""libsodium's interactive: 64 MiB and a twentieth of a second. Enough for a receipt's 75 random bits."""

CHEAPEST = KeyCost(argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)
"""For tests alone."""


def are_equal(one: bytes, other: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one, other)


def salted_digest(salt: bytes, content: bytes) -> bytes:
    """32 bytes that prove the content to whoever has it and the salt."""
    return keyed_hash(salt, b"audit details", content)


# --- the staff's pair -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffPublicKey:
    """Anyone may hold it; what it seals, only the staff's secret key opens."""

    raw: bytes

    def seal(self, payload: bytes) -> bytes:
        """A sealed box of the padded payload."""
        return _seal(self.raw, payload)

    def phone_receipt_hash(self, receipt: str) -> bytes:
        """By what a receipt is looked up that staff gave by phone, who have no key of the citizens' side. Whoever has
        the database and this key can tell whether a receipt they hold is of it; none of 75 random bits can be found."""
        return keyed_hash(subkey(self.raw, b"phone receipts"), b"receipt", receipt.encode())

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(b"staff public", self.raw)


@dataclass(frozen=True, slots=True, repr=False)
class StaffSecretKey:
    """Held by console and staff-jobs alone."""

    raw: bytes

    @property
    def public(self) -> StaffPublicKey:
        return StaffPublicKey(crypto_scalarmult_base(self.raw))

    def open(self, sealed: bytes) -> bytes:
        """What was sealed to the staff, or wrapped again by `wrap`. Raises Undecipherable."""
        if is_wrapped(sealed):
            return decrypt_under(subkey(self.raw, b"staff data"), _WRAPPED_CONTEXT, sealed[len(_WRAPPED) :])
        return _open(self.raw, sealed)

    def wrap(self, payload: bytes) -> bytes:
        """A box that only the staff's key makes and opens, in a fifth of the time that a sealed one takes."""
        return _WRAPPED + encrypt_under(subkey(self.raw, b"staff data"), _WRAPPED_CONTEXT, payload)

    def link_hash(self, type: str, value: str) -> bytes:  # noqa: A002 - an observable's type is its word
        """The observable as a hash nobody without this key can search through; `value` must be in canonical form."""
        return keyed_hash(subkey(self.raw, b"staff links"), b"link", joined(type, value))

    def token_hash(self, token: str) -> bytes:
        """By what a link or a web session is known: whoever can write to the database still cannot make one up."""
        return keyed_hash(subkey(self.raw, b"staff tokens"), b"token", token.encode())

    def vouch(self, *parts: str) -> bytes:
        """Proves to staff that staff wrote this: whoever else can write to the database cannot make one up."""
        return keyed_hash(subkey(self.raw, b"staff vouching"), b"vouch", joined(*parts))

    @property
    def releases(self) -> "ReleasesKey":
        """What proves `sign_release`."""
        return ReleasesKey(bytes(self._signing.verify_key))

    def sign_release(self, claim: bytes) -> bytes:
        """64 bytes that prove the claim to everybody who holds `releases`."""
        return self._signing.sign(_RELEASE + claim).signature

    @property
    def _signing(self) -> SigningKey:
        return SigningKey(subkey(self.raw, b"release signing"))

    def encrypt(self, context: str, payload: bytes) -> bytes:
        """For what only staff processes read; `context` says what it is and whose, and is needed again to decrypt."""
        return encrypt_under(subkey(self.raw, b"staff secrets"), context, payload)

    def decrypt(self, context: str, encrypted: bytes) -> bytes:
        """Raises Undecipherable."""
        return decrypt_under(subkey(self.raw, b"staff secrets"), context, encrypted)


_WRAPPED = b"fanzha wrapped 1"
"""What such a box begins with; a sealed box begins with sixteen random bytes."""
_WRAPPED_CONTEXT = "staff data"


def is_wrapped(box: bytes) -> bool:
    """Whether `StaffSecretKey.wrap` made it."""
    return box.startswith(_WRAPPED)


_RELEASE = b"fanzha release 1\0"  # so that no signature of another purpose can be shown for one


@dataclass(frozen=True, slots=True)
class ReleasesKey:
    """Anyone may hold it; it proves that a release of the knowledge is the staff's own."""

    raw: bytes

    def proves(self, claim: bytes, signature: bytes) -> bool:
        """Whether the staff's key signed the claim."""
        try:
            VerifyKey(self.raw).verify(_RELEASE + claim, signature)
        except (BadSignatureError, ValueError):
            return False
        return True

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(b"releases", self.raw)


def receipt_mark(receipt: str) -> str:
    """What stands for a receipt inside a sealed tip, so that staff find the tip of a receipt that is read to them. No
    key is needed: a receipt has 75 random bits, and nobody tries them all. The canonical form goes in."""
    return blake2b(receipt.encode(), digest_size=16, person=b"receipt mark", encoder=RawEncoder).hex()


# --- the citizens' key ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class CitizensKeys:
    """The public side's one key, from which each purpose has a subkey of its own."""

    raw: bytes

    def encrypt(self, context: str, payload: bytes) -> bytes:
        """`context` says what it is and whose (such as "session:" and its name), and is needed again to decrypt."""
        return encrypt_under(subkey(self.raw, b"citizens texts"), context, payload)

    def decrypt(self, context: str, encrypted: bytes) -> bytes:
        """Raises Undecipherable."""
        return decrypt_under(subkey(self.raw, b"citizens texts"), context, encrypted)

    def receipt_hash(self, receipt: str) -> bytes:
        """By what a receipt is looked up; the canonical form of it goes in."""
        return keyed_hash(subkey(self.raw, b"citizens receipts"), b"receipt", receipt.encode())

    def conversation_pseudonym(self, channel: str, conversation: str) -> bytes:
        """By what a conversation is known in the database."""
        return keyed_hash(subkey(self.raw, b"citizens talks"), b"conversation", joined(channel, conversation))

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(b"citizens key", subkey(self.raw, b"citizens print"))


# --- the receipt's key ------------------------------------------------------------------------------------------------

_PARAMETERS = struct.Struct(">BIQ16s")
_PARAMETERS_VERSION = 1
_MOST = KeyCost(passes=16, memory=1 << 30)


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptKey:
    """The pair made from a receipt: staff's answers are sealed to `public`; the receipt's holder opens them.

    `parameters` (salt and cost) are kept with the tip, so that old receipts work after the cost is changed.
    """

    secret: bytes
    parameters: bytes

    @classmethod
    def make(cls, receipt: str, *, salt: bytes, cost: KeyCost = INTERACTIVE) -> Self:
        """For a new receipt, with SALT_BYTES random bytes. Slow on purpose: keep it off the event loop."""
        return cls.derive(receipt, cls.parameters_of(salt, cost))

    @staticmethod
    def parameters_of(salt: bytes, cost: KeyCost = INTERACTIVE) -> bytes:
        """What `derive` is given beside a receipt."""
        return _PARAMETERS.pack(_PARAMETERS_VERSION, cost.passes, cost.memory, salt)

    @classmethod
    def derive(cls, receipt: str, parameters: bytes) -> Self:
        """For a receipt shown again. Slow on purpose. Raises Undecipherable for parameters that are none."""
        try:
            version, passes, memory, salt = _PARAMETERS.unpack(parameters)
        except struct.error as fault:
            raise Undecipherable("receipt's key") from fault
        if version != _PARAMETERS_VERSION or passes > _MOST.passes or memory > _MOST.memory:
            raise Undecipherable("receipt's key")
        secret = argon2id.kdf(KEY_BYTES, receipt.encode(), salt, opslimit=passes, memlimit=memory)
        return cls(secret, parameters)

    @property
    def public(self) -> bytes:
        return crypto_scalarmult_base(self.secret)

    def open(self, sealed: bytes) -> bytes:
        """What was sealed to this receipt. Raises Undecipherable."""
        return _open(self.secret, sealed)


def seal_to_receipt(public: bytes, payload: bytes) -> bytes:
    """A sealed box of the padded payload for the holder of the receipt."""
    return _seal(public, payload)


# --- passphrases ------------------------------------------------------------------------------------------------------


def hash_passphrase(passphrase: str, *, cost: KeyCost = MODERATE) -> str:
    """Argon2id with its salt and cost, as text. Slow on purpose: keep it off the event loop."""
    return argon2id.str(_passphrase_bytes(passphrase), opslimit=cost.passes, memlimit=cost.memory).decode()


def verify_passphrase(hashed: str, passphrase: str) -> bool:
    """Slow on purpose: keep it off the event loop."""
    try:
        return argon2id.verify(hashed.encode(), _passphrase_bytes(passphrase))
    except InvalidkeyError:
        return False


def wrap_key(raw: bytes, passphrase: str, *, salt: bytes, cost: KeyCost = MODERATE) -> bytes:
    """A key behind a passphrase; salt and cost are the caller's to keep."""
    return bytes(SecretBox(_wrapping_key(passphrase, salt, cost)).encrypt(raw))


def unwrap_key(wrapped: bytes, passphrase: str, *, salt: bytes, cost: KeyCost) -> bytes:
    """Raises Undecipherable for a wrong passphrase."""
    try:
        return SecretBox(_wrapping_key(passphrase, salt, cost)).decrypt(wrapped)
    except (CryptoError, ValueError) as fault:
        raise Undecipherable("wrapped key") from fault


# --- below: what the above, and the desk's key, are made of -----------------------------------------------------------


def _wrapping_key(passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    return argon2id.kdf(KEY_BYTES, _passphrase_bytes(passphrase), salt, opslimit=cost.passes, memlimit=cost.memory)


def _passphrase_bytes(passphrase: str) -> bytes:
    # The same passphrase typed on another keyboard may come composed or in full width.
    return unicodedata.normalize("NFKC", passphrase).encode()


def _seal(public: bytes, payload: bytes) -> bytes:
    return SealedBox(PublicKey(public)).encrypt(pad(payload))


def _open(secret: bytes, sealed: bytes) -> bytes:
    try:
        return unpad(SealedBox(PrivateKey(secret)).decrypt(sealed))
    except (CryptoError, ValueError) as fault:
        raise Undecipherable("sealed box") from fault


def encrypt_under(key: bytes, context: str, payload: bytes) -> bytes:
    return bytes(Aead(key).encrypt(pad(payload), context.encode()))


def decrypt_under(key: bytes, context: str, encrypted: bytes) -> bytes:
    try:
        return unpad(Aead(key).decrypt(encrypted, context.encode()))
    except (CryptoError, ValueError) as fault:
        raise Undecipherable("encrypted text") from fault


def subkey(raw: bytes, purpose: bytes) -> bytes:
    return keyed_hash(raw, b"subkey", purpose)


def keyed_hash(key: bytes, purpose: bytes, payload: bytes) -> bytes:
    """`purpose` is BLAKE2b's personalisation: sixteen bytes at most."""
    return blake2b(payload, digest_size=32, key=key, person=purpose, encoder=RawEncoder)


def joined(*parts: str) -> bytes:
    """Each part after its length, so that no two different tuples read alike."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def fingerprint_of(purpose: bytes, raw: bytes) -> str:
    """Eight groups of four hexadecimal digits, to be read aloud and compared."""
    digits = blake2b(raw, digest_size=16, person=purpose, encoder=RawEncoder).hex()
    return "-".join(digits[place : place + 4] for place in range(0, len(digits), 4))
