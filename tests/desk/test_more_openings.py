"""Asking to open more people on a day when the budget is used up, and answering a colleague who does."""

import pytest

from cases.vault.models import MoreOpenings
from tests.desk.cases import text_of
from tests.world import FETCH, register, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
ASK = "/vault/more/"
REASON = {"reason": "contact"}


@pytest.fixture
def cases(world, settings):
    """Two people of Claire's, of whom she may open one a day."""
    settings.VAULT = settings.VAULT | {"daily_budget": 1, "more_openings": 2}
    return register(world, [({"name": "Кто То"}, {}), ({"name": "Кто Другой"}, {})])


@pytest.fixture
def claire(world, cases):
    browser = visit(world, "claire", unlocked=True)
    assert "Кто То" in text_of(browser.post(f"/cases/{cases[0].pk}/name/", REASON, **FETCH))
    return browser


@pytest.fixture
def wish(claire):
    claire.post(ASK, **FETCH)
    return MoreOpenings.objects.get()


def words(response):
    return " ".join(text_of(response).split())


def answer(browser, wish, give="yes"):
    return browser.post(f"{ASK}{wish.pk}/", {"give": give}, **FETCH)


class TestAsking:
    def test_beside_the_button_that_opens_nothing_any_more(self, claire, cases):
        response = claire.post(f"/cases/{cases[1].pk}/name/", REASON | {"words": "of today"}, **FETCH)

        assert response.status_code == 422
        assert "You opened the name of 1 person today. A colleague can approve more." in words(response)
        assert "Ask for 2 more" in words(response)
        assert 'value="of today"' in response.content.decode()
        assert "Кто Другой" not in words(response)

    def test_one_click_asks(self, claire, wish):
        said = words(claire.post(ASK, **FETCH))

        assert "You asked. A colleague decides" in said
        assert [(one.asker.username, one.number, one.answer) for one in MoreOpenings.objects.all()] == [
            ("claire", 2, "")
        ]

    def test_before_the_day_is_used_up(self, world, cases, settings):
        settings.VAULT = settings.VAULT | {"daily_budget": 2}
        response = visit(world, "claire", unlocked=True).post(ASK, **FETCH)

        assert response.status_code == 422
        assert "You can still open names today." in words(response)
        assert MoreOpenings.objects.count() == 0

    @pytest.mark.parametrize(("most", "said"), [(5, True), (6, False)])
    def test_the_rest_is_said_only_when_it_is_small(self, world, cases, settings, most, said):
        settings.VAULT = settings.VAULT | {"daily_budget": most}
        browser = visit(world, "claire", unlocked=True)
        browser.post(f"/cases/{cases[0].pk}/name/", REASON, **FETCH)
        seen = words(browser.get(f"/cases/{cases[1].pk}/"))

        assert ("You can open the names of 4 more people today." in seen) is said

    @pytest.mark.parametrize(("name", "status"), [("paul", 403), ("mira", 403), (None, 401)])
    def test_the_door(self, world, name, status):
        assert visit(world, name).post(ASK, **FETCH).status_code == status

    def test_only_by_the_button(self, claire):
        assert claire.get(ASK).status_code == 405
        assert claire.post(ASK).status_code == 400


class TestAnswering:
    def test_it_waits_at_the_desk_and_in_the_vault_of_colleagues(self, world, wish):
        olga = visit(world, "olga", unlocked=True)

        desk, vault = words(olga.get("/")), words(olga.get("/vault/"))
        assert "claire asks you</a>" in desk
        assert "would open the names of 2 more people today" in desk
        assert "<b>claire</b>" in vault
        assert "would open the names of 2 more people today" in vault
        claire = visit(world, "claire", unlocked=True)
        assert "would open the names" not in words(claire.get("/vault/"))

    def test_allowed(self, world, claire, cases, wish):
        assert answer(visit(world, "olga", unlocked=True), wish).status_code == 204

        assert MoreOpenings.objects.get().answer == "given"
        assert "olga (olga) lets you open the names of more people today." in words(claire.get("/"))
        opened = claire.post(f"/cases/{cases[1].pk}/name/", REASON, **FETCH)
        assert "Кто Другой" in words(opened)

    def test_refused(self, world, claire, wish):
        answer(visit(world, "olga"), wish, "no")

        assert MoreOpenings.objects.get().answer == "refused"
        assert "olga (olga) does not let you open the names" in words(claire.get("/"))

    def test_locked_one_is_asked_to_unlock(self, world, wish):
        olga = visit(world, "olga")

        assert "Unlock to allow" in words(olga.get("/vault/"))
        answer(olga, wish)
        assert MoreOpenings.objects.get().answer == ""
        assert "Your vault is locked." in words(olga.get("/vault/"))

    def test_for_the_asker_it_is_not_there(self, claire, wish):
        assert answer(claire, wish).status_code == 404
        assert MoreOpenings.objects.get().answer == ""

    def test_answered_already(self, world, wish):
        answer(visit(world, "olga", unlocked=True), wish, "no")

        assert answer(visit(world, "dora", unlocked=True), wish).status_code == 404
        assert MoreOpenings.objects.get().answer == "refused"

    @pytest.mark.parametrize(("name", "status"), [("paul", 403), ("mira", 403), (None, 401)])
    def test_the_door(self, world, wish, name, status):
        assert answer(visit(world, name), wish).status_code == status

    def test_bad_input_and_wrong_method(self, world, wish):
        olga = visit(world, "olga", unlocked=True)

        assert answer(olga, wish, "perhaps").status_code == 400
        assert olga.get(f"{ASK}{wish.pk}/").status_code == 405
