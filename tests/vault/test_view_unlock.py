import pytest
from django.urls import reverse

from cases.audit.models import Entry
from cases.staff.models import Organisation
from cases.staff.roles import Role
from cases.vault import operations
from cases.vault.models import Keyring
from tests.vault.colleagues import make_colleague

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
URL = "/vault/unlock/"
WRONG = " ".join(["abandon"] * 7)


@pytest.fixture
def words(team):
    return operations.change_passphrase(unlocked=team.of(team.ana), by=team.ana, language="fr")


def vault_key(client):
    morsel = client.cookies.get("vault-key")
    return morsel.value if morsel else ""


class TestPage:
    def test_asks_for_seven_words_with_completion(self, ana, words):
        page = ana.get(URL).content.decode()

        assert "data-passphrase" in page
        assert "words/fr" in page
        assert 'data-count="7"' in page
        assert 'hx-post="/vault/unlock/"' in page

    def test_get_changes_nothing(self, ana, words, recorded):
        ana.get(URL)

        assert (recorded(), vault_key(ana)) == ([], "")

    def test_before_set_up_leads_to_the_first_words(self, client_of, team):
        nina = client_of(make_colleague("nina"))

        assert nina.get(URL).url == reverse("vault:first")

    def test_a_stranger_is_asked_to_log_in(self, client):
        assert client.get(URL).status_code == 302

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, None])
    def test_who_may_not_use_the_vault(self, client_of, team, role):
        outsider = client_of(make_colleague("nina", role, is_superuser=True))

        assert outsider.get(URL).status_code == 403
        assert outsider.fetch(URL, {"words": WRONG}).status_code == 403

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_wrong_method(self, ana, method):
        assert getattr(ana, method)(URL).status_code == 405


class TestUnlocking:
    def test_right_words_unlock(self, ana, words):
        response = ana.fetch(URL, {"words": words})

        assert (response.status_code, response["HX-Redirect"]) == (204, reverse("desk:home"))
        assert vault_key(ana)
        assert Entry.objects.latest("id").action == "vault.unlocked"

    def test_and_lead_back_to_where_one_was(self, ana, words):
        response = ana.fetch(URL + "?next=/cases/%3Fstage%3Dintake", {"words": words})

        assert response["HX-Redirect"] == "/cases/?stage=intake"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_but_never_elsewhere(self, ana, words, elsewhere):
        response = ana.fetch(f"{URL}?next={elsewhere}", {"words": words})

        assert response["HX-Redirect"] == reverse("desk:home")

    def test_the_header_says_it_on_every_page(self, ana, words):
        own = reverse("vault:colleague_key", args=[ana.user.pk])
        assert "data-until" not in ana.get(own).content.decode()

        ana.fetch(URL, {"words": words})

        assert "data-until" in ana.get(own).content.decode()

    def test_the_secret_lives_in_the_cookie_only(self, ana, words):
        ana.fetch(URL, {"words": words})

        assert vault_key(ana) not in str(dict(ana.session))
        assert words not in str(dict(ana.session))


class TestRefusals:
    def test_a_plain_submission_is_refused(self, ana, words):
        response = ana.post(URL, {"words": words})

        assert (response.status_code, vault_key(ana)) == (400, "")

    def test_wrong_words(self, ana, words):
        response = ana.fetch(URL, {"words": WRONG.replace("abandon", "abaisser")})

        assert (response.status_code, vault_key(ana)) == (422, "")
        assert "do not open your vault" in response.content.decode()
        assert "Please look at this:" in response.content.decode()
        assert "Not saved yet. Please" not in response.content.decode()

    def test_a_typing_error_is_named_by_its_place(self, ana, words):
        response = ana.fetch(URL, {"words": "abaisser xyzzy " + "abaisser " * 5})

        assert response.status_code == 422
        assert "Word 2 is not in the list" in response.content.decode()

    def test_what_was_typed_is_not_printed_back(self, ana, words):
        typed = "abaisser xyzzy topsecret"

        assert not {"xyzzy", "topsecret"} & set(ana.fetch(URL, {"words": typed}).content.decode().split())

    def test_nothing_typed(self, ana, words):
        assert ana.fetch(URL, {"words": ""}).status_code == 422

    def test_the_sixth_wrong_one_ends_the_login(self, ana, words):
        for _ in range(5):
            assert ana.fetch(URL, {"words": "abaisser " * 7}).status_code == 422

        response = ana.fetch(URL, {"words": words})

        assert response["HX-Redirect"] == reverse("account_login")
        assert response["Clear-Site-Data"] == '"cache"'
        assert "_auth_user_id" not in ana.session
        assert Keyring.objects.get(user=ana.user).tries == 5

    def test_without_pepper_it_says_so(self, ana, words, settings):
        settings.PEPPER_FILE.unlink()

        response = ana.fetch(URL, {"words": words})

        assert response.status_code == 422
        assert "pepper file" in response.content.decode()


class TestDemo:
    @pytest.fixture
    def demo(self, settings, words):
        settings.DEMO = True
        settings.DEMO_PASSPHRASES = {"ana": words}

    def test_one_click_unlocks(self, ana, demo):
        Organisation.objects.create(kind="demo", name="Demo")

        assert "one click" in ana.get(URL).content.decode()
        assert ana.fetch(URL, {"demo": "1"}).status_code == 204
        assert vault_key(ana)

    def test_the_words_are_not_in_the_page(self, ana, demo, words):
        Organisation.objects.create(kind="demo", name="Demo")

        assert words not in ana.get(URL).content.decode()

    def test_not_in_a_real_database(self, ana, demo):
        Organisation.objects.create(kind="real", name="Real")

        assert "one click" not in ana.get(URL).content.decode()
        assert ana.fetch(URL, {"demo": "1"}).status_code == 422

    def test_not_in_production(self, ana, demo, settings):
        settings.DEMO = False
        Organisation.objects.create(kind="demo", name="Demo")

        assert ana.fetch(URL, {"demo": "1"}).status_code == 422

    def test_not_for_who_is_no_demo_account(self, client_of, team, demo):
        Organisation.objects.create(kind="demo", name="Demo")

        assert client_of(team.boris).fetch(URL, {"demo": "1"}).status_code == 422
