"""The other half: who holds a key and is unlocked reads everything, each time with one audit row committed before."""

import base64
import re
from contextlib import contextmanager

from django.db import connections
from django.urls import reverse

from cases.vault.operations import opening
from tests.canary import papers
from tests.canary.people import FETCH
from tests.canary.tokens import ACCOUNT, token

REASON = {"reason": "contact", "words": "to call back"}
IDENTITY = ("family_name", "given_name", "latin_name", "other_names", "birth_place")


def names_of(rows):
    return reverse("applicants:open_name", args=[rows.case.pk]), IDENTITY


def card_of(rows):
    return reverse("applicants:contact_card", args=[rows.case.pk]), ("phone", "address", "handle")


def to_correct(rows):
    return reverse("applicants:identity_open", args=[rows.case.pk]), (*IDENTITY, "patronymic")


def account_of(rows):
    return reverse("vetting:service_open", args=[rows.case.pk]), ACCOUNT


def number_of(rows):
    return reverse("documents:open_number", args=[rows.scan.document_id]), ("number",)


def scan_of(rows):
    return reverse("documents:scan_open", args=[rows.scan.document_id, rows.scan.pk]), ("scan_name",)


def original_of(rows):
    return reverse("documents:scan_original", args=[rows.scan.document_id, rows.scan.pk]), None


OPENINGS = (names_of, card_of, to_correct, account_of, number_of, scan_of, original_of)


@contextmanager
def watched():
    """Yield a list that is told, at each first decryption, how many rows of openings were committed by then."""
    seen, real = [], opening._opened_safe

    def told(*arguments):
        seen.append(committed())
        return real(*arguments)

    opening._opened_safe = told
    try:
        yield seen
    finally:
        opening._opened_safe = real


def committed():
    """Asked on a connection of its own, which sees only what is committed."""
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_entry WHERE action LIKE 'vault.opened%%'")
            return cursor.fetchone()[0]
    finally:
        other.close()


def faults_of(client, rows, what):
    """What is wrong with one opening: tokens that are missing, a wrong number of rows, a row that came too late."""
    address, fields = what(rows)
    before = committed()
    with watched() as seen:
        answer = client.post(address, REASON, **FETCH)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    faults = [] if answer.status_code == 200 else [f"answered {answer.status_code}"]
    if fields is None:
        faults += [] if body == papers.scan(rows.person) else ["is not the file that was sent"]
    else:
        faults += [
            f"{name} cannot be read" for name in fields if token(rows.person, name) not in body.decode()
        ]
    if what is scan_of and not any(base64.b64decode(one)[:2] == b"\xff\xd8" for one in _pictures(body)):
        faults.append("shows no picture")
    if (rows_written := committed() - before) != 1:
        faults.append(f"{rows_written} audit rows")
    if not seen or seen[0] != before + 1:
        faults.append("decrypted before its audit row was committed")
    return [f"{what.__name__}, person {rows.person}: {fault}" for fault in faults]


def _pictures(body):
    return re.findall(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", body.decode())
