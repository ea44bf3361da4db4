import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cases.staff import operations
from cases.staff.models import Invitation, User
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
    def test_lists_and_ends_the_others(self, client, claire):
        enter(client)
        other = Client(headers={"user-agent": "Android Firefox"})
        enter(other)
        other.get("/account/")

        assert "Firefox on Android" in text_of(client.get("/account/sessions/"))
        client.post("/account/sessions/")

        assert other.get("/account/").status_code == 302
        assert client.get("/account/").status_code == 200
        assert UserSession.objects.count() == 1

    def test_shows_nobody_else_s(self, client, claire, mira):
        enter(Client(headers={"user-agent": "iPhone Safari"}), username="mira")
        enter(client)

        assert "iPhone" not in text_of(client.get("/account/sessions/"))


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
