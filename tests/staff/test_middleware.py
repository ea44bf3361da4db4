import base64
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from cases.staff.models import User
from tests.staff.factories import PASSWORD, login, make_person
from tests.staff.pages import send

pytestmark = pytest.mark.django_db


class TestLoginRequired:
    def test_a_page_asks_for_the_login_and_comes_back(self, client):
        assert client.get("/account/")["Location"] == "/login/?next=/account/"

    def test_a_fetch_is_told_that_the_login_has_expired(self, client):
        response = send(client, "/account/", {"full_name": "X"})

        assert (response.status_code, response["HX-Trigger"]) == (401, "login-expired")

    def test_public_pages_are_open(self, client):
        assert [client.get(url).status_code for url in ("/login/", "/lost/", "/healthz")] == [200, 200, 200]

    def test_the_login_ends_for_good_after_ten_hours(self, as_claire, recorded):
        session = as_claire.session
        session["login_at"] = time.time() - django_settings.LOGIN_ABSOLUTE_SECONDS - 1
        session.save()

        assert as_claire.get("/account/").status_code == 302
        assert recorded()[-1] == ("staff.logged_out", "claire", "")
        assert "_auth_user_id" not in as_claire.session

    def test_a_session_that_does_not_say_since_when_is_over(self, as_claire):
        session = as_claire.session
        del session["login_at"]
        session.save()

        assert as_claire.get("/account/").status_code == 302

    def test_it_ends_after_thirty_idle_minutes_and_each_request_renews_it(self, as_claire):
        Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))

        as_claire.get("/account/")
        left = Session.objects.get().expire_date - timezone.now()
        assert 29 * 60 < left.total_seconds() <= 30 * 60
        Session.objects.update(expire_date=timezone.now())

        assert as_claire.get("/account/").status_code == 302


class TestOwnLanguage:
    def test_pages_speak_the_language_of_the_person(self, client):
        login(client, make_person("Pierre", language="fr"))

        assert 'lang="fr"' in client.get("/account/").content.decode()

    def test_without_a_login_the_cookie_counts(self, client):
        client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "ru"

        assert 'lang="ru"' in client.get("/login/").content.decode()

    def test_times_are_those_of_the_person(self, client):
        person = make_person("Aigul", time_zone="Asia/Almaty")
        login(client, person)

        page = client.get("/account/sessions/").content.decode()

        since = datetime.fromtimestamp(client.session["login_at"], ZoneInfo("Asia/Almaty"))
        assert f"{since:%H:%M}" in page
        assert timezone.get_current_timezone_name() == django_settings.TIME_ZONE

    def test_the_choice_of_the_menu_is_kept(self, as_claire, claire):
        response = as_claire.post("/language/", {"language": "fr", "next": "/roles/"})

        claire.refresh_from_db()
        assert (claire.language, response["Location"]) == ("fr", "/roles/")
        assert as_claire.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "fr"

    def test_without_a_login_only_the_cookie_is_kept(self, client):
        client.post("/language/", {"language": "ru", "next": "/login/"})

        assert client.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "ru"

    def test_an_unknown_language_changes_nothing(self, as_claire, claire):
        as_claire.post("/language/", {"language": "xx"})

        claire.refresh_from_db()
        assert claire.language == "en"

    def test_it_does_not_lead_elsewhere(self, client):
        response = client.post("/language/", {"language": "ru", "next": "https://elsewhere.invalid/"})

        assert response["Location"] == "/"

    def test_looking_changes_nothing(self, as_claire):
        assert as_claire.get("/language/?language=fr").status_code == 405


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.SECOND_FACTOR_REQUIRED = True

    @pytest.mark.parametrize(
        "url",
        ["/", "/account/", "/roles/", "/cases/", "/vault/unlock/", "/login/done/", "/account/password/"],
    )
    def test_without_one_every_page_leads_to_setting_it_up(self, as_claire, url):
        response = as_claire.get(url)

        assert (response.status_code, response["Location"]) == (302, "/account/factors/")

    def test_a_fetch_is_sent_there_too(self, as_claire, claire):
        response = send(as_claire, "/account/", {"full_name": "X"})

        claire.refresh_from_db()
        assert (response.status_code, response["HX-Redirect"], claire.full_name) == (
            204,
            "/account/factors/",
            "Claire",
        )

    def test_the_pages_to_set_one_up_and_the_way_out_are_open(self, as_claire):
        assert as_claire.get("/account/factors/").status_code == 200
        assert as_claire.get("/healthz").status_code == 200
        assert as_claire.get("/account/factors/app/")["Location"].startswith("/login/again/")
        assert as_claire.post("/logout/")["Location"] == "/login/"

    @pytest.mark.parametrize("url", ["/admin/", "/admin/staff/user/", "/colleagues/"])
    def test_the_admin_panel_is_no_way_around(self, as_mira, url):
        assert as_mira.get(url)["Location"] == "/account/factors/"

    def test_recovery_codes_alone_are_none(self, as_claire, claire):
        Authenticator.objects.create(user=claire, type="recovery_codes", data={"seed": "x", "used_mask": 0})

        assert as_claire.get("/account/")["Location"] == "/account/factors/"

    @pytest.mark.parametrize("kind", ["totp", "webauthn"])
    def test_with_one_the_pages_open(self, as_claire, claire, kind):
        Authenticator.objects.create(user=claire, type=kind, data={})

        assert as_claire.get("/account/").status_code == 200


class TestReauthentication:
    def test_what_was_sent_is_kept_nowhere(self, client, claire):
        """allauth would put the body of the refused POST into the session, to send it again afterwards."""
        client.post("/login/", {"login": "claire", "password": PASSWORD})

        response = client.post("/account/factors/app/", {"code": "secret-body-123"})

        assert response["Location"] == "/login/again/?next=%2Faccount%2Ffactors%2Fapp%2F"
        assert "secret-body-123" not in str(client.session.items())
        assert "request" not in str(dict(client.session.items()).get("account_reauthentication_state"))


def test_the_sessions_table_cannot_be_read(as_claire, claire):
    session = as_claire.session
    session["mark"] = "canary-in-session"
    session.save()

    row = Session.objects.get()

    body = row.session_data.split(":")[0].lstrip(".")
    stored = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    assert b"canary" not in stored
    assert as_claire.session["mark"] == "canary-in-session"


def test_raising_the_epoch_ends_all_sessions(as_claire, claire):
    User.objects.filter(pk=claire.pk).update(epoch=7)

    assert as_claire.get("/account/").status_code == 302
