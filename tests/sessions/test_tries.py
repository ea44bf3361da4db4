"""Passphrases tried at the same moment, in real threads on connections of their own."""

import pytest

from cases.vault import operations as vault
from cases.vault.models import Keyring
from cases.vault.operations.keys import MOST_TRIES
from cases.vault.refusals import Busy, Refused, TooManyTries, WrongPassphrase
from tests.vault.test_rekeying_races import at_once
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WRONG = "abandon ability able about above absent absorb"
HUNDRED = 100


@pytest.fixture
def patient(monkeypatch):
    """Every thread gets its turn: what counts here is the counting, not the queue before the work."""
    monkeypatch.setattr("cases.vault.operations.keys.stretch", lambda secret, cost, user_id: bytes(32))


def tries(world, number, each=1):
    """What `number` threads were answered, each asking so often: a server takes a hundred connections at most."""
    user, answers = world.people["claire"], []

    def ask():
        for _ in range(each):
            try:
                vault.unlock(user=user, passphrase=WRONG)
            except Refused as refusal:
                answers.append(type(refusal))

    assert at_once(*[ask] * number) == []
    return answers


def test_a_hundred_at_once_count_as_a_hundred(small, patient):
    answers = tries(small, HUNDRED // 2, each=2)

    assert answers.count(WrongPassphrase) == MOST_TRIES
    assert answers.count(TooManyTries) == HUNDRED - MOST_TRIES


def test_counted_after_the_work_they_would_not(small, patient, monkeypatch):
    """Planted: read first, written afterwards, as one would do it without thinking."""

    def read_then_write(keyring, user):
        known = Keyring.objects.get(pk=keyring.pk).tries
        if known >= MOST_TRIES:
            raise TooManyTries
        Keyring.objects.filter(pk=keyring.pk).update(tries=known + 1)

    monkeypatch.setattr("cases.vault.operations.keys.count_try", read_then_write)

    assert tries(small, 30).count(WrongPassphrase) > MOST_TRIES


def test_with_the_real_work_nobody_gets_more_tries_than_five(small):
    """Who finds no turn has not tried, and none of the others comes past the count."""
    faults = tries(small, 20)

    assert faults.count(WrongPassphrase) <= MOST_TRIES
    assert set(faults) <= {WrongPassphrase, TooManyTries, Busy}
    assert len(faults) == 20


def test_the_sixth_wrong_one_ends_the_login_in_every_browser(small):
    client, other = visit(small, "claire"), visit(small, "claire")
    for _ in range(5):
        assert client.post("/vault/unlock/", {"words": WRONG}, **FETCH).status_code == 422
    assert other.get("/").status_code == 200

    client.post("/vault/unlock/", {"words": WRONG}, **FETCH)

    assert client.get("/").status_code == 302
