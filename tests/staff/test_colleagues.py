from datetime import timedelta

import pytest
from django.utils import timezone

from cases.staff import operations, queries
from cases.staff.models import Invitation, User
from cases.staff.roles import Role
from tests.staff.factories import PASSWORD, login, make_person, make_team
from tests.staff.pages import send, text_of

pytestmark = pytest.mark.django_db
NINA = {
    "username": "nina",
    "full_name": "Nina",
    "language": "ru",
    "roles": ["intake"],
    "email": "",
    "expires_at": "",
}


@pytest.fixture
def home(claire):
    return f"/colleagues/{claire.pk}/"


class TestDoor:
    PAGES = ["", "roles/", "roles/caseworker/end/", "links/password/", "close/", "reopen/"]

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_only_administrators(self, client, home, role):
        login(client, make_person("Other", [role]))

        answers = [client.post(home + page).status_code for page in self.PAGES]
        answers += [client.get(url).status_code for url in ("/colleagues/", "/colleagues/invite/", home)]

        assert set(answers) == {403}

    def test_an_unknown_colleague(self, as_mira):
        assert as_mira.get("/colleagues/999999/").status_code == 404

    @pytest.mark.parametrize("page", ["roles/nonsense/end/", "links/nonsense/"])
    def test_unknown_roles_and_purposes(self, as_mira, home, page):
        assert as_mira.post(home + page).status_code == 404

    @pytest.mark.parametrize("page", ["roles/", "roles/caseworker/end/", "reopen/"])
    def test_looking_changes_nothing(self, as_mira, home, page):
        assert as_mira.get(home + page).status_code == 405


class TestList:
    def test_shows_roles_teams_and_state(self, as_mira, claire):
        make_team(claire, name="East")
        operations.give_role(user=claire, role=Role.VETTING, expires_at=None, by=None)

        page = text_of(as_mira.get("/colleagues/"))

        assert "Claire never logged in Caseworker, Vetting officer East" in page

    @pytest.mark.parametrize("more", [0, 2])
    def test_asks_the_database_as_often_for_many(self, as_mira, claire, more, django_assert_num_queries):
        for number in range(more):
            make_team(make_person(f"Person {number}"), name=f"Team {number}")
        make_team(claire)
        as_mira.get("/colleagues/")

        with django_assert_num_queries(12):
            as_mira.get("/colleagues/")


class TestInvite:
    def test_shows_the_link_once(self, as_mira):
        team = make_team()
        response = send(as_mira, "/colleagues/invite/", NINA | {"teams": [team.pk]})

        nina = User.objects.get(username="nina")
        page = response.content.decode()
        token = page.split("/join/")[1].split("/")[0]
        assert (response.status_code, queries.find_invitation(token).user) == (200, nina)
        assert f"http://testserver/join/{token}/" in page
        assert "data:image/svg+xml;base64," in page
        assert (queries.roles_of(nina), list(queries.teams_of(nina))) == ({Role.INTAKE}, [team])
        assert token not in as_mira.get(f"/colleagues/{nina.pk}/").content.decode()

    def test_a_plain_post_shows_it_on_a_page(self, as_mira):
        response = as_mira.post("/colleagues/invite/", NINA)

        assert "/join/" in text_of(response)
        assert "<html" in response.content.decode()

    def test_a_guest_has_an_end(self, as_mira):
        day = timezone.localdate() + timedelta(days=3)

        send(as_mira, "/colleagues/invite/", NINA | {"expires_at": day.isoformat()})

        grant = User.objects.get(username="nina").role_grants.get()
        assert grant.last_day == day
        assert timezone.localtime(grant.expires_at).date() == day + timedelta(days=1)

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("username", "claire", "Somebody has this user name already"),
            ("username", "Nina Petrova", "Use small letters"),
            ("full_name", "", "required"),
            ("roles", [], "required"),
            ("roles", ["intake", "auditor"], "Nobody may hold these two roles together"),
            ("roles", ["king"], "not one of the available choices"),
            ("expires_at", "2020-01-01", "This day has passed"),
            ("email", "nonsense", "valid email"),
        ],
    )
    def test_nonsense_makes_no_account(self, as_mira, claire, field, value, said):
        response = send(as_mira, "/colleagues/invite/", NINA | {field: value})

        assert response.status_code == 422
        assert said in text_of(response)
        assert 'value="Nina"' in response.content.decode() or field == "full_name"
        assert User.objects.count() == 2

    def test_sent_twice_it_makes_one_account(self, as_mira):
        send(as_mira, "/colleagues/invite/", NINA)
        send(as_mira, "/colleagues/invite/", NINA)

        assert User.objects.filter(username="nina").count() == 1


class TestColleague:
    def test_page(self, as_mira, home):
        page = text_of(as_mira.get(home))

        assert "Claire never logged in" in page
        assert "Close the account" in page

    def test_one_s_own_page_offers_no_change(self, as_mira, mira):
        page = as_mira.get(f"/colleagues/{mira.pk}/").content.decode()

        assert "Nobody changes their own roles" in page
        assert "<form" not in page.split("<main")[1].split("</main>")[0]

    def test_a_role_is_given(self, as_mira, home, claire):
        day = timezone.localdate() + timedelta(days=3)

        response = send(as_mira, home + "roles/", {"role": "vetting", "expires_at": day.isoformat()})

        assert response["HX-Redirect"] == home
        assert claire.role_grants.get(role="vetting").last_day == day

    @pytest.mark.parametrize("role", ["auditor", "king", ""])
    def test_a_role_that_may_not_be_is_refused(self, as_mira, home, claire, role):
        response = send(as_mira, home + "roles/", {"role": role})

        assert response.status_code == 422
        assert queries.roles_of(claire) == {Role.CASEWORKER}

    def test_one_s_own_roles_are_refused(self, as_mira, mira):
        send(as_mira, f"/colleagues/{mira.pk}/roles/", {"role": "intake"})
        as_mira.post(f"/colleagues/{mira.pk}/roles/administrator/end/")

        assert queries.roles_of(mira) == {Role.ADMINISTRATOR}

    def test_a_role_is_ended(self, as_mira, home, claire):
        response = as_mira.post(home + "roles/caseworker/end/")

        assert response["Location"] == home
        assert queries.roles_of(claire) == set()

    @pytest.mark.parametrize("purpose", ["password", "factor"])
    def test_a_link_for_what_was_lost(self, as_mira, home, claire, purpose):
        response = as_mira.post(f"{home}links/{purpose}/")

        token = response.content.decode().split("/join/")[1].split("/")[0]
        assert queries.find_invitation(token).purpose == purpose
        assert Invitation.objects.get().created_by.username == "mira"

    def test_a_link_is_made_only_after_its_consequence_was_said(self, as_mira, home):
        page = text_of(as_mira.get(home + "links/factor/"))

        assert "Claire is logged out everywhere now" in page
        assert Invitation.objects.count() == 0

    def test_no_link_into_a_closed_account(self, as_mira, home, claire, mira):
        operations.deactivate(user=claire, by=mira)

        response = send(as_mira, home + "links/password/")

        assert response.status_code == 422
        assert "This account is closed." in text_of(response)
        assert Invitation.objects.count() == 0


class TestClosing:
    def test_says_what_it_does_and_does_it(self, as_mira, home, claire, recorded):
        assert "Every login ends now" in text_of(as_mira.get(home + "close/"))
        assert User.objects.get(pk=claire.pk).is_active

        as_mira.post(home + "close/")

        assert not User.objects.get(pk=claire.pk).is_active
        assert recorded()[-1] == ("staff.deactivated", "mira", "claire")

    def test_not_one_s_own(self, as_mira, mira):
        response = as_mira.post(f"/colleagues/{mira.pk}/close/", follow=True)

        assert "Nobody closes their own account" in text_of(response)
        assert User.objects.get(pk=mira.pk).is_active

    def test_opens_again(self, as_mira, home, claire, mira):
        operations.deactivate(user=claire, by=mira)

        as_mira.post(home + "reopen/")

        assert User.objects.get(pk=claire.pk).is_active


def test_passwords_are_never_shown(as_mira, home):
    person = User.objects.get(username="claire")

    assert person.password not in as_mira.get(home).content.decode()
    assert PASSWORD not in as_mira.get(home).content.decode()
