"""The pages that show words once: first ones, new passphrase, new sheet, after a loss."""

import pytest
from django.urls import reverse

from cases.staff.roles import Role
from cases.vault import operations, queries
from cases.vault.models import Wrap
from cases.vault.refusals import NotGranted, WrongPassphrase
from tests.vault.colleagues import make_colleague, make_safe, shown_words

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
FIRST, PASSPHRASE, SHEET = "/vault/first/", "/vault/passphrase/", "/vault/sheet/"
LOST, START_OVER = "/vault/lost/", "/vault/lost/start-over/"
EVERY = [FIRST, PASSPHRASE, SHEET, LOST, START_OVER]
GATED = [PASSPHRASE, SHEET, START_OVER]


@pytest.fixture
def nina(client_of):
    return client_of(make_colleague("nina", language="ru"))


@pytest.fixture
def ready(ana, team):
    """Ana, who has just logged in again and is unlocked."""
    ana.login_again()
    ana.unlock(team.of(team.ana))
    return ana


@pytest.mark.parametrize("url", EVERY)
class TestDoors:
    def test_a_stranger_is_asked_to_log_in(self, client, url):
        assert client.get(url).status_code == 302

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
    def test_who_may_not_use_the_vault(self, client_of, team, url, role):
        assert client_of(make_colleague("nina", role)).get(url).status_code == 403

    def test_wrong_method(self, ana, url):
        assert ana.put(url).status_code == 405

    def test_a_plain_submission_is_refused(self, ready, url):
        assert ready.post(url, {"language": "en"}).status_code == 400


@pytest.mark.parametrize("url", GATED)
def test_what_the_vault_refuses_is_said_beside_the_form(ready, settings, url):
    settings.PEPPER_FILE.unlink()

    response = ready.fetch(url, {"language": "en"})

    assert response.status_code == 422
    assert "pepper file" in response.content.decode()
    assert shown_words(response) == []


@pytest.mark.parametrize("url", GATED)
class TestGate:
    def test_the_page_asks_for_the_login_again(self, ana, team, url):
        ana.unlock(team.of(team.ana))

        assert ana.get(url).url.startswith(reverse("account_reauthenticate"))

    def test_a_post_is_sent_to_the_page_and_its_body_kept_nowhere(self, ana, team, url):
        ana.unlock(team.of(team.ana))

        response = ana.fetch(url, {"language": "en", "words": "topsecret"})

        assert response["HX-Redirect"] == url
        assert "topsecret" not in str(dict(ana.session))


@pytest.mark.parametrize("url", [PASSPHRASE, SHEET])
class TestLocked:
    def test_leads_to_the_unlock_and_back(self, ana, url):
        ana.login_again()

        assert ana.get(url).url == f"{reverse('vault:unlock')}?next={url.replace('/', '%2F')}"

    def test_changes_nothing(self, ana, team, url, recorded):
        ana.login_again()

        assert ana.fetch(url, {"language": "en"}).status_code == 204
        assert recorded() == []


class TestFirst:
    def test_offers_the_own_language(self, nina):
        page = nina.get(FIRST).content.decode()

        assert 'value="ru"' in page
        assert shown_words(nina.get(FIRST)) == []

    def test_shows_both_lists_once(self, nina):
        response = nina.fetch(FIRST, {"language": "ru"})

        passphrase, sheet = shown_words(response)
        assert (len(passphrase.split()), len(sheet.split())) == (7, 12)
        assert response["Cache-Control"] == "no-store"
        assert operations.unlock(user=nina.user, passphrase=passphrase).user_id == nina.user.pk

    def test_words_go_into_no_session_and_no_later_page(self, nina):
        passphrase, _ = shown_words(nina.fetch(FIRST, {"language": "ru"}))

        assert passphrase not in str(dict(nina.session))
        assert shown_words(nina.get(FIRST)) == []

    def test_who_has_a_key_is_led_to_the_unlock(self, ana):
        assert ana.get(FIRST).url == reverse("vault:unlock")
        assert ana.fetch(FIRST, {"language": "en"})["HX-Redirect"] == reverse("vault:unlock")

    def test_unknown_language(self, nina):
        assert nina.fetch(FIRST, {"language": "xx"}).status_code == 422
        assert not queries.has_key(nina.user)

    def test_get_changes_nothing(self, nina):
        nina.get(FIRST)

        assert not queries.has_key(nina.user)

    def test_without_pepper_it_says_so(self, nina, settings):
        settings.PEPPER_FILE.unlink()

        response = nina.fetch(FIRST, {"language": "ru"})

        assert response.status_code == 422
        assert "pepper" in response.content.decode()


class TestPassphrase:
    def test_gives_new_words(self, ready, team):
        [words] = shown_words(ready.fetch(PASSPHRASE, {"language": "fr"}))

        assert operations.unlock(user=team.ana, passphrase=words).root == team.of(team.ana).root

    def test_page(self, ready):
        response = ready.get(PASSPHRASE)

        assert response.status_code == 200
        assert shown_words(response) == []

    def test_unknown_language(self, ready, team):
        before = Wrap.objects.get(keyring__user=team.ana, kind="passphrase").created_at

        assert ready.fetch(PASSPHRASE, {"language": "xx"}).status_code == 422
        assert Wrap.objects.get(keyring__user=team.ana, kind="passphrase").created_at == before


class TestSheet:
    def test_gives_a_new_sheet_to_print(self, ready, team):
        response = ready.fetch(SHEET, {"language": "fr"})

        [code] = shown_words(response)
        assert "data-print" in response.content.decode()
        assert len(operations.restore_with_sheet(user=team.ana, code=code).split()) == 7

    def test_page(self, ready):
        assert shown_words(ready.get(SHEET)) == []


class TestLost:
    @pytest.fixture
    def code(self, team):
        return operations.new_sheet(unlocked=team.of(team.ana), by=team.ana, language="en")

    def test_the_sheet_gives_new_words(self, ana, team, code):
        [words] = shown_words(ana.fetch(LOST, {"words": code}))

        assert operations.unlock(user=team.ana, passphrase=words).root == team.of(team.ana).root

    def test_explains_both_ways(self, ana):
        page = ana.get(LOST).content.decode()

        assert "data-passphrase" in page
        assert 'data-count="12"' in page
        assert reverse("vault:start_over") in page

    def test_wrong_sheet(self, ana, code):
        response = ana.fetch(LOST, {"words": "abandon " * 12})

        assert response.status_code == 422
        assert shown_words(response) == []

    def test_the_sixth_wrong_one_ends_the_login(self, ana, code):
        for _ in range(5):
            ana.fetch(LOST, {"words": "abandon " * 12})

        assert ana.fetch(LOST, {"words": code})["HX-Redirect"] == reverse("account_login")
        assert "_auth_user_id" not in ana.session

    def test_who_never_had_words(self, nina):
        assert nina.get(LOST).url == reverse("vault:first")


class TestStartOver:
    def test_says_what_it_costs(self, ready, team):
        make_safe(team.ana)
        make_safe(team.ana, team.boris)

        page = ready.get(START_OVER).content.decode()

        assert "lose access to 2 sealed names" in page
        assert "One of them nobody else can open" in page

    def test_gives_a_new_key_and_asks_the_holders(self, ready, team):
        item = make_safe(team.ana, team.boris).items.get()

        passphrase, _ = shown_words(ready.fetch(START_OVER, {"language": "en"}))

        unlocked = operations.unlock(user=team.ana, passphrase=passphrase)
        with pytest.raises(NotGranted):
            operations.open_item(item=item, reason="x", unlocked=unlocked, by=team.ana)
        assert [request.asker for request in queries.requests_waiting_for(team.boris)] == [team.ana]

    def test_ends_the_unlock(self, ready, team):
        ready.fetch(START_OVER, {"language": "en"})

        own = reverse("vault:colleague_key", args=[team.ana.pk])
        assert "data-until" not in ready.get(own).content.decode()
        with pytest.raises(WrongPassphrase):
            operations.unlock(user=team.ana, passphrase="abandon " * 7)

    def test_get_changes_nothing(self, ready, team):
        ready.get(START_OVER)

        assert queries.keyring_of(team.ana).version == 1

    def test_who_never_had_words(self, nina):
        nina.login_again()

        assert nina.get(START_OVER).url == reverse("vault:first")
