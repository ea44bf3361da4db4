import pytest

from cases.staff.models import Team
from cases.staff.roles import Role
from tests.staff.factories import login, make_person, make_team
from tests.staff.pages import send, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators(client, role):
    team = make_team()
    login(client, make_person("Other", [role]))

    answers = [client.get(url).status_code for url in ("/teams/", "/teams/new/", f"/teams/{team.pk}/")]
    answers += [client.post(url).status_code for url in ("/teams/new/", f"/teams/{team.pk}/")]

    assert answers == [403] * 5


def test_an_empty_list_says_what_to_do(as_mira):
    assert "Make the first team" in text_of(as_mira.get("/teams/"))


def test_the_list_counts_and_warns(as_mira, claire):
    make_team(claire, make_person("Closed later"), holders=[claire])
    page = text_of(as_mira.get("/teams/"))

    assert "Team East too few name holders 2 1" in page


def test_a_team_is_made(as_mira):
    response = send(as_mira, "/teams/new/", {"name": " Team   West "})

    team = Team.objects.get()
    assert (team.name, response["HX-Redirect"]) == ("Team West", f"/teams/{team.pk}/")


@pytest.mark.parametrize("name", ["", "team east", "x" * 81])
def test_a_bad_name_makes_none(as_mira, name):
    make_team()

    assert send(as_mira, "/teams/new/", {"name": name}).status_code == 422
    assert Team.objects.count() == 1


def test_members_and_holders_are_chosen(as_mira, claire):
    olga, team = make_person("Olga"), make_team(claire)

    response = send(
        as_mira,
        f"/teams/{team.pk}/",
        {"name": "Team East", "members": [olga.pk], "holders": [olga.pk, claire.pk]},
    )

    assert response["HX-Redirect"] == "/teams/"
    assert list(team.members) == [olga]
    assert set(team.holders.all()) == {olga, claire}


def test_one_holder_is_refused_and_nothing_is_changed(as_mira, claire):
    olga, team = make_person("Olga"), make_team(claire)

    response = send(
        as_mira, f"/teams/{team.pk}/", {"name": "New", "members": [olga.pk], "holders": [olga.pk]}
    )

    team.refresh_from_db()
    assert response.status_code == 422
    assert "Choose at least two" in text_of(response)
    assert (team.name, list(team.members), list(team.holders.all())) == ("Team East", [claire], [])


def test_who_opens_no_names_is_not_offered_as_holder(as_mira, mira, claire):
    team = make_team(claire)

    response = send(as_mira, f"/teams/{team.pk}/", {"name": "Team East", "holders": [mira.pk, claire.pk]})

    assert response.status_code == 422
    assert list(team.holders.all()) == []


def test_an_unknown_team(as_mira):
    assert as_mira.get("/teams/999999/").status_code == 404


def test_wrong_method(as_mira):
    assert as_mira.post("/teams/").status_code == 405
    assert as_mira.put("/teams/new/").status_code == 405
