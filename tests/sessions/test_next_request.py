"""What is taken away holds from the next request on, in a browser that is logged in and unlocked."""

import pytest
from django.urls import reverse

from cases.staff import operations as staff
from cases.vault import operations as vault
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def open_name(client, world):
    """The answer to opening the name of the one case."""
    url = reverse("applicants:open_name", args=[world.case.pk])
    answer = client.post(url, {"reason": "contact", "words": "to call back"}, **FETCH)
    return answer.status_code, "Зимин" in answer.content.decode()


def revoke(world):
    """Olga is let in, so that two remain who can open it."""
    ana = world.people["ana"]
    applicants_safe = world.case.identity_safe
    unlocked = vault.unlock(user=ana, passphrase=world.words["ana"])
    vault.give_access(safe=applicants_safe, to=world.people["dora"], unlocked=unlocked, by=ana, reason="x")
    vault.revoke_access(safe=applicants_safe, of=world.people["claire"], by=ana, reason="x")


def freeze(world):
    staff.freeze(user=world.people["claire"], kind="arrested", reason="searched", by=world.people["ana"])


def close(world):
    staff.make_team(name="Others", by=None)
    staff.deactivate(user=world.people["claire"], by=world.people["mira"])


def lock(world):
    vault.lock(user=world.people["claire"])


def start_over(world):
    vault.start_over(user=world.people["claire"], language="en")


@pytest.mark.parametrize(
    ("happens", "status"), [(revoke, None), (freeze, 401), (close, 401), (lock, None), (start_over, None)]
)
def test_holds_from_the_next_request_on(small, happens, status):
    client = visit(small, "claire", unlocked=True)
    assert open_name(client, small) == (200, True)

    happens(small)

    after = open_name(client, small)
    assert after[1] is False
    assert status in (None, after[0])


def test_until_then_it_goes_on(small):
    """Planted: nothing happens to Claire, though the same happens to Ana."""
    client = visit(small, "claire", unlocked=True)
    staff.freeze(user=small.people["ana"], kind="arrested", reason="searched", by=small.people["olga"])

    assert open_name(client, small) == (200, True)


def test_a_new_password_or_factor_ends_the_unlock_of_every_browser(small):
    """Both raise the epoch, and end the other logins: tests/staff/test_login.py."""
    client, other = visit(small, "claire", unlocked=True), visit(small, "claire")
    other.cookies["vault-key"] = client.cookies["vault-key"].value
    assert open_name(other, small) == (200, True)

    staff.raise_epoch(user=small.people["claire"])

    assert open_name(client, small)[1] is open_name(other, small)[1] is False
