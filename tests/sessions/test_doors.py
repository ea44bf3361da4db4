"""Every address of the resolver: nothing is changed by looking, nor by a form that comes from elsewhere."""

import re

import pytest
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.canary.addresses import every_address, routes
from tests.canary.people import VISITORS, let_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# The session that each request renews, and what counts tries at the login.
KEPT_BY_ALL = {"django_session", "cache"}
# What a page writes by being looked at, each with its reason.
KEPT_BY = {
    "desk:audit": {"audit_entry"},  # reading the log is recorded
    "desk:export": {"audit_entry"},  # so is taking a list out of the program
    "desk:workbook": {"audit_entry"},
    "desk:paper": {"audit_entry"},
    "relocation:paper_en": {"audit_entry"},  # and a dossier
    "relocation:paper_fr": {"audit_entry"},
}


@pytest.fixture
def browsers(everything):
    """Who may do most with cases, who with the panel, and who reads the log; each asks for its forms with a token."""
    names = ("granted and unlocked", "administrator and superuser", "auditor")
    found = []
    for visitor in VISITORS:
        if visitor.name in names:
            client = Client(enforce_csrf_checks=True, raise_request_exception=False)
            let_in(everything, client, everything.visitors[visitor.name], unlocked=visitor.unlocked)
            found.append(client)
    return found


def test_no_address_is_left_out_of_the_check_for_tokens():
    assert [route.text for route in routes() if getattr(route.pattern.callback, "csrf_exempt", False)] == []


def written(client, method, address, **headers):
    """The tables that one request writes to, and the answer."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.generic(method, address, **headers)
    return {found[1] for one in queries if (found := WRITES.match(one["sql"]))} - KEPT_BY_ALL, answer


def test_a_form_without_or_with_a_foreign_token_is_refused_everywhere(everything, browsers):
    [client, *_others] = browsers
    client.get("/")
    foreign, asked = _get_new_csrf_string(), 0
    assert client.cookies["csrf"].value != foreign
    for _route, address in every_address(everything, everything.rows[0]):
        for method, token in (("POST", {}), ("POST", {"HTTP_X_CSRFTOKEN": foreign}), ("DELETE", {})):
            tables, answer = written(client, method, address, HTTP_HX_REQUEST="true", **token)
            asked += 1
            assert (answer.status_code, tables) == (403, set()), f"{method} {address}"

    assert asked > 700


def test_the_same_form_with_its_own_token_gets_further(everything, browsers):
    """Otherwise the test above would pass if everything were refused for another reason."""
    [client, *_others] = browsers
    client.get("/")
    token = {"HTTP_X_CSRFTOKEN": client.cookies["csrf"].value, "HTTP_HX_REQUEST": "true"}
    addresses = every_address(everything, everything.rows[0])
    passed = [
        route for route, address in addresses if client.post(address, **token).status_code in (200, 204, 422)
    ]

    assert len(passed) > 40


def test_looking_changes_nothing(everything, browsers):
    wrong, looked = set(), 0
    for client in browsers:
        for route, address in every_address(everything, everything.rows[0]):
            tables, answer = written(client, "GET", address)
            looked += answer.status_code == 200
            if more := tables - KEPT_BY.get(route.name, set()):
                wrong.add((route.name, *sorted(more)))

    assert sorted(wrong) == []
    assert looked > 150


def test_a_page_that_changes_by_looking_would_be_found(everything, browsers):
    """What a page writes that may write by being looked at is seen: it is let through by name alone."""
    assert written(browsers[0], "GET", reverse("desk:export"))[0] == KEPT_BY["desk:export"]
