"""What the matrix says of one man, cell by cell, and that two hundred cost no more questions than three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.alarms.operations import add_risk, raise_alarm
from cases.applicants.models import Household, Membership
from cases.applicants.operations import register_applicants
from cases.documents.models import Stay
from cases.documents.operations.held import add_document
from cases.documents.operations.reference import load_reference
from cases.documents.queries.held import types_by_code
from cases.relocation.models import Member
from cases.relocation.operations.groups import photos_here
from cases.relocation.queries.groups import people_of
from cases.relocation.readiness import COLUMNS, SIGNS, TONES, matrix
from cases.staff.models import random_id
from tests.applicants.factories import agree, make_applicant, new_applicant
from tests.relocation.factories import make_group
from tests.vetting.decision_conftest import ready  # noqa: F401
from tests.vetting.decision_factories import decide, expire

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(applicant, work):
    load_reference()
    return make_group(None, applicant, by=work.olga)


def cells(group, viewer):
    [row] = matrix(group, people_of(group, viewer).members)
    return {cell.column: (cell.state, cell.word) for cell in row.cells}


def test_every_state_has_a_sign_and_a_tone():
    assert set(SIGNS) == set(TONES)


def test_of_somebody_new_everything_is_missing_but_danger(group, work):
    Stay.objects.all().delete()
    seen = cells(group, work.olga)

    assert list(seen) == list(COLUMNS)
    assert seen["vetting"] == ("missing", "not decided")
    assert seen["holders"] == ("ready", "two or more")
    assert seen["consent"] == ("missing", "not asked")
    assert seen["photos"] == ("missing", "not here")
    assert seen["safety"] == ("ready", "nothing is noted")
    assert seen["papers"][0] in ("missing", "soon")


def test_consent_follows_the_newest_answer(group, applicant, work):
    agree(applicant, "government", by=work.olga)
    assert cells(group, work.olga)["consent"] == ("ready", "agrees")
    agree(applicant, "government", by=work.olga, agrees=False)
    assert cells(group, work.olga)["consent"] == ("danger", "does not agree")


def test_who_does_not_want_the_case_kept_is_not_submitted_either(group, applicant, work):
    agree(applicant, "government", by=work.olga)
    agree(applicant, "keeping", by=work.olga, agrees=False)

    assert cells(group, work.olga)["consent"] == ("danger", "does not agree")


def test_one_holder_is_too_few(group, applicant, work):
    applicant.identity_safe.grants.filter(user=work.tim).delete()

    assert cells(group, work.olga)["holders"] == ("missing", "fewer than two")


def test_without_a_name_nobody_can_be_submitted(work):
    nameless = make_applicant(by=work.olga, pseudonym="Grey Wren")

    assert cells(make_group(None, nameless, by=work.olga), work.olga)["holders"][1] == "no name sealed"


def test_a_passport_with_a_visa_opens_france(group, applicant, work):
    before = cells(group, work.olga)["papers"]
    facts = {"type": types_by_code()["RU_ZAG10"], "country": "RU", "chip": True, "status": "held"}
    facts |= {"issued_on": timezone.localdate() - timedelta(days=90), "blank_pages": 9}
    facts |= {"expires_on": timezone.localdate() + timedelta(days=3000)}
    add_document(id=random_id(), applicant=applicant, facts=facts, sealed={}, by=work.olga)
    seen = cells(group, work.olga)["papers"]

    assert before[0] != "ready"
    assert seen[0] == "ready"


def test_photographs_are_here_once_it_is_said(group, work):
    photos_here(member=Member.objects.get(), here=True, by=work.olga)

    assert cells(group, work.olga)["photos"][0] == "ready"


def test_danger_comes_in_its_order(group, applicant, work):
    risk = {"happened_on": timezone.localdate(), "review_on": timezone.localdate() + timedelta(days=9)}
    add_risk(id=random_id(), applicant=applicant, kind="media", severity=1, **risk, by=work.olga)
    assert cells(group, work.olga)["safety"][0] == "soon"
    Stay.objects.create(applicant=applicant, barred=True, updated_by=work.olga)
    assert cells(group, work.olga)["safety"] == ("missing", "barred from leaving")
    add_risk(id=random_id(), applicant=applicant, kind="police", severity=3, **risk, by=work.olga)
    assert cells(group, work.olga)["safety"][1].startswith("acute: police")
    raise_alarm(id=random_id(), applicant=applicant, kind="detained", by=work.olga)
    assert cells(group, work.olga)["safety"] == ("danger", "alarm: detained")


def test_vetting_counts_only_while_its_basis_stands(ready):  # noqa: F811
    case = ready.case
    mine = make_group(None, case, by=ready.vera)
    decide(case, ready.vera, ready.ilse)
    assert cells(mine, ready.vera)["vetting"][0] == "ready"
    expire("V01")
    assert cells(mine, ready.vera)["vetting"] == ("missing", "counts no more")


def questions(group, viewer):
    with CaptureQueriesContext(connection) as asked:
        rows = matrix(group, people_of(group, viewer).members)
    return len(rows), len(asked)


def test_two_hundred_people_cost_as_many_questions_as_one(group, work):
    one, first = questions(group, work.olga)
    new = [new_applicant(owner=work.olga, team=work.team) for _ in range(199)]
    people = register_applicants(new=new, by=work.olga)
    Member.objects.bulk_create(Member(group=group, applicant=case, added_by=work.olga) for case in people)
    Household.objects.bulk_create(Household() for _ in range(5))
    for place, household in enumerate(Household.objects.all()):
        for case in people[2 * place : 2 * place + 2]:
            Membership.objects.create(household=household, applicant=case, kinship="other")

    assert (one, questions(group, work.olga)) == (1, (200, first))
    assert first < 40
