import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.applicants import operations
from tests.desk.cases import TOKENS, take_in, text_of
from tests.scanner import leaks
from tests.world import FETCH, visit

# Nothing is opened inside a transaction.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
URL = "/cases/find/"


def ask(world, typed, name="claire", *, unlocked=True):
    return visit(world, name, unlocked=unlocked).post(URL, {"q": typed}, **FETCH)


@pytest.mark.parametrize(
    ("name", "status"),
    [("claire", 200), ("viktor", 200), ("dora", 200), ("paul", 403), ("mira", 403), ("root", 403)],
)
def test_the_door(world, name, status):
    assert visit(world, name).get(URL).status_code == status


@pytest.mark.parametrize("typed", ["Зимородков", "Zimorodkov", "tikhon zimorodkov", "Zimorotkov"])
def test_somebody_is_found_by_either_spelling_and_only_the_pseudonym_comes(world, typed):
    take_in(world)
    take_in(world, "Piano 12", {"name": "Сойкин Лада"})
    answer = ask(world, typed)

    assert answer.status_code == 200
    assert "1 case fits" in text_of(answer)
    assert "Lotus 47" in text_of(answer)
    assert "Piano 12" not in text_of(answer)
    assert leaks(TOKENS, answer.content, str(answer.headers)) == []


def test_a_planted_name_would_be_seen(world):
    applicant = take_in(world)
    type(applicant).objects.filter(pk=applicant.pk).update(pseudonym="Зимородков")

    assert leaks(TOKENS, ask(world, "Зимор").content) == ["Зимородков"]


def test_why_it_fits_is_said(world):
    take_in(world)

    assert "same name" in text_of(ask(world, "Зимородков"))
    assert "typing error" in text_of(ask(world, "Zimorotkov"))


def test_the_best_stand_first(world):
    take_in(world, "Piano 12", {"name": "Зимородко Пётр"})
    take_in(world, "Lotus 47")
    page = text_of(ask(world, "Зимородков"))

    assert page.index("Lotus 47") < page.index("Piano 12")


@pytest.mark.parametrize("name", ["viktor", "olga", "dora"])
def test_who_cannot_open_a_name_finds_nobody_by_it(world, name):
    take_in(world)

    assert "Nobody found" in text_of(ask(world, "Зимородков", name))


def test_who_can_open_but_does_not_see_the_case_any_more_finds_nobody(world):
    applicant = take_in(world)
    applicant.shared_with_people.all().delete()
    applicant.shared_with_teams.all().delete()

    assert "Nobody found" in text_of(ask(world, "Зимородков", "ana"))


def test_a_name_that_was_corrected_is_found_by_the_new_one_only(world):
    applicant = take_in(world)
    operations.seal_identity(applicant=applicant, identity={"name": "Сойкин Лад"}, by=world.people["claire"])

    assert "Lotus 47" in text_of(ask(world, "Сойкин"))
    assert "Nobody found" in text_of(ask(world, "Зимородков"))


@pytest.mark.parametrize("typed", ["", "  ", "ab", "..", "а\x00б"])
def test_too_few_letters_are_refused(world, recorded, typed):
    answer = ask(world, typed)

    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert recorded("vault.searched") == []


def test_who_is_locked_is_told_so_and_nothing_is_searched(world, recorded):
    take_in(world)
    answer = ask(world, "Зимородков", unlocked=False)

    assert answer.status_code == 422
    assert "Your vault is locked" in text_of(answer)
    assert "Unlock first" in text_of(visit(world, "claire").get(URL))
    assert recorded("vault.searched") == []


def test_a_search_is_recorded_without_what_was_typed(world, recorded):
    take_in(world)
    ask(world, "Зимородков Тихон")

    assert recorded("vault.searched") == [("claire", "vault.searched", "identity: 1")]
    assert leaks(TOKENS, str(recorded())) == []


def test_the_answer_does_not_repeat_what_was_typed(world):
    assert leaks(TOKENS, ask(world, "Зимородков").content) == []
    assert leaks(TOKENS, ask(world, "Зимородков", unlocked=False).content) == []


def test_a_plain_form_is_refused_since_a_browser_writes_it_to_disk(world):
    assert visit(world, "claire", unlocked=True).post(URL, {"q": "Зимородков"}).status_code == 400


def test_the_term_is_never_taken_from_an_address(world):
    take_in(world)
    answer = visit(world, "claire", unlocked=True).get(URL, {"q": "Зимородков"})

    assert "Lotus 47" not in text_of(answer)
    assert 'value="Зимородков"' not in text_of(answer)


def test_other_methods_are_refused(world):
    assert visit(world, "claire").put(URL).status_code == 405


def test_a_pseudonym_leads_straight_to_its_case_locked_or_not(world):
    applicant = take_in(world)
    answer = ask(world, " lotus  47", unlocked=False)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, applicant.get_absolute_url())


def test_the_beginning_of_a_pseudonym_finds_it_without_an_unlock(world):
    take_in(world)
    answer = ask(world, "Lot", unlocked=False)

    assert answer.status_code == 200
    assert "Lotus 47" in text_of(answer)
    assert "names are locked" in text_of(answer)


def test_a_pseudonym_out_of_sight_is_not_found(world):
    take_in(world)

    assert "Lotus 47" not in text_of(ask(world, "Lotus 47", "olga"))


@pytest.mark.parametrize("typed", ["-", "...", "%", "_"])
def test_signs_alone_find_nothing(world, typed):
    take_in(world)

    assert "Lotus 47" not in text_of(ask(world, typed))


def test_what_is_typed_never_reaches_the_database(world):
    take_in(world)
    with CaptureQueriesContext(connection) as statements:
        answer = ask(world, "Зимородков")

    assert "Lotus 47" in text_of(answer)
    assert leaks(TOKENS, *(statement["sql"] for statement in statements)) == []
