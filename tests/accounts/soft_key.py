"""A passkey device made of a few lines: it signs what a page asks, as a browser would hand it over."""

from __future__ import annotations

import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost:8000"
FLAG = AuthenticatorData.FLAG


class SoftKey:
    """One device with one key; `verifies` says whether it asks for a finger or a PIN."""

    def __init__(self, *, origin: str = ORIGIN, site: str = "localhost", verifies: bool = True) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.origin, self.site = origin, site
        self.flags = FLAG.UP | (FLAG.UV if verifies else FLAG(0))
        self.owner = ""

    def create(self, options: dict) -> str:
        """What a browser answers when it is asked for a new passkey."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.private.public_key())
        attested = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        about = AuthenticatorData.create(sha256(self.site.encode()), self.flags | FLAG.AT, 0, attested)
        response = {"attestationObject": websafe_encode(AttestationObject.create("none", about, {}))}
        return self._answer("webauthn.create", asked["challenge"], response)

    def get(self, options: dict) -> str:
        """What a browser answers when it is asked to sign in."""
        about = AuthenticatorData.create(sha256(self.site.encode()), self.flags, 1)
        challenge = options["publicKey"]["challenge"]
        signed = about + sha256(self._client_words("webauthn.get", challenge))
        response = {
            "authenticatorData": websafe_encode(about),
            "signature": websafe_encode(self.private.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": self.owner,
        }
        return self._answer("webauthn.get", challenge, response)

    def _client_words(self, kind: str, challenge: str) -> bytes:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, kind: str, challenge: str, response: dict) -> str:
        response["clientDataJSON"] = websafe_encode(self._client_words(kind, challenge))
        name = websafe_encode(self.id)
        extensions = {"credProps": {"rk": True}} if kind == "webauthn.create" else {}
        answer = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**answer, "clientExtensionResults": extensions})
