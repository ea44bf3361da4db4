"""What of a real case counts into the day's budget, and what does not."""

import pytest

from cases.desk import operations as desk
from cases.vault import operations as vault
from cases.vault.models import CountedPerson
from cases.vetting.account import read_account, read_account_item, seal_account
from tests.world import FETCH, register, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
REASON = {"reason": "contact"}


@pytest.fixture
def cases(world):
    found = register(world, [({"name": "Кто То"}, {"phone": "+7 701"}), ({"name": "Кто Другой"}, {})])
    seal_account(applicant=found[0], kind="account", content={"unit": "x"}, by=world.people["claire"])
    return found


def people():
    return list(CountedPerson.objects.order_by("person").values_list("person", flat=True))


def test_name_and_account_of_a_case_are_one_person(world, cases):
    claire = world.people["claire"]
    mine = {
        "unlocked": vault.unlock(user=claire, passphrase=world.words["claire"]),
        "by": claire,
        "reason": "to call",
    }
    visit(world, "claire", unlocked=True).post(f"/cases/{cases[0].pk}/name/", REASON, **FETCH)
    assert read_account(applicant=cases[0], kinds=["account"], **mine) == {"account": {"unit": "x"}}
    assert read_account_item(applicant=cases[0], kind="account", **mine) == {"unit": "x"}

    assert people() == [f"applicant {cases[0].pk}"]


def test_a_whole_account_counts_by_itself(world, cases):
    claire = world.people["claire"]
    unlocked = vault.unlock(user=claire, passphrase=world.words["claire"])
    read_account(applicant=cases[0], kinds=["account"], reason="x", unlocked=unlocked, by=claire)

    assert people() == [f"applicant {cases[0].pk}"]


def test_card_first_names_and_search_count_nothing(world, cases, settings):
    settings.VAULT = settings.VAULT | {"daily_budget": 1}
    browser = visit(world, "claire", unlocked=True)
    claire = world.people["claire"]
    unlocked = vault.unlock(user=claire, passphrase=world.words["claire"])
    card = browser.post(f"/cases/{cases[0].pk}/contact/", {}, **FETCH)
    names = desk.first_names(applicants=cases, unlocked=unlocked, by=claire)
    found = desk.find_people(typed="Другой", unlocked=unlocked, by=claire)

    assert "+7 701" in card.content.decode()
    assert len(names) == 2
    assert [one.applicant for one in found] == [cases[1]]
    assert people() == []
