"""A case that is not shared and one that does not exist are answered alike on every page: the same status, the same
body, by the same statements, so that neither words nor time tell that it is there.
"""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.vault import operations as vault
from tests.canary import addresses
from tests.canary.addresses import address, routes
from tests.canary.people import FETCH, WORKS, let_in
from tests.canary.visits import OPENING
from tests.staff.factories import make_person
from tests.vault.colleagues import make_known

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ?"|content=")[\w-]{64}"')
LITERAL = re.compile(r"'(?:[^']|'')*'(?:::\w+)?|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b\d+\b|\bs\d+_x\d+\b")
# The parameters that lead to a case, whatever it is that they name.
OF_A_CASE = {
    "leg_id",
    "claim_id",
    "alarm_id",
    "need_id",
    "referral_id",
    "transfer_id",
    "risk_id",
    "inquiry_id",
    "applicant_id",
    "document_id",
    "scan_id",
    "entry_id",
    "question_id",
    "evidence_id",
    "referee_id",
    "interview_id",
    "conflict_id",
    "task_id",
    "deadline_id",
    "text_id",
    "double_id",
    "change_id",
    "membership_id",
    "consent_id",
    "data_request_id",
}
NUMBERS = {"text_id", "double_id", "change_id", "membership_id"}


@pytest.fixture
def outsider(everything):
    """A colleague with every role that works with cases, of no team, unlocked."""
    user = make_person("Canary Outsider", WORKS)
    words = vault.set_up(user=user, language="en").passphrase
    make_known(user)
    everything.unlocked[user.pk] = vault.unlock(user=user, passphrase=words)
    client = Client(raise_request_exception=False)
    let_in(everything, client, user, unlocked=True)
    client.get("/")
    return client


def parameters(route):
    return {found["name"] for found in addresses.PARAMETER.finditer(route.text)}


def pages():
    return [route for route in routes() if parameters(route) & OF_A_CASE]


def elsewhere(route, world, monkeypatch):
    """The same address about what never was."""
    with monkeypatch.context() as patch:
        for name in OF_A_CASE:
            number = name in NUMBERS
            nothing = lambda world, rows, number=number: 10**6 if number else uuid4()  # noqa: E731
            patch.setitem(addresses.FILLED, name, nothing)
            if f"{route.name}/{name}" in addresses.FILLED:
                patch.setitem(addresses.FILLED, f"{route.name}/{name}", nothing)
        return address(route, world, world.rows[0])


def answer_to(client, method, where, body):
    with CaptureQueriesContext(connection) as queries:
        send = client.post if method == "POST" else client.get
        answer = send(where, body, **FETCH) if method == "POST" else send(where)
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = TOKEN.sub(b"", text).replace(where.encode(), b"")
    statements = [LITERAL.sub("?", one["sql"]) for one in queries]
    return answer.status_code, text, dict(answer.items()).keys(), statements


def test_there_are_many_pages_of_a_case():
    assert len(pages()) > 80
    named = {name for route in routes() for name in parameters(route) if name.endswith("_id")}
    of_no_case = {
        "user_id",
        "team_id",
        "import_id",
        "incident_id",
        "source_id",
        "copy_id",
        "unit_id",
        "filter_id",
        "government_id",
        "provider_id",
        "contact_id",
        "talk_id",
        "group_id",
        "publication_id",
        "submission_id",
        "form_id",
    }
    asked_for = {
        "request_id",
        "announcement_id",
        "breach_id",
        "exposed_id",
        "freeze_id",
        "wish_id",
        "object_id",
        "passkey_id",
    }
    # Waiting for whoever may approve, also of a case that is not shared with that person.
    approved = {"erasure_id", "export_id"}
    assert named - OF_A_CASE - of_no_case - asked_for - approved == set()


def test_what_is_not_shared_looks_like_what_does_not_exist(everything, outsider, monkeypatch):
    different, statuses = [], set()
    for route in pages():
        hidden, missing = (
            address(route, everything, everything.rows[0]),
            elsewhere(route, everything, monkeypatch),
        )
        assert hidden != missing
        for method, body in (("GET", {}), ("POST", {}), ("POST", OPENING)):
            one, other = (answer_to(outsider, method, where, body) for where in (hidden, missing))
            statuses.add(one[0])
            names = ("status", "body", "headers", "statements")
            unlike = [name for name, here, there in zip(names, one, other, strict=True) if here != there]
            if unlike:
                different.append((method, route.text, one[0], other[0], unlike))

    assert different == []
    assert 404 in statuses
    assert 200 not in statuses


def test_a_difference_would_be_seen(everything, outsider):
    """Who may see a case gets another body by other statements: the comparison is no comparison of nothing."""
    inside = Client(raise_request_exception=False)
    let_in(everything, inside, everything.keeper, unlocked=True)
    inside.get("/")
    case = f"/cases/{everything.rows[0].case.pk}/"
    one, other = answer_to(inside, "GET", case, {}), answer_to(outsider, "GET", case, {})

    assert [here == there for here, there in zip(one, other, strict=True)][:2] == [False, False]
    assert one[3] != other[3]
