import pytest
from django.urls import reverse

from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vetting.account import seal_account
from cases.vetting.models import Check
from cases.vetting.operations.service import add_entry
from cases.vetting.operations.vetting import service_changed
from tests.vetting.decision_factories import answer, decide, vote

pytestmark = pytest.mark.django_db
PERIOD = {
    "from": "2022-03",
    "to": "2022-05",
    "unit_name": "бригада Лопуховка",
    "unit_spellings": ["LOPUKHOVKA", "Лопухівка"],
    "place": "Журавлиха",
    "note": "",
}
FINDING = {"finding": "шрам Кулебякина на видео", "lawyer": ""}
SEALED = ("Лопуховк", "Журавлих", "Кулебякин", "LOPUKHOVKA")


@pytest.fixture
def told(ready):
    """Findings, a period of service and two votes lie in the account safe; the one of Vera with reasons."""
    seal_account(applicant=ready.case, kind="check-V01", content=FINDING, by=ready.vera)
    add_entry(
        id=random_id(), applicant=ready.case, account="own", kind="period", content=PERIOD, by=ready.vera
    )
    decide(ready.case, ready.vera, ready.ilse)
    return ready


def report(case):
    return reverse("vetting:report", args=[case.pk])


def annex(case):
    return reverse("vetting:annex", args=[case.pk])


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_report_says_who_checked_what_and_what_was_decided(browse, told):
    answer(told.case, "V10", by=told.ilse, result="contradicted")
    page = text(browse(told.owner).get(report(told.case)))

    assert "Vetting report: Grey Heron" in page
    assert "V10 Check V10" in page
    assert "contradicted" in page
    assert "Vera Vetting, Ilse Second" in page
    assert "counts today" in page
    assert "V08: version 1" in page
    assert "Service record: version 1" in page
    assert "no finding of guilt or innocence" in page


def test_a_decision_that_does_not_count_is_said_to(browse, told):
    service_changed(told.case)

    page = text(browse(told.owner).get(report(told.case)))
    assert "does not count at present" in page
    assert "Service record: version 2" in page


def test_of_votes_under_way_nothing_is_told(browse, ready):
    Check.objects.filter(kind="V12").delete()
    vote(ready.case, ready.vera, "decline")

    page = text(browse(ready.vera).get(report(ready.case)))
    assert "Not decided." in page
    assert "Not answered, though support needs it: V12 Check V12" in page
    assert "Decline" not in page


@pytest.mark.parametrize("unlocked", [True, False])
def test_what_happened_is_not_on_the_report(browse, told, unlocked):
    page = text(browse(told.vera, unlocked=unlocked).get(report(told.case)))

    assert [word for word in SEALED if word in page] == []


def test_the_annex_opens_all_of_it_with_one_reason_and_one_row(browse, told, recorded):
    before = len(recorded())
    opened = browse(told.vera, unlocked=True).send(annex(told.case), reason="vetting", words="for the lawyer")

    assert opened.status_code == 200
    assert [word for word in SEALED if word not in text(opened)] == []
    assert "Opened by Vera Vetting on" in text(opened)
    assert recorded()[before:].count("vault.opened_quietly") == 1
    assert [action for action in recorded()[before:] if action.startswith("vault.opened")] == [
        "vault.opened_quietly"
    ]
    row = Entry.objects.filter(action="vault.opened_quietly").first()
    assert "annex of the report" in row.detail
    assert "for the lawyer" in row.detail


def test_the_annex_says_each_thing_by_its_name(browse, told):
    page = text(browse(told.vera, unlocked=True).send(annex(told.case), reason="vetting", words=""))

    for label in (
        "Name of the unit",
        "Other spellings of the unit",
        "Place",
        "What was found",
        "V01 Check V01",
    ):
        assert label in page
    assert "LOPUKHOVKA, Лопухівка" in page
    assert page.index("Service record") < page.index("Findings") < page.index("Reasons of the votes")


@pytest.mark.parametrize("who", ["locked", "not given"])
def test_who_cannot_open_gets_a_sentence_and_nothing_else(browse, told, work, who):
    person = told.vera if who == "locked" else work.cora
    if who == "not given":
        from cases.applicants.operations import share_with_person

        share_with_person(applicant=told.case, person=person, to="read", expires_at=None, by=told.owner)
    answer = browse(person, unlocked=who != "locked").send(annex(told.case), reason="vetting", words="")

    assert answer.status_code == 422
    assert [word for word in SEALED if word in text(answer)] == []


def test_the_annex_needs_a_reason_and_goes_by_fetch(browse, told):
    browser = browse(told.vera, unlocked=True)

    assert browser.send(annex(told.case)).status_code == 422
    assert browser.client.post(annex(told.case), {"reason": "vetting"}).status_code == 400
    assert browser.get(annex(told.case)).status_code == 405
    assert browser.send(report(told.case)).status_code == 405


def test_outsiders_and_auditors_see_no_report(browse, told, work):
    for address in (report(told.case),):
        assert browse(work.nina).get(address).status_code == 404
        assert browse(work.audrey).get(address).status_code == 403
    assert browse(work.nina, unlocked=True).send(annex(told.case), reason="vetting").status_code == 404


def test_where_nothing_is_sealed_there_is_nothing_to_open(browse, ready):
    assert "Open the account" not in text(browse(ready.vera, unlocked=True).get(report(ready.case)))
    opened = browse(ready.vera, unlocked=True).send(annex(ready.case), reason="vetting", words="")
    assert "nothing recorded" in text(opened)
