"""What a browser and an authenticator say to one another about a passkey, asked and checked (the one home of webauthn).

Nothing here is kept: a challenge proves by itself whom it was made for and until when; that it is answered once is for
the caller to see to.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json, parse_client_data_json
from webauthn.helpers.parse_authentication_credential_json import parse_authentication_credential_json
from webauthn.helpers.parse_registration_credential_json import parse_registration_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from storage.chance import RandomBytes
from storage.sealing import StaffSecretKey, are_equal, salted_digest

CHALLENGE_LASTS = timedelta(minutes=10)
_NONCE = 16
_LONGEST = 64 * 1024
"""Characters of an answer: many times what an authenticator says."""


class PasskeyUnusable(Exception):  # noqa: N818 - a word of the house, said in sentences
    """What the browser sent proves nothing: damaged, of another site, over, or answered before."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The site that passkeys are for: `id` is its host name, `origin` its address as browsers name it."""

    id: str
    origin: str

    @classmethod
    def of(cls, address: str) -> Self | None:
        """Of what staff type to reach the console; None where browsers allow no passkeys: an address instead of a name,
        or no https where it is not this very machine."""
        parts = urlsplit(address)
        host = parts.hostname or ""
        try:
            ip_address(host)
        except ValueError:
            pass
        else:
            return None
        if not host or (parts.scheme != "https" and host != "localhost"):
            return None
        return cls(host, f"{parts.scheme}://{parts.netloc}")


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What an authenticator made."""

    id: bytes
    public_key: bytes
    counter: int


@dataclass(frozen=True, slots=True)
class Assertion:
    """An authenticator's answer, not yet proved: which passkey it says it is, and the challenge it answers."""

    id: bytes
    challenge: bytes
    told: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That the passkey was used just now: what its counter says, and whether the authenticator knew its owner."""

    counter: int
    is_verified: bool


def new_challenge(key: StaffSecretKey, purpose: str, holder: str, *, random: RandomBytes, now: datetime) -> bytes:
    """For `purpose`, and for the browser that holds the secret `holder` alone; good for ten minutes."""
    until = int((now + CHALLENGE_LASTS).timestamp()).to_bytes(8, "big")
    body = until + random(_NONCE)
    return body + _tag(key, purpose, holder, body)


def check_challenge(key: StaffSecretKey, purpose: str, holder: str, challenge: bytes, *, now: datetime) -> datetime:
    """Until when it is good. Raises PasskeyUnusable."""
    body, tag = challenge[: 8 + _NONCE], challenge[8 + _NONCE :]
    if not holder or not are_equal(tag, _tag(key, purpose, holder, body)):
        raise PasskeyUnusable
    until = datetime.fromtimestamp(int.from_bytes(body[:8], "big"), UTC)
    if until <= now:
        raise PasskeyUnusable
    return until


def challenge_digest(challenge: bytes) -> bytes:
    """By what an answered challenge is remembered."""
    return salted_digest(b"passkey challenge", challenge)


def registration_options(site: RelyingParty, name: str, user: bytes, challenge: bytes, known: tuple[bytes, ...]) -> str:
    """What the browser is asked in order to make a passkey, as JSON; not one on an authenticator that has one."""
    options = webauthn.generate_registration_options(
        rp_id=site.id,
        rp_name="Fanzha",
        user_name=name,
        user_display_name=name,
        user_id=user,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            # So that it can be found without a name being typed.
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return options_to_json(options)


def assertion_options(site: RelyingParty, challenge: bytes) -> str:
    """What the browser is asked in order to use one, as JSON; any of the site's."""
    options = webauthn.generate_authentication_options(
        rp_id=site.id, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(options)


def challenge_in(told: str) -> bytes:
    """The challenge that the making of a passkey answers. Raises PasskeyUnusable."""
    try:
        credential = parse_registration_credential_json(told[:_LONGEST])
        return parse_client_data_json(credential.response.client_data_json).challenge
    except Exception as fault:
        raise PasskeyUnusable from fault


def read_registration(site: RelyingParty, told: str, challenge: bytes) -> NewPasskey:
    """The passkey that was made. Raises PasskeyUnusable."""
    try:
        made = webauthn.verify_registration_response(
            credential=told, expected_challenge=challenge, expected_rp_id=site.id, expected_origin=site.origin
        )
    except Exception as fault:
        raise PasskeyUnusable from fault
    return NewPasskey(made.credential_id, made.credential_public_key, made.sign_count)


def read_assertion(told: str) -> Assertion:
    """Which passkey this says it is. Raises PasskeyUnusable."""
    try:
        credential = parse_authentication_credential_json(told[:_LONGEST])
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
        return Assertion(base64url_to_bytes(credential.id), challenge, told[:_LONGEST])
    except Exception as fault:
        raise PasskeyUnusable from fault


def prove(site: RelyingParty, assertion: Assertion, public_key: bytes) -> Proof:
    """That this passkey answered. Its counter is the caller's to compare. Raises PasskeyUnusable."""
    try:
        proved = webauthn.verify_authentication_response(
            credential=assertion.told,
            expected_challenge=assertion.challenge,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
        )
    except Exception as fault:
        raise PasskeyUnusable from fault
    return Proof(proved.new_sign_count, proved.user_verified)


def _tag(key: StaffSecretKey, purpose: str, holder: str, body: bytes) -> bytes:
    return key.vouch("passkey challenge", purpose, holder, body.hex())
