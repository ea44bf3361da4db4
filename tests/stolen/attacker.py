"""What a thief does with what was stolen. Nothing of the program is called here: rows of a dump, the words of
`docs/threat-model.md` and `ngo/open_dump.py`, and the cryptographic library itself.
"""

import hashlib
import json
import re
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from shamir_mnemonic import MnemonicError, combine_mnemonics

from ngo.open_dump import tables

TABLES = {
    "vault_safe",
    "vault_sealeditem",
    "vault_grant",
    "vault_keyring",
    "vault_wrap",
    "vault_organisationkey",
    "vault_dutyofficer",
    "vault_officerpair",
    "vault_dutylayer",
    "vault_dutyrequest",
    "staff_user",
    "django_session",
    "cache",
}
BYTES = re.compile(r"\\\\x([0-9a-f]*)")
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
RECORD = struct.Struct(">qqqdd")
SYMMETRIC = 3


def info(*parts):
    """What a sealed thing says it is for: each part with its length."""
    encoded = [part if isinstance(part, bytes) else str(part).encode() for part in parts]
    return b"safe-conduct" + b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def raw(column):
    return bytes.fromhex(BYTES.fullmatch(column)[1])


def key_pair(root):
    seeds = HKDFExpand(SHA256(), 96, info("key pair", 1)).derive(root)
    curve = X25519PrivateKey.from_private_bytes(seeds[64:])
    return hpke.MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(seeds[:64]), curve)


def opened(key, about, sealed):
    """What is sealed to a key pair or, where `key` is bytes, under a secret; None if it does not open."""
    try:
        if isinstance(key, bytes):
            if sealed[:1] != bytes([SYMMETRIC]):
                return None
            return AESGCMSIV(key).decrypt(sealed[1:13], sealed[13:], about)
        return SUITE.decrypt(sealed[1:], key, about)
    except (InvalidTag, ValueError):
        return None


@dataclass
class Loot:
    """A dump, and what came with it. `pepper` and `secrets` are those of the configuration."""

    rows: dict[str, list[dict[str, str]]]
    pepper: bytes | None = None
    secrets: list[bytes] = field(default_factory=list)
    memory: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of_dump(cls, path, **more):
        return cls(tables(str(path), TABLES), **more)

    # What a root opens.

    def safes_of_person(self, user_id, root):
        """The roots of the safes that are sealed to a colleague, by safe."""
        keys, found = key_pair(root), {}
        for row in self.rows["vault_grant"]:
            if row["user_id"] == str(user_id):
                about = info("grant", row["content_object_id"], user_id, row["key_version"])
                if inside := opened(keys, about, raw(row["sealed_root"])):
                    found[row["content_object_id"]] = inside
        return found

    def safes_of_organisation(self, root):
        keys, found = key_pair(root), {}
        for row in self.rows["vault_safe"]:
            about = info("organisation wrap", row["id"], row["version"])
            if inside := opened(keys, about, raw(row["organisation_wrap"])):
                found[row["id"]] = inside
        return found

    def contents(self, safes):
        """What lies in safes whose roots are known: the documents, by item."""
        keys, found = {pk: key_pair(root) for pk, root in safes.items()}, {}
        for row in self.rows["vault_sealeditem"]:
            if row["safe_id"] in keys:
                about = info("item", row["safe_id"], row["id"], row["kind"], row["version"])
                if text := opened(keys[row["safe_id"]], about, raw(row["envelope"])):
                    found[row["id"]] = json.loads(text[4 : 4 + int.from_bytes(text[:4], "big")])
        return found

    # Ways to a root.

    def root_behind_words(self, user_id, words, kind="passphrase", pepper=None):
        """The root of a colleague, from words and the pepper; without one, from what a thief would put in its place."""
        pepper = pepper or self.pepper
        salts = [HKDF(SHA256(), 32, None, info("pepper of passphrases")).derive(pepper)] if pepper else []
        salts += [] if pepper else [None, b"", bytes(32), *self.secrets]
        rings = {row["id"]: row for row in self.rows["vault_keyring"] if row["user_id"] == str(user_id)}
        for wrap in self.rows["vault_wrap"]:
            if wrap["keyring_id"] not in rings or wrap["kind"] != kind:
                continue
            argon = Argon2id(
                salt=raw(wrap["salt"]),
                length=32,
                iterations=int(wrap["iterations"]),
                lanes=int(wrap["lanes"]),
                memory_cost=int(wrap["memory_kib"]),
            ).derive(words.lower().encode())
            keys = [HKDF(SHA256(), 32, salt, info("wrap")).derive(argon) for salt in salts]
            about = info("way in", user_id, wrap["version"], kind)
            for key in [*keys, *([] if pepper else [argon])]:
                if root := opened(key, about, raw(wrap["sealed_root"])):
                    return root
        return None

    def roots_in_memory(self, cookies):
        """The roots in the folder of unlocks that any of these cookies open, by colleague."""
        found, boot_key = {}, self.memory.get("boot-key", bytes(32))
        keys = [HKDF(SHA256(), 32, boot_key, info("unlocked")).derive(cookie) for cookie in cookies]
        for name, record in self.memory.items():
            if not name.startswith("unlocked-") or len(record) <= RECORD.size:
                continue
            header, sealed = record[: RECORD.size], record[RECORD.size :]
            for key in keys:
                if root := opened(key, info("unlocked", header), sealed):
                    found[RECORD.unpack(header)[0]] = root
        return found

    def root_of_pair(self, roots):
        """The organisation's root, from the roots of duty officers, by colleague: pairs, and layers that wait."""
        keys = {str(user): key_pair(root) for user, root in roots.items()}
        users = {row["id"]: row["user_id"] for row in self.rows["vault_dutyofficer"]}
        for pair in self.rows["vault_officerpair"]:
            first, second = users[pair["first_id"]], users[pair["second_id"]]
            named = (first, pair["first_version"], second, pair["second_version"])
            inners = [inner for user, inner in self._layers(keys) if user == second]
            if first in keys:
                outer = info("duty officers", "outer", *named)
                inners.append(opened(keys[first], outer, raw(pair["sealed_root"])))
            # Who has one layer only may try each key on what is inside.
            for inner in filter(None, inners):
                for key in keys.values():
                    if root := opened(key, info("duty officers", "inner", *named), inner):
                        return root
        return None

    def _layers(self, keys):
        requests = {row["id"]: row for row in self.rows["vault_dutyrequest"]}
        for layer in self.rows["vault_dutylayer"]:
            asked, officer = requests[layer["request_id"]], layer["officer_id"]
            safe = "" if asked["safe_id"] == "\\N" else asked["safe_id"]
            said = (asked["kind"], asked["asker_id"], asked["colleague_id"], safe, asked["reason"])
            if officer in keys:
                about = info("duty request", asked["id"], officer, *said)
                yield officer, opened(keys[officer], about, raw(layer["sealed"]))

    # Trying everything there is.

    def candidates(self):
        """Everything of 32 bytes in the loot, and what follows from the rest by the plainest ways."""
        found = {bytes(32), bytes([255]) * 32, *filter(None, [self.pepper]), *self.secrets}
        for rows in self.rows.values():
            for row in rows:
                for column in row.values():
                    value = raw(column) if BYTES.fullmatch(column) else column.encode()
                    found.add(value[:32] if len(value) >= 32 else hashlib.sha256(value).digest())
                    found |= {value[-32:]} if len(value) > 32 else set()
        for value in self.memory.values():
            found |= {value[place : place + 32] for place in range(max(1, len(value) - 31))}
        found |= {HKDF(SHA256(), 32, None, info("wrap")).derive(one) for one in (self.secrets or [b""])}
        return sorted(one for one in found if len(one) == 32)

    def safes_by_trying(self, candidates):
        """Each candidate as the root of the organisation, of each safe, and under each sealed thing."""
        found = {}
        wraps = self.rows["vault_wrap"]
        rings = {row["id"]: row["user_id"] for row in self.rows["vault_keyring"]}
        for one in candidates:
            public = _public(one)
            for row in self.rows["vault_safe"]:
                if public == raw(row["public_key"])[1:]:
                    found[row["id"]] = one
            if any(public == raw(row["public_key"])[1:] for row in self.rows["vault_organisationkey"]):
                found |= self.safes_of_organisation(one)
            for row in self.rows["vault_keyring"]:
                if public == raw(row["public_key"])[1:]:
                    found |= self.safes_of_person(row["user_id"], one)
            for wrap in wraps:
                about = info("way in", rings[wrap["keyring_id"]], wrap["version"], wrap["kind"])
                if root := opened(one, about, raw(wrap["sealed_root"])):
                    found |= self.safes_of_person(rings[wrap["keyring_id"]], root)
        return found


def _public(root):
    """The raw public halves: whose private half this is, shows without opening anything."""
    seeds = HKDFExpand(SHA256(), 96, info("key pair", 1)).derive(root)
    lattice = MLKEM768PrivateKey.from_seed_bytes(seeds[:64]).public_key().public_bytes_raw()
    return lattice + X25519PrivateKey.from_private_bytes(seeds[64:]).public_key().public_bytes_raw()


def root_of_shares(papers):
    """The organisation's root as far as these shares give it: too few are refused, and forced together anyway."""
    try:
        return combine_mnemonics(papers)
    except MnemonicError:
        return None
