import pytest

from cases.applicants.models import Applicant
from cases.applicants.operations import move_stage
from cases.applicants.refusals import StageBlocked
from cases.applicants.ways import ways_from
from cases.documents.operations import held as operations
from tests.documents.paper_factories import make_paper

pytestmark = pytest.mark.django_db


def at(applicant, stage):
    Applicant.objects.filter(pk=applicant.pk).update(stage=stage)
    applicant.refresh_from_db()
    return applicant


def move(applicant, target, by):
    move_stage(applicants=[applicant], target=target, reason="", by=by)
    applicant.refresh_from_db()
    return applicant.stage


def test_nobody_looks_for_a_remedy_before_papers_were_asked_for(work, applicant):
    at(applicant, "vetted")
    with pytest.raises(StageBlocked, match="No paper is recorded"):
        move(applicant, "doc_remedy", work.olga)
    [way] = [way for way in ways_from(applicant, work.olga) if way.target == "doc_remedy"]
    assert way.obstacles == [
        "No paper is recorded. Under “Papers”, add what the person holds, or say that there is none at all."
    ]

    make_paper(applicant, by=work.olga, type="RU_INT", status="army")
    assert move(applicant, "doc_remedy", work.olga) == "doc_remedy"


def test_no_paper_at_all_is_an_answer_too(work, applicant):
    at(applicant, "vetted")
    operations.say_no_paper(applicant=applicant, by=work.olga)

    assert move(applicant, "doc_remedy", work.olga) == "doc_remedy"


def test_a_struck_paper_is_none(work, applicant):
    at(applicant, "vetted")
    paper = make_paper(applicant, by=work.olga, type="RU_INT")
    operations.strike_document(document=paper, reason="twice", by=work.olga)

    with pytest.raises(StageBlocked):
        move(applicant, "doc_remedy", work.olga)


@pytest.mark.parametrize(
    ("type", "status", "opens"),
    [
        ("RU_INT", "held", False),
        ("RU_ZAG10", "held", True),
        ("RU_ZAG10", "lost", False),
        ("RU_ZAG10", "copy", False),
        ("FR_LP", "applied", True),
        ("FR_LP", "refused", False),
        ("RU_RET", "held", False),
    ],
)
def test_from_the_remedy_to_the_dossier_goes_who_has_something_to_travel_on(
    work, applicant, type, status, opens
):
    at(applicant, "doc_remedy")
    make_paper(applicant, by=work.olga, type=type, status=status)
    if opens:
        assert move(applicant, "dossier", work.olga) == "dossier"
        return
    with pytest.raises(StageBlocked, match="nothing to travel on yet"):
        move(applicant, "dossier", work.olga)


def test_who_comes_to_the_dossier_by_another_way_is_not_asked(work, applicant):
    assert move(at(applicant, "vetted"), "dossier", work.olga) == "dossier"
