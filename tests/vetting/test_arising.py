"""A period that meets an incident becomes a question to the person: once, sealed, and only by who vets here."""

import pytest
from django.urls import reverse

from cases.applicants import operations as applicants
from cases.applicants.operations import Opening
from cases.audit.models import Entry
from cases.vault.queries import item_of
from cases.vetting.account import read_account_item
from cases.vetting.models import Question
from tests.vetting.incidents.making import make_incident, make_unit
from tests.vetting.service_factories import make_entry

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def brigade(work):
    return make_unit(work.vera)


@pytest.fixture
def vera(work, applicant):
    opening = Opening([applicant.account_safe], work.unlocked(work.olga))
    applicants.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga, opening=opening
    )
    return work.vera


def opened(browse, person, applicant):
    sent = {"reason": "vetting", "words": ""}
    return browse(person, unlocked=True).send(reverse("vetting:service_open", args=[applicant.pk]), **sent)


def test_a_question_is_raised_once_and_says_why(browse, work, applicant, vera, brigade):
    make_incident(work.vera, brigade)
    make_entry(applicant, by=work.olga)
    make_entry(applicant, by=work.olga, account="verified")
    pages = [opened(browse, vera, applicant).content.decode() for _ in range(2)]
    [question] = Question.objects.all()
    said = read_account_item(
        applicant=applicant,
        kind=question.sealed_kind,
        reason="test",
        unlocked=work.unlocked(vera),
        by=vera,
    )

    assert (question.kind, question.state, question.raised_by) == ("incident", "open", vera)
    assert "64th Separate Motorised Rifle Brigade" in " ".join(said["reason"])
    assert "1 question to the person was written down." in pages[0]
    assert "was written down" not in pages[1]
    assert all("Looting of houses" in page for page in pages)


def test_another_incident_raises_another_question(browse, work, applicant, vera, brigade):
    make_entry(applicant, by=work.olga)
    make_incident(work.vera, brigade)
    opened(browse, vera, applicant)
    make_incident(
        work.vera, brigade, what="A school was used as a barracks", begins="2022-04", ends="2022-04"
    )
    opened(browse, vera, applicant)

    assert Question.objects.count() == 2


def test_who_does_not_vet_sees_it_and_raises_nothing(browse, work, applicant, brigade):
    make_incident(work.vera, brigade)
    make_entry(applicant, by=work.olga)
    page = opened(browse, work.olga, applicant).content.decode()

    assert "Looting of houses" in page
    assert "/vetting/incidents/" not in page
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "entry",
    [
        {"unit_number": "12345", "unit_name": "1st tank army", "unit_spellings": []},
        {"from_": "2023", "to": "2023"},
    ],
)
def test_another_unit_or_time_raises_nothing(browse, work, applicant, vera, brigade, entry):
    make_incident(work.vera, brigade)
    make_entry(applicant, by=work.olga, **{"unit_spellings": [], **entry})
    opened(browse, vera, applicant)

    assert not Question.objects.exists()


def test_nothing_in_clear_says_which_incident(browse, work, applicant, vera, brigade):
    incident = make_incident(work.vera, brigade)
    make_entry(applicant, by=work.olga)
    opened(browse, vera, applicant)
    question = Question.objects.get()
    rows = str(list(Question.objects.values())) + str(list(Entry.objects.values_list("detail", flat=True)))
    item = item_of(applicant.account_safe, question.sealed_kind)

    assert str(incident.pk) not in rows
    assert incident.pk.hex not in rows
    assert str(incident.pk).encode() not in bytes(item.envelope)
    # The search would find it, if it stood there.
    assert str(incident.pk) in rows + str(incident.pk)
