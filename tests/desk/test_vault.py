from datetime import timedelta

import pytest
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.staff.models import Organisation
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vault.models import Grant
from tests.desk.cases import TOKENS, questions, take_in, take_in_many, text_of
from tests.scanner import leaks
from tests.staff.factories import make_person
from tests.world import visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/vault/"


def page(world, name="claire", *, unlocked=False):
    return " ".join(text_of(visit(world, name, unlocked=unlocked).get(URL)).split())


@pytest.mark.parametrize(
    ("name", "status"),
    [("claire", 200), ("viktor", 200), ("dora", 200), ("paul", 403), ("mira", 403), ("root", 403)],
)
def test_the_door(world, name, status):
    assert visit(world, name).get(URL).status_code == status


@pytest.mark.parametrize("unlocked", [False, True])
def test_what_one_can_open_stands_there_by_pseudonym_and_no_name(world, unlocked):
    take_in(world)
    seen = page(world, unlocked=unlocked)

    assert "Lotus 47" in seen
    assert leaks(TOKENS, seen) == []


def test_a_planted_name_would_be_seen(world):
    take_in(world)
    vault.ask_access(
        safe=Applicant.objects.get().identity_safe,
        by=world.people["viktor"],
        reason="for Тихон",
    )

    assert leaks(TOKENS, page(world)) == ["Тихон"]


@pytest.mark.parametrize("name", ["viktor", "olga", "dora"])
def test_who_holds_nothing_sees_nothing(world, name):
    take_in(world)
    seen = page(world, name)

    assert "You can open nothing yet" in seen
    assert "Lotus 47" not in seen


def test_the_state_of_the_lock_decides_what_is_offered(world):
    take_in(world)

    assert "Show the first names" in page(world, unlocked=True)
    assert "Show the first names" not in page(world)
    assert "Locked. Unlock to see first names" in page(world)


def test_a_colleague_without_a_vault_is_led_to_set_one_up(world):
    world.people["new"] = make_person("new", [Role.CASEWORKER])

    assert "/vault/first/" in page(world, "new")


def test_who_asks_waits_with_a_reason(world):
    applicant = take_in(world)
    vault.ask_access(
        safe=applicant.identity_safe, by=world.people["viktor"], reason="Lotus 47: to compare dates"
    )
    holder, other, asker = page(world), page(world, "olga"), page(world, "viktor")

    assert "to compare dates" in holder
    assert "Unlock to give" in holder
    assert 'value="yes"' in page(world, unlocked=True)
    assert "to compare dates" not in other
    assert "What I asked for" in asker
    assert "What I asked for" not in holder


def test_who_asks_for_a_case_that_the_holder_does_not_see_waits_without_its_pseudonym(world):
    applicant = take_in(world)
    vault.ask_access(safe=applicant.identity_safe, by=world.people["viktor"], reason="please")
    applicant.shared_with_people.all().delete()
    applicant.shared_with_teams.all().delete()
    seen = page(world, "ana")

    assert "please" in seen
    assert "Lotus 47" not in seen
    assert "And 2 names and accounts of cases that are not shared with you any more." in seen


def test_a_new_key_of_a_colleague_is_to_be_compared(world):
    viktor = world.people["viktor"]
    vault.start_over(user=viktor, language="en")

    assert f"/vault/keys/{viktor.pk}/" in page(world)


def test_names_that_only_oneself_can_open_are_named(world):
    world.team.holders.set([world.people["claire"]])
    take_in(world)
    take_in(world, "Piano 12", identity={})

    alone = page(world).split('id="alone"')[1]
    assert "Lotus 47" in alone
    assert "Piano 12" not in alone


def test_who_works_alone_is_not_told_to_share(world):
    Organisation.objects.update(headcount=1)
    world.team.holders.set([world.people["claire"]])
    take_in(world)

    assert "Lotus 47" not in page(world).split('id="alone"')[1]


def test_a_guest_sees_the_day(world):
    take_in(world)
    Grant.objects.filter(user=world.people["claire"]).update(
        firm=True, expires_at=timezone.now() + timedelta(days=2)
    )
    seen = page(world)

    assert "in 2 days" in seen
    assert "guest" in seen


def test_fifty_on_a_page(world):
    take_in_many(world, 51, identity={})

    assert "1–50 of 51" in page(world)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(world, number):
    for applicant in take_in_many(world, number):
        vault.ask_access(safe=applicant.identity_safe, by=world.people["viktor"], reason="x")

    assert questions(visit(world, "claire"), URL) == 21


def test_other_methods_are_refused(world):
    assert visit(world, "claire").post(URL).status_code == 405
