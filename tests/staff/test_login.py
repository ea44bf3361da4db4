import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cases.staff import operations, queries
from cases.staff.models import Invitation, User
from cases.staff.sessions import LOGIN_AT, SessionStore, digest
from tests.staff.factories import PASSWORD
from tests.staff.pages import text_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _calm_clock(settings):
    """A code must not grow old between two lines of a test."""
    settings.MFA_TOTP_TOLERANCE = 1


def enter(client, password=PASSWORD, username="claire", **more):
    return client.post("/login/", {"login": username, "password": password, **more})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


class TestPassword:
    def test_leads_to_the_desk(self, client, claire, recorded):
        response = enter(client)

        assert (response.status_code, response["Location"]) == (302, reverse("desk:home"))
        assert client.session["_auth_user_id"] == str(claire.pk)
        assert recorded() == [("staff.logged_in", "claire", "")]

    def test_leads_back_to_the_page(self, client, claire):
        assert enter(client, next="/roles/")["Location"] == "/roles/"

    def test_never_leads_elsewhere(self, client, claire):
        assert enter(client, next="https://elsewhere.invalid/")["Location"] == "/"

    def test_the_user_name_in_any_case(self, client, claire):
        assert enter(client, username="CLAIRE").status_code == 302

    @pytest.mark.parametrize(("chosen", "after"), [("fr", "fr"), ("xx", "en"), ("", "en")])
    def test_goes_on_in_the_language_chosen_before(self, client, claire, settings, chosen, after):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
        enter(client)

        claire.refresh_from_db()
        assert claire.language == after

    @pytest.mark.parametrize(("username", "password"), [("claire", "wrong"), ("nobody", PASSWORD)])
    def test_wrong_ones_get_the_same_answer(self, client, claire, username, password):
        response = enter(client, password, username)

        assert "The username and/or password you specified are not correct." in text_of(response)
        assert "_auth_user_id" not in client.session

    def test_a_failed_login_is_recorded_without_what_was_typed(self, client, claire, recorded):
        enter(client, "wrong")
        enter(client, "x", username="my secret password")

        assert recorded() == [
            ("staff.login_failed", "system", "claire"),
            ("staff.login_failed", "system", ""),
        ]

    def test_a_closed_account_does_not_get_in(self, client, claire, mira):
        operations.deactivate(user=claire, by=mira)

        enter(client)

        assert "_auth_user_id" not in client.session

    def test_too_many_tries_pause_the_account(self, client, claire):
        for _ in range(5):
            enter(client, "wrong")

        assert "Too many failed login attempts" in text_of(enter(client))
        assert "_auth_user_id" not in client.session

    def test_the_limit_is_the_same_for_all_processes(self, settings):
        assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")

    def test_log_out(self, client, claire, recorded):
        enter(client)
        assert client.get("/logout/").status_code == 200

        client.post("/logout/")

        assert recorded()[-1] == ("staff.logged_out", "claire", "")
        assert "_auth_user_id" not in client.session

    def test_a_link_made_meanwhile_is_told_at_the_login(self, client, claire, mira):
        enter(client)
        client.post("/logout/")
        operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=mira)

        page = enter(client, next="/roles/")

        assert "Mira made a link for you to set a new password." in text_of(client.get(page["Location"]))

    def test_who_used_the_link_does_not_use_up_the_warning(self, client, claire, mira):
        token = operations.make_link(user=claire, purpose=Invitation.Purpose.PASSWORD, by=mira)
        operations.accept_invitation(token=token, password=PASSWORD)
        enter(client)
        client.get("/roles/")
        client.post("/logout/")

        page = enter(client, next="/roles/")

        assert "Mira made a link for you to set a new password." in text_of(client.get(page["Location"]))


class TestMessages:
    def test_lie_in_no_cookie_and_not_readable_in_the_table(self, client, claire):
        enter(client)
        answer = client.post(
            "/account/", {"full_name": "Claire", "email": "", "language": "en", "time_zone": "Europe/Paris"}
        )

        assert answer.status_code == 302
        assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, "csrf", settings.LANGUAGE_COOKIE_NAME}
        assert "Your account is saved." in str(dict(client.session.items()))
        assert "saved" not in str(list(Session.objects.values()))
        assert "Your account is saved." in text_of(client.get("/account/"))

    def test_those_that_were_not_read_end_with_the_login(self, client, claire):
        enter(client)
        client.post(
            "/account/", {"full_name": "Claire", "email": "", "language": "en", "time_zone": "Europe/Paris"}
        )
        client.post("/logout/")

        assert "Your account is saved." not in text_of(client.get("/login/"))


class TestSecondFactor:
    @pytest.fixture
    def totp(self, claire):
        return TOTP.activate(claire, SECRET)

    def test_is_asked_for_after_the_password(self, client, totp):
        assert enter(client)["Location"].startswith("/login/factor/")
        assert "_auth_user_id" not in client.session
        assert client.get("/account/")["Location"].startswith("/login/")

    def test_lets_in(self, client, claire, totp):
        enter(client)

        response = client.post("/login/factor/", {"code": code_of(SECRET)})

        assert response["Location"] == "/"
        assert client.session["_auth_user_id"] == str(claire.pk)

    def test_a_wrong_code_is_recorded(self, client, totp, recorded):
        enter(client)

        response = client.post("/login/factor/", {"code": "000000"})

        assert "Incorrect code." in text_of(response)
        assert recorded() == [("staff.factor_failed", "system", "claire")]

    def test_codes_are_limited(self, client, totp):
        enter(client)
        for _ in range(5):
            client.post("/login/factor/", {"code": "000000"})

        assert "Too many failed login attempts" in text_of(
            client.post("/login/factor/", {"code": code_of(SECRET)})
        )

    def test_one_can_turn_back(self, client, totp):
        enter(client)

        client.post("/logout/")

        assert client.get("/login/").status_code == 200

    def test_the_secret_is_not_in_the_database(self, totp):
        stored = Authenticator.objects.get().data["secret"]

        assert SECRET not in str(list(Authenticator.objects.values()))
        assert stored.startswith("gAAAA")

    def test_the_secret_key_opens_it_also_after_a_change(self, totp, settings):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key " * 6

        assert Authenticator.objects.get().wrap().validate_code(code_of(SECRET))


# What is told on commit, as setting up an app is, must reach the session before the answer leaves.
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestSettingUp:
    @pytest.fixture
    def inside(self, client, claire):
        enter(client)
        client.post("/login/again/", {"password": PASSWORD})
        return client

    def activate(self, client):
        secret = client.get("/account/factors/app/").context["form"].secret
        return client.post("/account/factors/app/", {"code": code_of(secret)})

    def test_needs_the_password_once_more(self, client, claire):
        enter(client)

        assert client.get("/account/factors/app/")["Location"].startswith("/login/again/")
        client.post("/login/again/", {"password": "wrong"})
        assert client.get("/account/factors/app/")["Location"].startswith("/login/again/")

    def test_an_app(self, inside, claire, recorded):
        response = self.activate(inside)

        assert response["Location"] == "/account/factors/codes/"
        assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
        assert ("staff.factor_added", "claire", "") in recorded()
        assert inside.get("/account/factors/codes/").status_code == 200

    def test_the_secret_is_not_in_the_page_s_session_row(self, inside):
        secret = inside.get("/account/factors/app/").context["form"].secret
        from django.contrib.sessions.models import Session

        assert secret not in str(list(Session.objects.values()))

    def test_ends_the_other_logins_and_not_this_one(self, inside, claire):
        other = Client()
        enter(other)

        self.activate(inside)

        assert inside.get("/account/").status_code == 200
        assert other.get("/account/").status_code == 302
        claire.refresh_from_db()
        assert claire.epoch > 0

    def test_a_wrong_code_sets_up_nothing(self, inside):
        inside.get("/account/factors/app/")

        inside.post("/account/factors/app/", {"code": "000000"})

        assert Authenticator.objects.count() == 0

    def test_removing_it_ends_the_other_logins(self, inside, claire, recorded):
        TOTP.activate(claire, SECRET)
        before = User.objects.get(pk=claire.pk).epoch

        assert inside.get("/account/factors/app/remove/").status_code == 200
        inside.post("/account/factors/app/remove/")

        assert Authenticator.objects.count() == 0
        assert User.objects.get(pk=claire.pk).epoch > before
        assert ("staff.factor_removed", "claire", "") in recorded()

    def test_pages_of_passkeys(self, inside, claire):
        for url in ("/account/factors/", "/account/factors/passkeys/", "/account/factors/passkeys/add/"):
            response = inside.get(url)
            assert response.status_code == 200
            assert "base.html" not in [template.name for template in response.templates]

    def test_a_broken_passkey_sets_up_nothing(self, inside):
        inside.get("/account/factors/passkeys/add/")

        response = inside.post("/account/factors/passkeys/add/", {"name": "x", "credential": "{}"})

        assert (response.status_code, Authenticator.objects.count()) == (200, 0)

    def test_recovery_codes_can_be_renewed(self, inside, claire, recorded):
        self.activate(inside)
        old = inside.get("/account/factors/codes/").context["unused_codes"]

        assert inside.get("/account/factors/codes/new/").status_code == 200
        inside.post("/account/factors/codes/new/")

        assert not set(old) & set(inside.get("/account/factors/codes/").context["unused_codes"])
        assert ("staff.codes_renewed", "claire", "") in recorded()


class TestPasswordChange:
    NEW = "nine green doors in March"

    def change(self, client, old=PASSWORD, new=NEW):
        return client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": new})

    def test_ends_the_other_logins_and_not_this_one(self, client, claire, recorded):
        enter(client)
        other = Client()
        enter(other)

        self.change(client)

        claire.refresh_from_db()
        assert claire.check_password(self.NEW)
        assert client.get("/account/").status_code == 200
        assert other.get("/account/").status_code == 302
        assert claire.epoch == 1
        assert recorded()[-1] == ("staff.password_changed", "claire", "")

    @pytest.mark.parametrize(
        ("old", "new"), [("wrong", NEW), (PASSWORD, "short"), (PASSWORD, "password1234")]
    )
    def test_a_bad_one_changes_nothing(self, client, claire, old, new):
        enter(client)

        response = self.change(client, old, new)

        assert response.status_code == 200
        assert User.objects.get(pk=claire.pk).check_password(PASSWORD)

    def test_page(self, client, claire):
        enter(client)
        assert client.get("/account/password/").status_code == 200


class TestSessions:
    def test_lists_and_ends_the_others(self, client, claire, recorded):
        enter(client)
        other = Client(headers={"user-agent": "Android Firefox"})
        enter(other)
        other.get("/account/")

        page = text_of(client.get("/account/sessions/"))
        assert "Firefox on Android" in page
        assert "127.0.0.1" in page
        assert page.count("this one") == 1
        assert all(
            abs(timezone.now() - login.seen) < timedelta(minutes=1) for login in queries.logins_of(claire)
        )
        assert client.post("/account/sessions/")["Location"] == "/account/sessions/"

        assert other.get("/account/").status_code == 302
        assert client.get("/account/").status_code == 200
        assert [login.here for login in client.get("/account/sessions/").context["logins"]] == [True]
        assert recorded()[-1] == ("staff.logins_ended", "claire", "claire")

    def test_shows_nobody_else_s(self, client, claire, mira):
        enter(Client(headers={"user-agent": "iPhone Safari"}), username="mira")
        enter(client)

        assert "iPhone" not in text_of(client.get("/account/sessions/"))

    def test_lists_none_that_has_ended(self, client, claire):
        for minutes, change in ((31, {}), (0, {LOGIN_AT: time.time() - settings.LOGIN_ABSOLUTE_SECONDS - 1})):
            other = Client()
            enter(other)
            session = other.session
            session.update(change)
            session.save()
            row = Session.objects.get(session_key=digest(session.session_key))
            Session.objects.filter(pk=row.pk).update(expire_date=row.expire_date - timedelta(minutes=minutes))
        gone = Client()
        enter(gone)
        gone.post("/logout/")
        enter(client)

        assert [login.here for login in client.get("/account/sessions/").context["logins"]] == [True]

    def test_lists_none_from_before_the_epoch(self, client, claire):
        enter(Client())
        operations.raise_epoch(user=claire)
        enter(client)

        assert len(client.get("/account/sessions/").context["logins"]) == 1

    def test_looking_ends_nothing(self, client, claire):
        other = Client()
        enter(other)
        enter(client)
        client.get("/account/sessions/")

        assert other.get("/account/").status_code == 200

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_is_one_query(self, claire, number, django_assert_num_queries):
        for _ in range(number):
            enter(Client())

        with django_assert_num_queries(1):
            assert len(queries.logins_of(claire)) == number


class TestSessionTable:
    """What a dump holds of the sessions: no key that lets anybody in."""

    def rows(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_key FROM django_session")
            return [key for (key,) in cursor.fetchall()]

    def lets_in(self, key):
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = key
        return thief.get("/account/").status_code == 200

    def test_the_key_of_a_row_as_cookie_does_not_log_in(self, client, claire):
        enter(client)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        [key] = self.rows()

        assert self.lets_in(cookie)
        assert key == digest(cookie)
        assert not self.lets_in(key)

    def test_with_django_s_own_table_it_would(self, client, claire, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
        client = Client()
        enter(client)

        assert [self.lets_in(key) for key in self.rows()] == [True]

    def test_no_table_holds_the_cookie(self, client, claire):
        enter(client, next="/account/")
        client.get("/account/sessions/")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            cells = []
            for table in tables:
                cursor.execute(f'SELECT "{table}"::text FROM "{table}"')
                cells += [cell for (cell,) in cursor.fetchall()]

        assert any(digest(cookie) in cell for cell in cells)
        assert [cell for cell in cells if cookie in cell] == []

    def test_a_login_changes_the_key_and_forgets_the_one_before(self, client, claire):
        client.get("/login/passkey/", headers={"accept": "application/json"})
        before = client.cookies[settings.SESSION_COOKIE_NAME].value
        enter(client)
        after = client.cookies[settings.SESSION_COOKIE_NAME].value

        assert before != after
        assert self.rows() == [digest(after)]

    def test_a_new_password_changes_it_too(self, client, claire):
        enter(client)
        before = client.cookies[settings.SESSION_COOKIE_NAME].value
        TestPasswordChange().change(client)
        after = client.cookies[settings.SESSION_COOKIE_NAME].value

        assert self.rows() == [digest(after)]
        assert (self.lets_in(before), self.lets_in(after)) == (False, True)

    def test_a_logout_removes_the_row(self, client, claire):
        enter(client)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.post("/logout/")

        assert digest(cookie) not in self.rows()
        assert not self.lets_in(cookie)

    def test_the_key_goes_round_with_what_it_holds(self, db):
        store = SessionStore()
        store["mark"] = "kept"
        store.save()
        first = store.session_key
        store.cycle_key()
        store.save()

        assert not store.exists(first)
        assert store.exists(store.session_key)
        assert SessionStore(store.session_key)["mark"] == "kept"
        assert SessionStore(first).get("mark") is None
        assert SessionStore(digest(store.session_key)).get("mark") is None
        store.flush()
        assert (self.rows(), store.session_key) == ([], None)

    def test_a_row_that_went_meanwhile_is_not_written_anew(self, db):
        store = SessionStore()
        store.create()
        Session.objects.all().delete()

        with pytest.raises(UpdateError):
            store.save()

    @pytest.mark.parametrize("key", ["", "short", None])
    def test_what_is_no_key_opens_nothing(self, db, key):
        assert SessionStore(key).load() == {}

    def test_one_that_has_run_out_opens_nothing(self, db):
        store = SessionStore()
        store.create()
        Session.objects.update(expire_date=timezone.now())

        assert SessionStore(store.session_key).load() == {}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_asked_in_an_event_loop_the_table_holds_digests_too():
    store = SessionStore()

    async def go_round():
        await store.aset("mark", "kept")
        await store.asave()
        first = store.session_key
        await store.acycle_key()
        kept = await SessionStore(store.session_key).aget("mark")
        return kept, await store.aexists(first), await store.aexists(store.session_key)

    # In a thread of its own: a browser test leaves an event loop in this one.
    with ThreadPoolExecutor(1) as own:
        assert own.submit(async_to_sync(go_round)).result() == ("kept", False, True)
        assert list(Session.objects.values_list("pk", flat=True)) == [digest(store.session_key)]
        own.submit(async_to_sync(store.adelete)).result()
        own.submit(connections.close_all).result()
    assert not Session.objects.exists()


class TestClosedDoors:
    @pytest.mark.parametrize(
        "name", ["account_signup", "account_email", "account_reset_password", "account_confirm_login_code"]
    )
    def test_pages_that_are_not_there(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(name)

    @pytest.mark.parametrize("url", ["/signup/", "/login/signup/", "/account/email/", "/accounts/signup/"])
    def test_addresses_that_are_not_there(self, as_claire, url):
        assert as_claire.get(url).status_code == 404

    def test_sign_up_is_closed_also_where_a_page_would_be(self, rf):
        from allauth.account.adapter import get_adapter

        assert get_adapter().is_open_for_signup(rf.get("/")) is False

    def test_a_passkey_login_begins_with_a_challenge_only(self, client):
        response = client.get("/login/passkey/", headers={"accept": "application/json"})

        assert set(response.json()) == {"request_options"}

    def test_a_false_passkey_does_not_let_in(self, client, claire):
        client.get("/login/passkey/", headers={"accept": "application/json"})

        client.post("/login/passkey/", {"credential": "{}"})

        assert "_auth_user_id" not in client.session
