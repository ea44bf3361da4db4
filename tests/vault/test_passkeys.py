"""Ana unlocks with an authenticator; it opens her vault and nobody else's, and only as an answer to the question just put."""

import json

import pytest
from django.test import RequestFactory
from django.urls import reverse

from cases.staff.models import Announcement
from cases.staff.operations import freeze
from cases.staff.partings import AFTER_LOSS
from cases.vault import operations, unlock
from cases.vault.models import Keyring, VaultPasskey
from cases.vault.operations.passkeys import MOST_PASSKEYS
from cases.vault.refusals import TooManyTries
from tests.scanner import leaks
from tests.vault.authenticator import Authenticator
from tests.vault.colleagues import Browser

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
UNLOCK, PASSKEYS = "/vault/unlock/", "/vault/passkeys/"


def browser(person, unlocked=None):
    client = Browser(person)
    client.login_again()
    if unlocked:
        client.unlock(unlocked)
    return client


def ask(client, name):
    answer = client.fetch(reverse(f"vault:{name}"))
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def send(client, url, answer, secret, **more):
    sent = {"answer": answer, "secret": secret, **more}
    return client.fetch(url, sent)


def add(team, person, device, name="laptop"):
    client = browser(person, team.of(person))
    answer, secret = device.create(ask(client, "passkey_question"))
    return send(client, PASSKEYS, answer, secret, name=name)


def try_unlock(client, device):
    answer, secret = device.get(ask(client, "unlock_question"))
    return send(client, f"{UNLOCK}passkey/", answer, secret)


def is_unlocked(client):
    return "vault-key" in "".join(client.cookies)


@pytest.fixture
def device(team):
    """Ana's, added."""
    device = Authenticator()
    assert add(team, team.ana, device).status_code == 204
    return device


class TestUnlocking:
    def test_it_opens_what_the_words_open(self, team, device, item):
        client = browser(team.ana)
        answer = try_unlock(client, device)
        request = RequestFactory().get("/")
        request.user = team.ana
        request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
        unlocked = unlock.current(request)

        assert answer.headers["HX-Redirect"] == "/"
        assert operations.open_item(item=item, reason="x", unlocked=unlocked, by=team.ana)["name"]
        assert VaultPasskey.objects.get().used_at

    def test_the_same_answer_opens_once(self, team, device):
        client = browser(team.ana)
        answer, secret = device.get(ask(client, "unlock_question"))
        assert send(client, f"{UNLOCK}passkey/", answer, secret).status_code == 204

        assert send(client, f"{UNLOCK}passkey/", answer, secret).status_code == 422
        ask(client, "unlock_question")
        assert send(client, f"{UNLOCK}passkey/", answer, secret).status_code == 422

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda device: setattr(device, "origin", "https://elsewhere.invalid"),
            lambda device: setattr(device, "verifies", False),
            lambda device: setattr(device, "count", -1),
            lambda device: setattr(device, "key", Authenticator().key),
            lambda device: setattr(device, "seed", b"0" * 32),
            lambda device: setattr(device, "credential_id", b"0" * 16),
        ],
        ids=["another origin", "nobody verified", "a copy", "another key", "another secret", "unknown"],
    )
    def test_what_does_not_answer_as_it_should_opens_nothing(self, team, device, spoil, recorded):
        spoil(device)
        client = browser(team.ana)
        answer = try_unlock(client, device)

        assert answer.status_code == 422
        assert "did not answer as it should" in answer.content.decode()
        assert not is_unlocked(client)
        assert recorded()[-1] == "vault.unlock_failed"

    def test_it_does_not_open_the_vault_of_another(self, team, device):
        assert add(team, team.boris, Authenticator()).status_code == 204

        assert try_unlock(browser(team.boris), device).status_code == 422

    def test_rows_that_were_swapped_open_nothing(self, team, device):
        other = Authenticator()
        add(team, team.boris, other)
        ana, boris = VaultPasskey.objects.order_by("keyring__user__username")
        for one, another in ((ana, boris), (boris, ana)):
            VaultPasskey.objects.filter(pk=one.pk).update(sealed_root=bytes(another.sealed_root))

        assert try_unlock(browser(team.ana), device).status_code == 422
        assert try_unlock(browser(team.boris), other).status_code == 422

    def test_another_pepper_opens_nothing(self, team, device, settings):
        settings.PEPPER_FILE.write_bytes(b"0" * len(settings.PEPPER_FILE.read_bytes()))

        assert try_unlock(browser(team.ana), device).status_code == 422

    def test_tries_are_counted_with_those_of_the_words(self, team, device):
        words = operations.change_passphrase(unlocked=team.of(team.ana), by=team.ana, language="en")
        device.seed = b"0" * 32
        client = browser(team.ana)
        for _again in range(5):
            assert try_unlock(client, device).status_code == 422
        answer = try_unlock(client, device)

        assert answer.headers["HX-Redirect"] == "/login/"
        with pytest.raises(TooManyTries):
            operations.unlock(user=team.ana, passphrase=words)

    def test_who_is_frozen_is_not_even_asked(self, team, device):
        client = browser(team.ana)
        freeze(user=team.ana, kind="lost", reason="stolen", by=team.boris)

        answer = client.post(reverse("vault:unlock_question"), headers={"HX-Request": "true"})
        assert answer.status_code in (302, 401)


class TestAdding:
    def test_nothing_of_it_can_be_read(self, team, device):
        row = VaultPasskey.objects.values().get()
        secret = device.secret("AAAA").encode()

        assert leaks([secret.decode(), device.seed.hex()], repr(row).encode()) == []
        assert Announcement.objects.get(code="passkey_added").to == team.ana

    def test_the_answer_to_another_question_adds_nothing(self, team):
        device = Authenticator()
        client = browser(team.ana, team.of(team.ana))
        answer, secret = device.create(ask(client, "passkey_question"))
        ask(client, "passkey_question")

        refused = send(client, PASSKEYS, answer, secret, name="x")
        assert refused.status_code == 422
        assert 'value="x"' in refused.content.decode()
        assert send(client, PASSKEYS, answer, secret, name="x").status_code == 422
        assert not VaultPasskey.objects.exists()

    @pytest.mark.parametrize(
        ("answer", "secret"), [("{}", "AAAA"), ("[]", "AAAA"), ("no", "AAAA"), ("{}", "%")]
    )
    def test_broken_answers_are_refused(self, team, answer, secret):
        client = browser(team.ana, team.of(team.ana))
        ask(client, "passkey_question")

        assert send(client, PASSKEYS, answer, secret, name="x").status_code == 422

    def test_locked_nothing_is_added(self, team):
        client = browser(team.ana)

        assert client.fetch(reverse("vault:passkey_question")).status_code == 409
        assert send(client, PASSKEYS, "{}", "AAAA", name="x").headers["HX-Redirect"].startswith(UNLOCK)

    def test_without_a_name_the_field_says_so(self, team):
        refused = send(browser(team.ana, team.of(team.ana)), PASSKEYS, "", "")

        assert refused.status_code == 422
        assert "passkey-add" in refused.content.decode()

    def test_six_are_too_many(self, team, device):
        for number in range(MOST_PASSKEYS - 1):
            assert add(team, team.ana, Authenticator(), name=str(number)).status_code == 204

        assert "five passkeys" in add(team, team.ana, Authenticator()).content.decode()


class TestEnding:
    def test_removed_it_opens_nothing(self, team, device):
        client = browser(team.ana)
        passkey = VaultPasskey.objects.get()
        other = browser(team.boris)
        url = reverse("vault:remove_passkey", args=[passkey.pk])

        assert other.post(url).status_code == 404
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == 302
        assert try_unlock(client, device).status_code == 422
        assert Announcement.objects.get(code="passkey_removed").to == team.ana

    def test_a_new_key_ends_it(self, team, device):
        operations.start_over(user=team.ana, language="en")

        assert not VaultPasskey.objects.exists()
        assert try_unlock(browser(team.ana), device).status_code == 422

    def test_a_loss_that_was_confirmed_ends_it(self, team, device):
        for follow in AFTER_LOSS:
            follow(team.ana, team.boris)

        assert not VaultPasskey.objects.exists()

    def test_a_row_of_an_earlier_key_is_not_offered(self, team, device):
        """Somebody writes it back into the database."""
        Keyring.objects.filter(user=team.ana).update(version=2)

        assert try_unlock(browser(team.ana), device).status_code == 422

    def test_where_it_is_not_allowed_nothing_is_offered_and_nothing_opens(self, team, device, settings):
        question = ask(client := browser(team.ana), "unlock_question")
        answer, secret = device.get(question)
        settings.VAULT = settings.VAULT | {"passkeys": False}

        assert "with words only" in send(client, f"{UNLOCK}passkey/", answer, secret).content.decode()
        assert "vault-passkey" not in client.get(UNLOCK).content.decode()
        assert "with words only" in add(team, team.ana, Authenticator()).content.decode()
