import re

import pytest

from cases.desk.operations import first_names
from tests.desk.cases import IDENTITY, TOKENS, change, take_in, text_of
from tests.scanner import leaks
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
URL = "/vault/people/"


def look(world, name="claire", *, unlocked=True, **data):
    return visit(world, name, unlocked=unlocked).post(URL, data, **FETCH)


@pytest.mark.parametrize(
    ("name", "status"),
    [("claire", 200), ("viktor", 200), ("dora", 200), ("paul", 403), ("mira", 403), ("root", 403)],
)
def test_the_door(world, name, status):
    take_in(world)

    assert look(world, name, unlocked=status == 200).status_code == status


def test_first_names_and_nothing_more_stand_beside_ones_own_pseudonyms(world):
    take_in(world)
    answer = look(world)

    assert "Lotus 47" in text_of(answer)
    assert leaks(TOKENS, answer.content) == ["Тихон"]
    assert leaks(TOKENS, str(answer.headers)) == []
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_name_is_marked_to_be_wiped(world):
    take_in(world)

    assert re.search(r"<span data-opened>\s*Тихон", text_of(look(world)))


@pytest.mark.parametrize("name", ["ana", "viktor", "olga", "dora"])
def test_nobody_else_sees_them_not_even_who_could_open_them(world, name):
    take_in(world)

    assert leaks(TOKENS, look(world, name).content) == []


def test_closed_cases_are_left_out(world):
    change(take_in(world), stage="protected")

    assert leaks(TOKENS, look(world).content) == []


def test_who_lost_the_key_to_a_name_sees_that_it_is_not_open(world):
    applicant = take_in(world)
    applicant.identity_safe.grants.filter(user=world.people["claire"]).delete()
    answer = look(world)

    assert "not open to you" in text_of(answer)
    assert leaks(TOKENS, answer.content) == []


def test_who_is_locked_sees_none(world, recorded):
    take_in(world)
    answer = look(world, unlocked=False)

    assert answer.status_code == 422
    assert "Your vault is locked" in text_of(answer)
    assert recorded("vault.opened_quietly") == []


def test_looking_is_recorded_once_however_many_people(world, recorded):
    take_in(world)
    take_in(world, "Piano 12")
    look(world)

    assert recorded("vault.opened_quietly") == [("claire", "vault.opened_quietly", "first names: 2")]


def test_a_page_gets_the_names_of_its_own_rows(world):
    lotus, piano = take_in(world), take_in(world, "Piano 12", {"name": "Лада Сойкина", "given_name": "Лада"})
    page = text_of(look(world, case=[str(piano.pk)]))

    assert f'id="first-name-{piano.pk}" hx-swap-oob="true"' in page
    assert "Лада" in page
    assert str(lotus.pk) not in page
    assert leaks(TOKENS, page) == []


def test_a_page_cannot_ask_for_the_people_of_others(world):
    foreign = take_in(world, owner="ana")
    answer = look(world, case=[str(foreign.pk)])

    assert answer.status_code == 200
    assert leaks(TOKENS, answer.content) == []


def test_nonsense_is_refused(world):
    assert look(world, case=["nonsense"]).status_code == 400


def test_a_plain_form_and_other_methods_are_refused(world):
    client = visit(world, "claire", unlocked=True)

    assert [client.post(URL).status_code, client.get(URL).status_code] == [400, 405]


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (IDENTITY, "Тихон"),
        ({"name": "Зимородков Тихон Ладович"}, "Тихон"),
        ({"name": "Зимородков", "latin_name": "ZIMORODKOV TIKHON"}, "TIKHON"),
        ({"name": "Зимородков"}, ""),
    ],
)
def test_a_surname_is_never_taken_for_a_first_name(world, identity, expected):
    from cases.vault.operations import unlock

    applicant = take_in(world, identity=identity)
    claire = world.people["claire"]
    unlocked = unlock(user=claire, passphrase=world.words["claire"])

    assert first_names(applicants=[applicant], unlocked=unlocked, by=claire) == {applicant.pk: expected}
