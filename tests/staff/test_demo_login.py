import pytest

from cases.staff.models import Organisation
from tests.staff.factories import make_organisation
from tests.staff.pages import text_of

pytestmark = pytest.mark.django_db
URL = "/demo/login/"


def test_one_click_logs_in(client, demo, claire):
    response = client.post(URL, {"username": "claire"})

    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(claire.pk)


def test_the_language_chosen_before_goes_on(client, demo, claire):
    client.post("/language/", {"language": "ru", "next": "/login/"})
    client.post(URL, {"username": "claire"})

    claire.refresh_from_db()
    assert claire.language == "ru"
    assert 'lang="ru"' in client.get("/account/").content.decode()


def test_it_leads_back_to_the_page_and_nowhere_else(client, demo, claire):
    assert client.post(URL, {"username": "claire", "next": "/login/done/"})["Location"] == "/login/done/"
    assert client.post(URL, {"username": "claire", "next": "https://elsewhere.invalid"})["Location"] == "/"


def test_the_login_page_offers_the_people_with_their_roles(client, demo):
    page = text_of(client.get("/login/"))

    assert "Claire Démo" in page
    assert "Intake worker, Caseworker Registers people and accompanies them. Begin here. Claire Démo" in page


@pytest.mark.parametrize("username", ["nobody", ""])
def test_an_unknown_name(client, demo, username):
    assert client.post(URL, {"username": username}).status_code == 404


def test_not_in_a_real_organisation(client, claire):
    make_organisation(Organisation.Kind.REAL)

    assert client.post(URL, {"username": "claire"}).status_code == 404
    assert "Claire Démo" not in text_of(client.get("/login/"))


def test_not_in_production(client, demo, claire, settings):
    settings.DEMO = False

    assert client.post(URL, {"username": "claire"}).status_code == 404
    assert "Claire Démo" not in text_of(client.get("/login/"))


def test_not_into_a_closed_account(client, demo, claire):
    claire.is_active = False
    claire.save()

    assert client.post(URL, {"username": "claire"}).status_code == 404


def test_looking_changes_nothing(client, demo, claire):
    assert client.get(URL, {"username": "claire"}).status_code == 405
