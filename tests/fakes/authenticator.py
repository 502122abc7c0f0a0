"""An authenticator in software: makes passkeys and uses them as a browser's page would be told, well or badly."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """Holds one passkey. `counter` goes up with each use unless it stays 0; `knows_owner`: it asks for a PIN."""

    site: str = "console.test"
    origin: str = "http://console.test"
    id: bytes = b"credential-of-the-first-device"
    counter: int = 0
    counts: bool = True
    knows_owner: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        """What a page sends after the browser made a passkey."""
        asked = json.loads(options)
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._told(ATTESTED) + held})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=encoded(client), attestationObject=encoded(attested))

    def use(self, options: str) -> str:
        """What a page sends after the passkey was used."""
        asked = json.loads(options)
        if self.counts:
            self.counter += 1
        client, told = self._client("webauthn.get", asked["challenge"]), self._told()
        signature = self.key.sign(told + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=encoded(client), authenticatorData=encoded(told), signature=encoded(signature)
        )

    def _told(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.knows_owner else 0)
        return sha256(self.site.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _client(self, type_: str, challenge: str) -> bytes:
        return json.dumps({"type": type_, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, **response: Any) -> str:
        return json.dumps(
            {"id": encoded(self.id), "rawId": encoded(self.id), "type": "public-key", "response": response}
        )
