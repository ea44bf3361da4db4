from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.vetting.models import Check
from cases.vetting.operations.conflicts import declare_conflict
from cases.vetting.operations.vetting import service_changed
from cases.vetting.queries.cases import vetting_rows
from tests.applicants.factories import IDENTITY, make_applicant
from tests.vetting.decision_factories import NEEDED, answer, decide, decided_long_ago, share, vote

pytestmark = pytest.mark.django_db
URL = reverse("vetting:list")


def mine(user):
    return {row.applicant.pseudonym: row.mine for row in vetting_rows(user)}


def text(answer):
    return " ".join(answer.content.decode().split())


def another(work, ready, pseudonym, stage="vetting"):
    case = make_applicant(by=work.olga, pseudonym=pseudonym, identity=IDENTITY)
    Applicant.objects.filter(pk=case.pk).update(stage=stage)
    case.refresh_from_db()
    share(work, case, ready.vera)
    for code in NEEDED:
        answer(case, code, by=ready.vera)
    return case


def test_what_waits_for_whom(ready):
    assert mine(ready.vera) == {"Grey Heron": "missing"}
    vote(ready.case, ready.vera)
    assert (mine(ready.vera), mine(ready.ilse)) == ({"Grey Heron": "in"}, {"Grey Heron": "missing"})
    service_changed(ready.case)
    assert mine(ready.vera) == {"Grey Heron": "stale"}
    declare_conflict(applicant=ready.case, user=ready.vera, relation="friend", by=ready.vera)
    assert mine(ready.vera) == {"Grey Heron": "barred"}


def test_what_is_decided_leaves_the_list_until_it_does_not_count(ready):
    decide(ready.case, ready.vera, ready.ilse)
    assert vetting_rows(ready.vera) == []

    answer(ready.case, "V01", by=ready.vera)
    assert mine(ready.vera) == {"Grey Heron": "stale"}


def test_a_decision_that_expires_soon_comes_back(browse, ready):
    decided_long_ago(ready, 170)
    Applicant.objects.filter(pk=ready.case.pk).update(stage="dossier")

    [row] = vetting_rows(ready.vera)
    assert row.expires == timezone.localdate() + timedelta(days=10)
    assert "in 10 days" in text(browse(ready.vera).get(URL))


def test_a_case_vetted_before_there_were_votes_asks_for_them(ready):
    Applicant.objects.filter(pk=ready.case.pk).update(stage="dossier")

    assert mine(ready.vera) == {"Grey Heron": "missing"}


def test_the_checks_are_counted(browse, ready):
    Check.objects.filter(kind="V08").delete()

    assert "2/3" in text(browse(ready.vera).get(URL))


def test_ones_own_vote_comes_first_then_who_waits_longest(work, ready):
    now = timezone.now()
    for number, name in enumerate(("Older 1", "Oldest 2")):
        case = another(work, ready, name)
        Applicant.objects.filter(pk=case.pk).update(stage_since=now - timedelta(days=number + 1))
    vote(Applicant.objects.get(pseudonym="Oldest 2"), ready.vera)

    assert [row.applicant.pseudonym for row in vetting_rows(ready.vera)] == [
        "Older 1",
        "Grey Heron",
        "Oldest 2",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_many_cases_ask_the_database_as_often_as_one(work, ready, browse, django_assert_num_queries, number):
    for place in range(number - 1):
        decide_half(another(work, ready, f"Maple {place + 700}"), ready)
    browser = browse(ready.vera)
    browser.get(URL)

    with django_assert_num_queries(12):
        browser.get(URL)


def decide_half(case, ready):
    vote(case, ready.vera)


def test_coordinators_have_no_vote_and_see_the_list(browse, ready, work):
    share(work, ready.case, work.cora)

    assert mine(work.cora) == {"Grey Heron": ""}
    assert "Grey Heron" in text(browse(work.cora).get(URL))


def test_others_have_no_such_list(browse, ready, work):
    assert browse(work.tim).get(URL).status_code == 403
    assert "Nobody is in vetting" in text(browse(make_stranger()).get(URL))


def make_stranger():
    from cases.staff.roles import Role
    from tests.staff.factories import make_person

    return make_person("Stan Stranger", [Role.VETTING])
