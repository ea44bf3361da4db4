from datetime import timedelta

import pytest
from django.utils import timezone

from cases.staff.models import User
from tests.staff.factories import PASSWORD, make_person
from tests.staff.pages import send, text_of

pytestmark = pytest.mark.django_db
FACTS = {"full_name": "Claire B", "email": "c@example.org", "language": "fr", "time_zone": "Asia/Almaty"}


class TestAccount:
    def test_page_leads_to_everything_about_getting_in(self, as_claire):
        page = as_claire.get("/account/").content.decode()

        for url in (
            "/account/password/",
            "/account/factors/",
            "/account/sessions/",
            "/vault/passphrase/",
            "/vault/sheet/",
        ):
            assert f'href="{url}"' in page

    def test_who_opens_no_names_sees_no_words(self, as_mira):
        assert "/vault/sheet/" not in as_mira.get("/account/").content.decode()

    def test_is_saved(self, as_claire, claire):
        response = send(as_claire, "/account/", FACTS)

        claire.refresh_from_db()
        assert (response.status_code, response["HX-Redirect"]) == (204, "/account/")
        assert {name: getattr(claire, name) for name in FACTS} == FACTS

    @pytest.mark.parametrize("name", ["Tim Team", "tim  team", "Тim Теаm"])
    def test_the_name_of_a_colleague_is_refused(self, as_claire, claire, name):
        make_person("Tim Team")

        response = send(as_claire, "/account/", FACTS | {"full_name": name})

        claire.refresh_from_db()
        assert (response.status_code, claire.full_name) == (422, "Claire")
        assert "Another colleague is called so" in text_of(response)

    def test_the_browser_keeps_the_same_language(self, as_claire, claire, settings):
        as_claire.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
        send(as_claire, "/account/", FACTS)
        as_claire.post("/logout/")
        as_claire.post("/login/", {"login": "claire", "password": PASSWORD})

        claire.refresh_from_db()
        assert claire.language == "fr"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("full_name", ""),
            ("email", "nonsense"),
            ("language", "xx"),
            ("time_zone", "Mars/Crater"),
            ("time_zone", "../etc"),
        ],
    )
    def test_nonsense_changes_nothing(self, as_claire, claire, field, value):
        response = send(as_claire, "/account/", FACTS | {field: value})

        assert response.status_code == 422
        assert User.objects.get(pk=claire.pk).full_name == "Claire"

    def test_roles_and_more_cannot_be_smuggled_in(self, as_claire, claire):
        send(as_claire, "/account/", FACTS | {"is_superuser": "on", "username": "root", "epoch": "9"})

        claire.refresh_from_db()
        assert (claire.is_superuser, claire.username, claire.epoch) == (False, "claire", 0)

    def test_wrong_method(self, as_claire):
        assert as_claire.put("/account/").status_code == 405


class TestAway:
    def test_names_a_deputy(self, as_claire, claire):
        olga = make_person("Olga")
        day = timezone.localdate() + timedelta(days=5)

        response = send(as_claire, "/account/away/", {"until": day.isoformat(), "deputy": olga.pk})

        claire.refresh_from_db()
        assert response["HX-Redirect"] == "/account/"
        assert (claire.away_until, claire.deputy) == (day, olga)
        assert "your deputy is Olga" in text_of(as_claire.get("/account/"))

    def test_and_is_back(self, as_claire, claire):
        claire.away_until, claire.deputy = timezone.localdate(), make_person("Olga")
        claire.save()

        send(as_claire, "/account/away/", {"until": "", "deputy": ""})

        claire.refresh_from_db()
        assert (claire.away_until, claire.deputy) == (None, None)

    def test_without_a_deputy_nothing_is_saved(self, as_claire, claire):
        day = timezone.localdate() + timedelta(days=5)

        response = send(as_claire, "/account/away/", {"until": day.isoformat(), "deputy": ""})

        claire.refresh_from_db()
        assert (response.status_code, claire.away_until) == (422, None)
        assert "Choose another active colleague" in text_of(response)

    def test_one_is_not_one_s_own_deputy(self, as_claire, claire):
        day = timezone.localdate() + timedelta(days=5)

        assert (
            send(as_claire, "/account/away/", {"until": day.isoformat(), "deputy": claire.pk}).status_code
            == 422
        )

    def test_page(self, as_claire):
        assert as_claire.get("/account/away/").status_code == 200


def test_the_frame_s_login_page_tells_the_form_to_go_on(as_claire):
    assert "js/login-done.js" in as_claire.get("/login/done/").content.decode()


class TestRoles:
    def test_everybody_reads_what_each_role_may(self, as_claire):
        page = text_of(as_claire.get("/roles/"))

        assert "Caseworker yours" in page
        assert "Invites colleagues, gives and ends roles. Sees no case and no name." in page
        assert "say how the vetting ended" in page
        assert "Held alone" in page

    def test_wrong_method(self, as_claire):
        assert as_claire.post("/roles/").status_code == 405
