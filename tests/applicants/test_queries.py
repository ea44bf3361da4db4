from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from cases.applicants import operations, queries, viewers
from cases.applicants.models import Applicant, ApplicantGroupPermission, ApplicantUserPermission, Membership
from cases.applicants.timeline import timeline
from cases.staff import operations as staff
from cases.staff.models import User, random_id
from tests.applicants.factories import make_applicant
from tests.staff.factories import make_team

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def share(applicant, person, to="read", by=None, expires_at=None):
    operations.share_with_person(
        applicant=applicant, person=person, to=to, expires_at=expires_at, by=by or person
    )


@pytest.fixture(params=[queries.applicants_for, queries.list_for], ids=["one of them", "the list"])
def seen_by(request):
    return request.param


def test_owner_and_team_see_the_case_and_nobody_else(work, applicant, seen_by):
    for person in (work.olga, work.tim):
        assert list(seen_by(person)) == [applicant]
        assert list(queries.applicants_for(person, "work")) == [applicant]
    for person in (work.vera, work.nina, work.cora, work.audrey):
        assert list(seen_by(person)) == []


def test_reading_is_not_working(work, applicant, seen_by):
    share(applicant, work.vera, "read", by=work.olga)

    assert list(seen_by(work.vera)) == [applicant]
    assert list(queries.applicants_for(work.vera, "work")) == []


def test_a_guest_sees_the_case_until_the_end_and_no_longer(work, applicant, seen_by):
    share(applicant, work.vera, "work", by=work.olga, expires_at=timezone.now() + HOUR)
    assert list(seen_by(work.vera)) == [applicant]

    ApplicantUserPermission.objects.filter(user=work.vera).update(expires_at=timezone.now() - HOUR)
    assert list(seen_by(work.vera)) == []


def test_a_team_as_guest_sees_the_case_until_the_end(work, applicant, seen_by):
    north = make_team(work.vera, name="Team North")
    operations.share_with_team(
        applicant=applicant, team=north, to="read", expires_at=timezone.now() + HOUR, by=work.olga
    )
    assert list(seen_by(work.vera)) == [applicant]
    assert list(queries.applicants_for(work.vera, "work")) == []

    ApplicantGroupPermission.objects.filter(group=north.group).update(expires_at=timezone.now() - HOUR)
    assert list(seen_by(work.vera)) == []


def test_who_left_the_team_or_the_house_sees_nothing(work, applicant, seen_by):
    staff.leave_team(team=work.team, user=work.tim, by=None)
    User.objects.filter(pk=work.olga.pk).update(is_active=False)

    assert list(seen_by(work.tim)) == []
    assert list(seen_by(User.objects.get(pk=work.olga.pk))) == []


def test_a_superuser_gets_nothing_extra(work, applicant, seen_by):
    User.objects.filter(pk=work.nina.pk).update(is_superuser=True)

    assert list(seen_by(User.objects.get(pk=work.nina.pk))) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_scope_is_one_query_however_many_cases(work, number, django_assert_num_queries, seen_by):
    for _ in range(number):
        make_applicant(by=work.olga)

    with django_assert_num_queries(1):
        found = list(seen_by(work.tim))

    assert len(found) == number


def test_a_case_shared_twice_is_listed_once(work, applicant, seen_by):
    share(applicant, work.tim, "work", by=work.olga)

    assert list(seen_by(work.tim)) == [applicant]


def test_finding_one_case_is_one_query(work, applicant, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.find_applicant(work.tim, applicant.pk, "work")
        _ = found.owner, found.team, found.intake_by, found.identity_safe

    assert found == applicant


def test_what_is_not_shared_does_not_exist_and_what_is_read_is_not_worked_on(work, applicant):
    with pytest.raises(Http404):
        queries.find_applicant(work.nina, applicant.pk)
    with pytest.raises(Http404):
        queries.find_applicant(work.nina, applicant.pk, "work")
    with pytest.raises(Http404):
        queries.find_applicant(work.olga, random_id())
    share(applicant, work.nina, "read", by=work.olga)
    with pytest.raises(PermissionDenied):
        queries.find_applicant(work.nina, applicant.pk, "work")


def test_the_next_deadline_of_each_case_comes_in_one_query(work, django_assert_num_queries):
    cases = [make_applicant(by=work.olga) for _ in range(3)]
    soon = timezone.now() + HOUR
    operations.set_deadline(
        applicant=cases[0],
        rule="applicants.intake",
        subject="",
        title="Now",
        due_at=soon,
        source="",
        by=work.olga,
    )

    with django_assert_num_queries(1):
        found = queries.next_deadlines(cases)

    assert {one.pk: found[one.pk].rule for one in cases} == {
        cases[0].pk: "applicants.intake",
        cases[1].pk: "applicants.answer",
        cases[2].pk: "applicants.answer",
    }


@pytest.mark.parametrize("number", [1, 3])
def test_tasks_of_a_person_in_cases_that_person_sees(work, number, django_assert_num_queries):
    today = timezone.localdate()
    for day in range(number):
        applicant = make_applicant(by=work.olga)
        due = today + timedelta(days=number - day)
        operations.add_task(
            id=random_id(), applicant=applicant, title=f"Task {day}", due_on=due, owner=work.tim, by=work.olga
        )
        operations.add_task(
            id=random_id(), applicant=applicant, title="Hers", due_on=None, owner=work.nina, by=work.olga
        )

    with django_assert_num_queries(1):
        titles = [(task.title, task.applicant.pseudonym) for task in queries.tasks_for(work.tim)]

    assert [title for title, _ in titles] == [f"Task {day}" for day in reversed(range(number))]
    assert list(queries.tasks_for(work.nina)) == []


def test_who_sees_a_case_is_told_in_one_line_each(work, applicant, django_assert_num_queries):
    share(applicant, work.vera, "read", by=work.olga, expires_at=timezone.now() + HOUR)

    with django_assert_num_queries(2):
        lines = [(str(line.whom), line.works, bool(line.expires_at)) for line in viewers.who_sees(applicant)]

    assert lines == [
        ("Team East", True, False),
        ("Olga Owner", True, False),
        ("Vera Vetting", False, True),
    ]
    assert set(queries.people_who_see(applicant)) == {work.olga, work.tim, work.vera}


def test_of_a_household_only_shared_members_are_named(work, applicant):
    wife = make_applicant(by=work.olga, category="partner")
    son = make_applicant(by=work.nina, category="child")
    join = {"kinship": "spouse", "has_certificate": True, "travels_with": True, "by": work.olga}
    operations.join_household(applicant=wife, with_applicant=applicant, **join)
    operations.join_household(applicant=son, with_applicant=applicant, **(join | {"kinship": "child"}))

    kin = queries.household_of(applicant, work.olga)
    assert kin.mine.kinship == Membership.Kinship.PRINCIPAL
    assert [(one.applicant, one.kinship) for one in kin.others] == [(wife, "spouse")]
    assert kin.hidden == 1
    assert queries.household_of(make_applicant(by=work.olga), work.olga) == queries.Kin(None, [], 0, [])
    assert list(queries.companions(applicant, work.olga)) == [wife]


def test_a_pseudonym_is_found_however_it_is_typed(work):
    applicant = make_applicant(by=work.olga, pseudonym="Lotus 47")

    for typed in ("Lotus 47", "lotus 47", " LOTUS-47 ", "lotus47"):
        assert queries.find_by_pseudonym(work.olga, typed) == applicant
    assert queries.find_by_pseudonym(work.nina, "Lotus 47") is None


def test_what_is_offered_was_never_given_out(work):
    assert not queries.is_used(queries.offer_pseudonym())
    assert queries.is_used(make_applicant(by=work.olga).pseudonym)


@pytest.mark.parametrize("number", [1, 3])
def test_the_timeline_costs_the_same_for_one_and_for_many(work, applicant, number, django_assert_num_queries):
    for n in range(number):
        operations.add_note(id=random_id(), applicant=applicant, text=f"Note {n}", by=work.olga)
        operations.add_task(
            id=random_id(), applicant=applicant, title=f"Task {n}", due_on=None, owner=work.tim, by=work.olga
        )
    operations.edit_applicant(applicant=applicant, changes={"urgency": 3}, version=1, by=work.tim)
    fresh = Applicant.objects.select_related("intake_by").get()

    with django_assert_num_queries(6):
        line = timeline(fresh)

    assert [event.title for event in line.coming] == [
        "Answer the first message",
        *(f"Task {n}" for n in range(number)),
    ]
    assert [event.text or event.title for event in line.past] == [
        "Case file changed",
        *(f"Note {n}" for n in reversed(range(number))),
        "Registered",
    ]


def test_the_timeline_tells_what_happened_newest_first(work, applicant):
    operations.move_stage(applicants=[applicant], target="intake", reason="wants to", by=work.olga)
    applicant.refresh_from_db()
    operations.add_note(id=random_id(), applicant=applicant, text="He called.", by=work.tim)
    task = operations.add_task(
        id=random_id(),
        applicant=applicant,
        title="Call back",
        due_on=timezone.localdate(),
        owner=work.tim,
        by=work.tim,
    )
    operations.finish_task(task=task, by=work.olga)
    share(applicant, work.vera, by=work.olga)

    line = timeline(applicant)

    assert [(event.kind, event.title) for event in line.coming] == [("deadline", "Complete the intake")]
    assert [(event.kind, event.title or event.text, event.who) for event in line.past] == [
        ("system", "Shared", "Olga Owner"),
        ("finished", "Call back", "Olga Owner"),
        ("note", "He called.", "Tim Team"),
        ("stage", "First contact → Intake", "Olga Owner"),
        ("met", "Answer the first message", ""),
        ("system", "Registered", "Olga Owner"),
    ]


def test_a_household_that_was_left_stays_with_who_is_seen(work, applicant):
    partner = make_applicant(by=work.olga, pseudonym="Grey Wife", category="partner")
    facts = {"kinship": "spouse", "has_certificate": True, "travels_with": True}
    operations.join_household(applicant=partner, with_applicant=applicant, **facts, by=work.olga)
    operations.leave_household(applicant=partner, by=work.olga)
    [mine], [theirs] = (queries.household_of(one, work.olga).past for one in (applicant, partner))

    assert (mine.mine.kinship, mine.others) == ("principal", [partner])
    assert (theirs.mine.kinship, theirs.others) == ("spouse", [applicant])
    assert queries.household_of(applicant, work.nina).past[0].others == []
