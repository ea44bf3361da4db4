"""The pages for emergencies: open to everybody who is logged in."""

import pytest

from cases.staff import barring, operations
from cases.staff.models import Freeze, User
from cases.staff.roles import Role
from tests.staff.factories import login, make_person
from tests.staff.pages import text_of

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def ana(db):
    return make_person("Ana", [Role.COORDINATOR])


@pytest.fixture
def olga(db):
    return make_person("Olga", [Role.CASEWORKER])


def sent(person, **more):
    return {"user": person.pk, "kind": "lost", "reason": "left in the train"} | more


class TestFreeze:
    def test_one_post_shuts_the_account(self, as_claire, olga):
        answer = as_claire.post("/emergency/freeze/", sent(olga), **FETCH)

        assert (answer.status_code, answer["HX-Redirect"]) == (204, "/emergency/")
        assert barring.running().get().user == olga
        page = text_of(as_claire.get("/emergency/"))
        assert "Frozen by Claire (claire): left in the train" in page

    def test_one_s_own_ends_the_login(self, as_claire, claire):
        answer = as_claire.post("/emergency/freeze/", sent(claire), **FETCH)

        assert answer["HX-Redirect"] == "/login/inactive/"
        assert as_claire.get("/").status_code == 302

    def test_the_colleague_is_chosen_already(self, as_claire, olga):
        page = as_claire.get(f"/emergency/freeze/?whom={olga.pk}").content.decode()

        assert f'<option value="{olga.pk}" selected>' in page

    @pytest.mark.parametrize("missing", ["user", "kind", "reason"])
    def test_what_is_missing_is_said_and_the_rest_kept(self, as_claire, olga, missing):
        answer = as_claire.post("/emergency/freeze/", sent(olga) | {missing: ""}, **FETCH)

        assert answer.status_code == 422
        assert "This field is required." in text_of(answer)
        assert "left in the train" in answer.content.decode() or missing == "reason"
        assert not Freeze.objects.exists()

    def test_a_refusal_is_said(self, as_claire, claire, olga, ana, mira):
        for person in (olga, ana):
            as_claire.post("/emergency/freeze/", sent(person))
        answer = as_claire.post("/emergency/freeze/", sent(mira), **FETCH)

        assert answer.status_code == 422
        assert "You have frozen two accounts within a day." in text_of(answer)

    def test_the_second_is_confirmed_by_another(self, as_claire, olga, ana, mira, client):
        for person in (olga, ana):
            as_claire.post("/emergency/freeze/", sent(person))
        [waiting] = barring.unconfirmed()
        login(as_claire, mira).post(f"/emergency/freezes/{waiting.pk}/confirm/")

        assert {held.user for held in barring.running()} == {olga, ana}

    def test_not_logged_in(self, client):
        assert client.get("/emergency/freeze/").status_code == 302


class TestLettingIn:
    @pytest.fixture
    def held(self, olga, claire):
        return operations.freeze(user=olga, kind="lost", reason="x", by=claire)

    def test_one_asks_another_approves(self, client, held, claire, ana):
        url = f"/emergency/freezes/{held.pk}/lift/"
        assert login(client, claire).get(url).status_code == 200
        client.post(url, {"reason": "found it"}, **FETCH)
        assert "Claire (claire) asks: found it" in text_of(login(client, ana).get(f"{url}approve/"))
        client.post(f"{url}approve/", {"heard": "on"}, **FETCH)

        assert not barring.running().exists()

    def test_not_without_having_heard_the_voice(self, client, held, claire, ana):
        operations.ask_lift(freeze=held, reason="x", by=claire)
        answer = login(client, ana).post(f"/emergency/freezes/{held.pk}/lift/approve/", {}, **FETCH)

        assert answer.status_code == 422
        assert "Call first" in text_of(answer)
        assert barring.running().exists()

    def test_who_asked_does_not_approve(self, client, held, ana):
        operations.ask_lift(freeze=held, reason="x", by=ana)
        answer = login(client, ana).post(
            f"/emergency/freezes/{held.pk}/lift/approve/", {"heard": "on"}, **FETCH
        )

        assert (answer.status_code, barring.running().count()) == (422, 1)
        assert "This takes somebody else." in text_of(answer)

    def test_refused(self, client, held, claire, ana):
        operations.ask_lift(freeze=held, reason="x", by=claire)
        login(client, ana).post(f"/emergency/freezes/{held.pk}/lift/refuse/")

        assert barring.running().get().lift_asked_by is None

    def test_keys_in_other_hands(self, client, held, ana):
        url = f"/emergency/freezes/{held.pk}/loss/"
        assert login(client, ana).post(url, {}, **FETCH).status_code == 422
        client.post(url, {"sure": "on"}, **FETCH)

        assert barring.running().get().loss_by == ana

    @pytest.mark.parametrize("page", ["lift", "lift/approve", "lift/refuse", "loss", "confirm"])
    def test_what_does_not_exist(self, as_claire, page):
        url = f"/emergency/freezes/00000000-0000-0000-0000-000000000001/{page}/"
        assert as_claire.post(url, **FETCH).status_code == 404

    @pytest.mark.parametrize("page", ["lift/refuse", "confirm"])
    def test_wrong_method(self, as_claire, held, page):
        assert as_claire.get(f"/emergency/freezes/{held.pk}/{page}/").status_code == 405


class TestTravel:
    def test_is_turned_on_and_ended_by_another(self, client, claire, olga):
        answer = login(client, claire).post("/emergency/travel/", {"deputy": olga.pk, "until": ""}, **FETCH)
        assert answer["HX-Redirect"] == "/login/inactive/"
        assert client.get("/emergency/").status_code == 302

        login(client, olga)
        assert "Claire (claire)" in text_of(client.get("/emergency/"))
        url = f"/emergency/travel/{claire.pk}/end/"
        assert client.post(url, {}, **FETCH).status_code == 422
        client.post(url, {"heard": "on"}, **FETCH)
        assert not User.objects.get(pk=claire.pk).is_barred
        assert client.get(url).status_code == 404

    def test_a_day_that_has_passed_is_refused_and_kept(self, as_claire, claire, olga):
        sent = {"deputy": olga.pk, "until": "2001-02-03"}
        answer = as_claire.post("/emergency/travel/", sent, **FETCH)

        assert answer.status_code == 422
        assert "This day has passed. Choose a later one." in text_of(answer)
        assert 'value="2001-02-03"' in answer.content.decode()

    def test_colleagues_see_it(self, as_mira, claire, olga):
        operations.begin_travel(until=None, deputy=olga, by=claire)

        assert "travelling" in text_of(as_mira.get("/colleagues/"))

    def test_only_the_deputy_asks_the_coordinators(self, client, claire, olga, ana):
        operations.begin_travel(until=None, deputy=olga, by=claire)
        url = f"/emergency/travel/{claire.pk}/ask/"

        assert login(client, ana).post(url).status_code == 404
        assert login(client, olga).post(url).status_code == 302
        assert ana.announcements.filter(code="deputy_asks").count() == 1
