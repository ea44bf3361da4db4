"""An authenticator in software: makes credentials, signs, counts, and computes the PRF as CTAP's hmac-secret does."""

import hashlib
import hmac
import json
import secrets
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    def __init__(self, origin="https://testserver", verifies=True):
        self.origin, self.verifies = origin, verifies
        self.key, self.seed = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32)
        self.credential_id, self.count = secrets.token_bytes(16), 0

    def create(self, options):
        """Answer to what the server asks of a new credential, and the 32 bytes that go beside it."""
        options = options["publicKey"]
        attested = AttestedCredentialData.create(
            b"\0" * 16, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = self._data(options["rp"]["id"], ATTESTED, attested)
        response = {
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            "clientDataJSON": self._said("webauthn.create", options["challenge"]),
        }
        return self._answer(response), self.secret(options["extensions"]["prf"]["eval"]["first"])

    def get(self, options):
        options = options["publicKey"]
        data = self._data(options["rpId"])
        said = self._said("webauthn.get", options["challenge"])
        signed = bytes(data) + hashlib.sha256(websafe_decode(said)).digest()
        response = {
            "authenticatorData": websafe_encode(data),
            "clientDataJSON": said,
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(SHA256()))),
        }
        salts = options["extensions"]["prf"]["evalByCredential"]
        salt = salts.get(websafe_encode(self.credential_id), {}).get("first", "AAAA")
        return self._answer(response), self.secret(salt)

    def secret(self, salt):
        computed = hmac.digest(
            self.seed, hashlib.sha256(b"WebAuthn PRF\0" + websafe_decode(salt)).digest(), "sha256"
        )
        return websafe_encode(computed)

    def _data(self, rp_id, flags=0, attested=b""):
        self.count += 1
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        rp_hash = hashlib.sha256(rp_id.encode()).digest()
        return AuthenticatorData(rp_hash + struct.pack(">BI", flags, self.count) + bytes(attested))

    def _said(self, kind, challenge):
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return websafe_encode(json.dumps(said).encode())

    def _answer(self, response):
        name = websafe_encode(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
