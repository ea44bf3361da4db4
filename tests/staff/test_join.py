import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cases.staff import operations
from cases.staff.models import Invitation, User
from cases.staff.roles import Role
from tests.staff.factories import PASSWORD, make_person
from tests.staff.pages import send, text_of

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "nine green doors in March", "new_password2": "nine green doors in March"}


@pytest.fixture
def invited(mira):
    """An invited intake worker and the address of the invitation."""
    person, token = operations.invite(
        username="nina", full_name="Nina", email="", language="en", roles=[Role.INTAKE], teams=[], by=mira
    )
    return person, f"/join/{token}/"


@pytest.fixture
def link_for(mira, claire):
    """Make the address of a link for Claire."""
    return lambda purpose: (
        f"/join/{operations.make_link(user=claire, purpose=Invitation.Purpose(purpose), by=mira)}/"
    )


@pytest.mark.parametrize("purpose", ["password", "factor"])
def test_the_link_of_a_dismissed_administrator_is_dead(client, link_for, mira, claire, purpose):
    url = link_for(purpose)
    operations.deactivate(user=mira, by=make_person("Otto", [Role.ADMINISTRATOR]))

    answers = [client.post(url, NEW), client.post(url, {"password": PASSWORD})]

    claire.refresh_from_db()
    assert [answer.status_code for answer in answers] == [410, 410]
    assert claire.check_password(PASSWORD)
    assert "_auth_user_id" not in client.session


class TestInvitation:
    def test_page_says_the_user_name(self, client, invited):
        page = text_of(client.get(invited[1]))

        assert "Welcome, Nina" in page
        assert "nina" in page

    def test_opening_it_changes_nothing(self, client, invited):
        """Messengers open links by themselves to show a preview."""
        for _ in range(3):
            assert client.get(invited[1]).status_code == 200
        client.head(invited[1])

        assert Invitation.objects.get().used_at is None

    def test_sets_the_password_and_goes_on_to_the_second_factor(self, client, invited, recorded):
        person, url = invited
        before = len(recorded())

        response = send(client, url, NEW)

        person.refresh_from_db()
        assert (response.status_code, response["HX-Redirect"]) == (204, "/account/factors/")
        assert person.check_password(NEW["new_password1"])
        assert client.session["_auth_user_id"] == str(person.pk)
        assert recorded()[before:] == [
            ("staff.joined", "nina", "nina"),
            ("staff.logged_in", "nina", ""),
        ]

    def test_the_second_factor_does_not_ask_for_the_new_password_again(self, client, invited):
        client.post(invited[1], NEW)

        assert client.get("/account/factors/app/").status_code == 200

    def test_then_to_the_words_for_opening_names(self, client, invited):
        client.post(invited[1], NEW)
        assert "Later" in text_of(client.get("/account/factors/"))

        assert client.get("/account/welcome/")["Location"] == "/vault/first/"
        assert "Later" not in text_of(client.get("/account/factors/"))

    def test_no_way_on_before_the_second_factor_where_it_is_required(self, client, invited, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        client.post(invited[1], NEW)

        page = client.get("/account/factors/").content.decode()

        assert "/account/welcome/" not in page
        assert client.get("/account/welcome/")["Location"] == "/account/factors/"

    def test_who_opens_no_names_goes_to_the_desk(self, as_mira):
        assert as_mira.get("/account/welcome/")["Location"] == "/"

    def test_works_once(self, client, invited):
        client.post(invited[1], NEW)
        stranger = Client()

        assert "no longer works" in text_of(stranger.get(invited[1]))
        response = stranger.post(
            invited[1], {"new_password1": "stolen password 1", "new_password2": "stolen password 1"}
        )

        assert response.status_code == 410
        assert "_auth_user_id" not in stranger.session
        assert User.objects.get(pk=invited[0].pk).check_password(NEW["new_password1"])

    def test_ends_after_seven_days(self, client, invited):
        Invitation.objects.update(expires_at=Invitation.objects.get().created_at)

        assert client.get(invited[1]).status_code == 410
        assert client.post(invited[1], NEW).status_code == 410
        assert not User.objects.get(pk=invited[0].pk).has_usable_password()

    def test_an_unknown_link(self, client, db):
        assert client.get("/join/nonsense/").status_code == 410

    @pytest.mark.parametrize(
        ("first", "second", "said"),
        [
            ("short", "short", "at least 12 characters"),
            (PASSWORD, "another one here", "didn’t match"),
            ("", "", "required"),
        ],
    )
    def test_a_bad_password_uses_nothing_up(self, client, invited, first, second, said):
        response = send(client, invited[1], {"new_password1": first, "new_password2": second})

        assert response.status_code == 422
        assert said in text_of(response)
        assert Invitation.objects.get().used_at is None

    @pytest.mark.parametrize(
        ("first", "second", "field"),
        [
            ("short", "short", "new_password1"),
            (PASSWORD, "another one here", "new_password2"),
        ],
    )
    def test_a_bad_password_is_said_beside_its_field(self, client, invited, first, second, field):
        response = send(client, invited[1], {"new_password1": first, "new_password2": second})

        assert list(response.context["form"].errors) == [field]

    def test_a_working_link_is_not_written_to_the_log(self, client, invited, caplog):
        send(client, invited[1], {"new_password1": "x", "new_password2": "x"})

        assert invited[1] not in caplog.text

    def test_wrong_method(self, client, invited):
        assert client.put(invited[1]).status_code == 405


class TestLostPassword:
    def test_sets_a_new_one_and_asks_to_log_in(self, client, claire, link_for, recorded):
        response = client.post(link_for("password"), NEW)

        claire.refresh_from_db()
        assert recorded()[-1] == ("staff.password_set_by_link", "claire", "claire")
        assert response["Location"] == "/login/"
        assert claire.check_password(NEW["new_password1"])
        assert "_auth_user_id" not in client.session

    def test_the_second_factor_stays(self, client, claire, link_for):
        Authenticator.objects.create(user=claire, type="totp", data={})

        client.post(link_for("password"), NEW)
        response = client.post("/login/", {"login": "claire", "password": NEW["new_password1"]})

        assert response["Location"].startswith("/login/factor/")


class TestLostFactor:
    def test_asks_for_the_password_and_goes_on_to_a_new_one(self, client, claire, link_for, recorded):
        Authenticator.objects.create(user=claire, type="totp", data={})
        Authenticator.objects.create(user=claire, type="recovery_codes", data={})

        response = client.post(link_for("factor"), {"password": PASSWORD})

        assert response["Location"] == "/account/factors/"
        assert Authenticator.objects.count() == 0
        assert client.session["_auth_user_id"] == str(claire.pk)
        assert ("staff.factors_reset_by_link", "claire", "claire") in recorded()

    def test_without_the_password_it_does_nothing(self, client, claire, link_for):
        Authenticator.objects.create(user=claire, type="totp", data={})
        url = link_for("factor")

        response = send(client, url, {"password": "wrong"})

        assert (response.status_code, Authenticator.objects.count()) == (422, 1)
        assert "_auth_user_id" not in client.session
        assert Invitation.objects.get().used_at is None

    def test_guessing_is_limited_as_at_the_login(self, client, claire, link_for):
        url = link_for("factor")
        for _ in range(5):
            client.post(url, {"password": "wrong"})

        assert "Too many failed login attempts" in text_of(client.post(url, {"password": PASSWORD}))


def test_the_rules_for_what_was_lost_are_public(client, db):
    page = text_of(client.get("/lost/"))

    assert "The password" in page
    assert "The second factor" in page
    assert "The words for opening names" in page
    assert client.post("/lost/").status_code == 405
