"""Handing cases over: what is foreseen comes true, what cannot be done stops none of the rest, and nobody hands over alone
what they may not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.handing import holdings_of, plans, to_hand_over
from cases.applicants.models import Applicant, Task
from cases.applicants.operations import Opening, Outcome
from cases.applicants.operations.handing import hand_over
from cases.applicants.queries import applicants_for, deadlines_for, tasks_for
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.staff.roles import Role
from cases.vault.queries import held_safe_ids
from tests.applicants.factories import IDENTITY, make_applicant
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db
URL = reverse("applicants:handover")


@pytest.fixture
def second(work):
    return make_applicant(by=work.olga, pseudonym="Brown Owl", identity=IDENTITY)


def a_task(applicant, owner, by):
    told = {"title": "Call", "due_on": None, "owner": owner}
    return operations.add_task(id=random_id(), applicant=applicant, **told, by=by)


def foreseen(work, to, *, by=None, unlocked=True, of=None):
    by, of = by or work.olga, of or work.olga
    told = plans(to_hand_over(of, by), of=of, to=to, unlocked=work.unlocked(by) if unlocked else None, by=by)
    return {one.applicant.pseudonym: (one.name, one.account) for one in told}


def give(work, *cases, to, by=None, unlocked=True, of=None):
    by = by or work.olga
    key = work.unlocked(by) if unlocked else None
    return hand_over(applicants=cases, of=of or work.olga, to=to, unlocked=key, by=by)


def test_owner_tasks_deadlines_and_names_go_along(work, applicant, second):
    task = a_task(applicant, work.olga, work.tim)
    tims = a_task(applicant, work.tim, work.tim)
    assert foreseen(work, work.nina) == dict.fromkeys(
        ("Brown Owl", "Grey Heron"), (Outcome.GIVEN, Outcome.GIVEN)
    )

    handed = give(work, applicant, second, to=work.nina)

    assert [(one.refused, one.waits, set(one.outcomes.values())) for one in handed] == [
        ("", False, {Outcome.GIVEN})
    ] * 2
    assert set(applicants_for(work.nina, "work")) == {applicant, second}
    assert {one.owner for one in Applicant.objects.all()} == {work.nina}
    assert list(tasks_for(work.nina)) == [task]
    assert Task.objects.get(pk=tims.pk).owner == work.tim
    assert {one.applicant for one in deadlines_for(work.nina)} == {applicant, second}
    assert len(held_safe_ids(work.nina)) == 4
    rows = Entry.objects.filter(action="applicants.handed_over").order_by("id")
    assert rows.first().detail == f"Grey Heron: {work.olga.username} to {work.nina.username}, tasks 1"


@pytest.mark.parametrize("case", ["locked", "not held", "no vault", "held already"])
def test_what_is_foreseen_comes_true(work, applicant, case):
    to, by, unlocked = work.nina, work.olga, case != "locked"
    if case == "not held":
        by = work.cora
        operations.share_with_person(applicant=applicant, person=by, to="work", expires_at=None, by=work.olga)
    if case == "no vault":
        to = make_person("Nikita New", [Role.CASEWORKER])
    if case == "held already":
        to = work.tim
    [seen] = foreseen(work, to, by=by, unlocked=unlocked).values()
    [handed] = give(work, applicant, to=to, by=by, unlocked=unlocked)

    expected = {
        "locked": Outcome.LOCKED,
        "not held": Outcome.NOT_HELD,
        "no vault": Outcome.NO_VAULT,
        "held already": Outcome.HELD_ALREADY,
    }[case]
    assert (seen, set(handed.outcomes.values())) == ((expected, expected), {expected})
    assert handed.waits is (case != "held already")


def test_one_that_fails_stops_none_of_the_others(work, applicant, second):
    theirs = make_applicant(by=work.nina, pseudonym="Red Kite")
    until = timezone.now() + timedelta(days=2)
    operations.share_with_person(
        applicant=theirs, person=work.olga, to="work", expires_at=until, by=work.nina
    )
    Applicant.objects.filter(pk=theirs.pk).update(owner=work.olga)
    told = plans(to_hand_over(work.olga, work.olga), of=work.olga, to=work.tim, unlocked=None, by=work.olga)
    assert {one.applicant.pseudonym for one in told if one.guest} == {"Red Kite"}

    handed = give(work, applicant, theirs, second, to=work.vera)

    assert [bool(one.refused) for one in handed] == [False, True, False]
    theirs.refresh_from_db()
    assert theirs.owner == work.olga
    assert Applicant.objects.filter(owner=work.vera).count() == 2


def test_a_task_in_the_case_of_another_takes_no_ownership_and_no_name_along(work, applicant):
    task = a_task(applicant, work.tim, work.olga)
    [handed] = give(work, applicant, of=work.tim, by=work.tim, to=work.vera)

    task.refresh_from_db()
    applicant.refresh_from_db()
    assert (handed.outcomes, task.owner, applicant.owner) == ({}, work.vera, work.olga)
    assert applicants_for(work.vera, "work").count() == 1
    assert held_safe_ids(work.vera) == set()


def test_handed_over_twice_it_is_handed_over_once(work, applicant):
    give(work, applicant, to=work.tim)
    [again] = give(work, applicant, to=work.nina)
    applicant.refresh_from_db()
    assert ("in between" in again.refused, applicant.owner) == (True, work.tim)


def test_what_somebody_holds_is_said_without_naming_anybody(work, applicant, second):
    a_task(applicant, work.olga, work.tim)
    theirs = make_applicant(by=work.nina, identity=IDENTITY)
    a_task(theirs, work.olga, work.nina)

    assert holdings_of(work.olga) == [
        "owns 2 open cases",
        "has 2 open tasks",
        "of these tasks, 1 is in a case of somebody else",
        "can open 2 names",
    ]
    assert "is the only one who can open 1 of them" in holdings_of(work.nina)[-1]
    assert holdings_of(work.cora) == []


class TestPage:
    def test_from_the_preview_to_the_end(self, browse, work, applicant, second):
        olga = browse(work.olga, unlocked=True)
        assert URL in olga.get("/").content.decode()
        page = olga.get(URL, to=work.nina.pk).content.decode()
        assert ("Grey Heron" in page, page.count("will open"), "Hand over to Nina Outside" in page) == (
            True,
            4,
            True,
        )

        here = f"{URL}?to={work.nina.pk}"
        nothing = olga.send(here)
        assert (nothing.status_code, list(nothing.context["form"].errors)) == (422, ["cases"])
        answer = olga.send(here, cases=[str(applicant.pk)])
        assert answer["HX-Redirect"] == here
        applicant.refresh_from_db()
        second.refresh_from_db()
        assert (applicant.owner, second.owner) == (work.nina, work.olga)
        after = olga.get(here).content.decode()
        assert ("1 case is with Nina Outside now." in after, "Brown Owl" in after) == (True, True)

    def test_a_case_that_is_not_there_to_hand_over_is_refused(self, browse, work, applicant):
        theirs = make_applicant(by=work.nina, pseudonym="Red Kite")
        answer = browse(work.olga).send(f"{URL}?to={work.tim.pk}", cases=[str(theirs.pk)])
        theirs.refresh_from_db()
        assert (answer.status_code, theirs.owner) == (422, work.nina)

    def test_only_who_chooses_owners_hands_over_what_others_have(self, browse, work, applicant):
        tim = browse(work.tim)
        assert "Grey Heron" not in tim.get(URL, of=work.olga.pk, to=work.nina.pk).content.decode()

        operations.share_with_person(
            applicant=applicant,
            person=work.cora,
            to="work",
            expires_at=None,
            by=work.olga,
            opening=Opening([applicant.identity_safe], work.unlocked(work.olga)),
        )
        work.olga.is_active = False
        work.olga.save()
        cora = browse(work.cora, unlocked=True)
        here = f"{URL}?of={work.olga.pk}&to={work.tim.pk}"
        assert "Grey Heron" in cora.get(here).content.decode()
        assert cora.send(here, cases=[str(applicant.pk)]).status_code == 204
        applicant.refresh_from_db()
        assert applicant.owner == work.tim

    def test_who_holds_more_than_the_viewer_sees_is_said(self, browse, work, applicant):
        make_applicant(by=work.olga, pseudonym="Hidden Wren")
        Applicant.objects.filter(pseudonym="Hidden Wren").update(team=None)
        operations.share_with_person(
            applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga
        )
        page = browse(work.cora).get(URL, of=work.olga.pk, to=work.tim.pk).content.decode()
        assert ("1 more case, on which you do not work" in page, "Hidden Wren" in page) == (True, False)

    def test_bad_choices_and_who_may(self, browse, work, applicant):
        olga = browse(work.olga)
        for to in ("", work.olga.pk, work.audrey.pk, "x"):
            page = olga.get(URL, to=to)
            assert list(page.context["between"].errors) == ["to"], to
        assert olga.client.put(URL).status_code == 405
        assert browse(work.audrey).get(URL).status_code == 403

    def test_before_an_account_is_closed_what_it_holds_is_said(self, browse, work, applicant):
        mira = make_person("Mira Admin", [Role.ADMINISTRATOR])
        page = browse(mira).get(reverse("staff:deactivate", args=[work.olga.pk])).content.decode()
        assert ("owns 1 open case" in page, "can open 1 name" in page) == (True, True)
        assert "Grey Heron" not in page
