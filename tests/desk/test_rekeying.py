import re

import pytest

from cases.applicants.models import Applicant
from cases.staff.operations import deactivate
from cases.vault import operations as vault
from cases.vault.due import due_safes
from cases.vault.models import Grant, Safe
from tests.desk.cases import TOKENS, take_in, text_of
from tests.scanner import leaks
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
URL = "/vault/anew/"
START = {"total": "2", "done": "0", "failed": "0", "last": ""}


@pytest.fixture
def due(world):
    """Claire and Ana hold the name and the account of one case; Olga could open both until a moment ago."""
    case = take_in(world)
    unlocked = vault.unlock(user=world.people["claire"], passphrase=world.words["claire"])
    for safe in (case.identity_safe, case.account_safe):
        olga, claire = world.people["olga"], world.people["claire"]
        vault.give_access(safe=safe, to=olga, unlocked=unlocked, by=claire, reason="x")
        vault.revoke_access(safe=safe, of=olga, by=claire, reason="x")
    return case


def test_the_desk_and_the_vault_say_how_much_is_due(world, due):
    client = visit(world, "ana")

    assert "2 sealed parts are to be sealed anew" in text_of(client.get("/"))
    page = client.get("/vault/")
    assert "To be sealed anew" in text_of(page)
    assert "Unlock to seal anew" in text_of(page)
    assert b"load delay" not in page.content


def test_unlocked_the_page_begins_by_itself(world, due):
    page = visit(world, "ana", unlocked=True).get("/vault/")

    assert b'hx-trigger="load delay:200ms, submit"' in page.content
    assert "Seal anew" in text_of(page)


def test_not_for_who_cannot_open_it(world, due):
    client = visit(world, "olga", unlocked=True)

    assert "sealed anew" not in text_of(client.get("/"))
    assert "To be sealed anew" not in text_of(client.get("/vault/"))
    client.post(URL, START, **FETCH)
    assert due_safes().count() == 2


def test_a_step_does_it_and_says_so(world, due):
    answer = visit(world, "ana", unlocked=True).post(URL, START, **FETCH)

    assert answer.status_code == 200
    assert "2 sealed parts were sealed anew" in text_of(answer)
    assert b"hx-trigger" not in answer.content
    assert not due_safes().exists()
    assert set(
        Safe.objects.filter(pk__in=[due.identity_safe_id, due.account_safe_id]).values_list(
            "version", flat=True
        )
    ) == {2}


def test_what_takes_longer_goes_on_in_the_next_step(world, due, monkeypatch):
    monkeypatch.setattr(
        "cases.desk.views.rekeying.rekey_step", lambda **kwargs: vault.rekey_step(**kwargs, seconds=0)
    )
    client = visit(world, "ana", unlocked=True)
    first = client.post(URL, START, **FETCH)

    assert "1 / 2" in text_of(first)
    assert b"load delay" in first.content
    sent = dict(re.findall(r'name="(total|done|failed|last)" value="([^"]*)"', first.content.decode()))
    second = client.post(URL, sent, **FETCH)
    assert "2 sealed parts were sealed anew" in text_of(second)
    assert not due_safes().exists()


def test_locked_nothing_happens(world, due):
    answer = visit(world, "ana").post(URL, START, **FETCH)

    assert answer.status_code == 422
    assert "Your vault is locked" in text_of(answer)
    assert b"hx-trigger" not in answer.content
    assert due_safes().count() == 2


def test_what_does_not_open_is_said_and_stops_nothing(world, due):
    Grant.objects.filter(content_object=due.account_safe, user=world.people["ana"]).update(key_version=7)
    answer = visit(world, "ana", unlocked=True).post(URL, START, **FETCH)

    assert "1 sealed part was sealed anew" in text_of(answer)
    assert "1 sealed part does not open and was left as it was" in text_of(answer)


def test_without_script_it_leads_back(world, due):
    answer = visit(world, "ana", unlocked=True).post(URL, START)

    assert (answer.status_code, answer["Location"]) == (302, "/vault/")
    assert not due_safes().exists()


@pytest.mark.parametrize("sent", [{}, START | {"total": "-1"}, START | {"last": "x"}])
def test_what_no_page_sends(world, due, sent):
    assert visit(world, "ana", unlocked=True).post(URL, sent, **FETCH).status_code == 400


def test_only_by_post(world, due):
    assert visit(world, "ana", unlocked=True).get(URL).status_code == 405


def test_no_name_stands_anywhere(world, due):
    client = visit(world, "ana", unlocked=True)
    seen = [client.get("/").content, client.get("/vault/").content, client.post(URL, START, **FETCH).content]

    assert leaks(TOKENS, b"".join(seen).decode()) == []


def test_a_closed_account_makes_it_due_for_the_others(world):
    take_in(world)
    case = Applicant.objects.get()
    deactivate(user=world.people["claire"], by=world.people["mira"])

    assert due_safes().count() == 2
    visit(world, "ana", unlocked=True).post(URL, START, **FETCH)
    assert set(case.identity_safe.grants.values_list("user__username", flat=True)) == {"ana"}
