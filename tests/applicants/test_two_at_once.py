"""Two colleagues save the same thing: the second sees what the first saved, loses nothing, and chooses per field."""

import json
from datetime import date

import pytest
from django.urls import reverse

from cases.applicants import operations
from cases.applicants.forms.meanwhile import SEALED_MEANWHILE
from cases.applicants.models import Applicant
from cases.applicants.reading import sealed_version
from cases.applicants.refusals import SealedMeanwhile
from cases.documents.models import Stay
from cases.documents.operations import held as operations_of_papers
from cases.documents.operations.held import save_stay
from cases.staff.models import random_id
from tests.applicants.factories import CONTACT, IDENTITY, NAME
from tests.applicants.test_view_edit import opened, send
from tests.documents.paper_factories import make_paper

pytestmark = pytest.mark.django_db
REASON = {"reason": "contact", "words": ""}


def url(applicant, name):
    return reverse(f"applicants:{name}", args=[applicant.pk])


def seen_in(answer):
    return answer.context["form"]["seen"].value()


def test_where_both_wrote_a_button_takes_what_the_first_saved(browse, work, applicant):
    tim = browse(work.tim)
    late = opened(tim, applicant, urgency="4", languages=["ru"], special_needs="insulin")
    operations.edit_applicant(
        applicant=applicant,
        changes={"country": "AM", "urgency": 3, "languages": ["bua"], "special_needs": "insulin"},
        version=1,
        by=work.olga,
    )

    answer = send(tim, applicant, late)

    form = answer.context["form"]
    theirs = {field.name: field.theirs for field in form if hasattr(field, "theirs")}
    assert {name: json.loads(one.value) for name, one in theirs.items()} == {
        "urgency": ["3"],
        "languages": ["bua"],
    }
    # What only the other changed is in the field already; what both wrote alike is no question.
    assert set(form.errors) == {"urgency", "languages", "country"}
    assert 'data-take="urgency" value="[&quot;3&quot;]"' in answer.content.decode()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_name_sealed_meanwhile_is_not_replaced_unseen(browse, work, applicant):
    tim = browse(work.tim, unlocked=True)
    seen = seen_in(tim.get(url(applicant, "identity")))
    theirs = IDENTITY | {"birth_place": "Мценск"}
    operations.seal_identity(applicant=applicant, identity=theirs, by=work.olga)
    mine = {"name": "Еремей Кулебякин-Ло", "birth_date": "4.11.1999", "birth_place": ""}

    answer = tim.send(url(applicant, "identity"), **mine, seen=seen)

    page = answer.content.decode()
    assert (answer.status_code, sealed_version(applicant.identity_safe, "identity")) == (422, 2)
    assert "Olga Owner sealed this anew while you were writing." in page
    assert ("Еремей Кулебякин-Ло" in page, "Open it beside mine" in page, "Мценск" in page) == (
        True,
        True,
        False,
    )

    beside = tim.send(url(applicant, "identity_open"), **mine, **REASON, seen=2, beside="1")
    form = beside.context["form"]
    assert beside["HX-Retarget"] == "#identity-form"
    assert [form[name].value() for name in ("name", "birth_place")] == ["Еремей Кулебякин-Ло", "Мценск"]
    assert (form["name"].theirs.said, hasattr(form["birth_date"], "theirs")) == (NAME, False)

    again = tim.send(url(applicant, "identity"), **mine, seen=seen_in(answer))
    assert (again.status_code, sealed_version(applicant.identity_safe, "identity")) == (204, 3)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_beside_is_an_opening_like_any_other(browse, work, applicant):
    locked = browse(work.tim).send(url(applicant, "contact_open"), phone="12", beside="1")
    tim = browse(work.tim, unlocked=True)
    refused = tim.send(url(applicant, "identity_open"), name="Ё", beside="1")

    assert (refused.status_code, NAME in refused.content.decode()) == (422, False)
    assert "This field is required." in refused.content.decode()
    assert (locked.status_code, CONTACT["phone"] in locked.content.decode()) == (422, False)
    assert locked.context["form"]["phone"].value() == "12"


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_card_sealed_meanwhile_stands_beside_what_was_typed(browse, work, applicant):
    tim = browse(work.tim, unlocked=True)
    seen = seen_in(tim.get(url(applicant, "contact")))
    operations.seal_contact(applicant=applicant, contact=CONTACT | {"phone": "+995 1"}, by=work.olga)

    answer = tim.send(url(applicant, "contact"), phone="+374 2", seen=seen)
    assert answer.status_code == 422
    assert "+995 1" not in answer.content.decode()

    form = tim.send(url(applicant, "contact_open"), phone="+374 2", beside="1").context["form"]
    assert (form["phone"].value(), form["phone"].theirs.said) == ("+374 2", "+995 1")
    assert (form["handle"].value(), form["seen"].value()) == (CONTACT["handle"], 2)


def test_who_was_never_given_the_name_learns_that_it_changed_and_nothing_else(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    vera = browse(work.vera, unlocked=True)
    operations.seal_identity(applicant=applicant, identity=IDENTITY, by=work.olga)

    page = vera.send(url(applicant, "identity"), name="Другой", seen=1).content.decode()
    assert ("Olga Owner sealed this anew" in page, "Open it beside mine" in page) == (True, False)


def test_the_same_form_again_is_no_colleague(work, applicant):
    for _again in range(2):
        operations.seal_identity(applicant=applicant, identity=IDENTITY, by=work.tim, seen=1)
    with pytest.raises(SealedMeanwhile):
        operations.seal_identity(applicant=applicant, identity=IDENTITY, by=work.olga, seen=1)
    assert Applicant.objects.get().name_known


def a_task(work, applicant):
    told = {"title": "Call", "due_on": date(2026, 12, 1), "owner": work.tim}
    return operations.add_task(id=random_id(), applicant=applicant, **told, by=work.olga)


def carried(browser, address):
    form = browser.get(address).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_a_task_is_changed_and_the_second_sees_what_the_first_changed(browse, work, applicant):
    task = a_task(work, applicant)
    address = reverse("applicants:task_edit", args=[task.pk])
    tim = browse(work.tim)
    late = carried(tim, address) | {"title": "Call the lawyer", "owner": str(work.olga.pk)}
    theirs = {"title": "Call the consul", "due_on": None, "owner": work.tim}
    operations.edit_task(task=task, changes=theirs, version=1, by=work.olga)

    answer = tim.send(address, **late)

    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {"title", "due_on"})
    assert form.errors["title"] == ["Now saved: Call the consul. Choose what is right and save again."]
    assert "A colleague changed this task while you were writing." in answer.content.decode()
    assert [form[name].value() for name in ("title", "due_on", "owner")] == [
        "Call the lawyer",
        "",
        str(work.olga.pk),
    ]
    again = {name: str(value) for name, value in form.data.items()}
    assert tim.send(address, **again).status_code == 204
    task.refresh_from_db()
    assert (task.title, task.due_on, task.owner, task.version) == ("Call the lawyer", None, work.olga, 3)


def test_who_may_change_a_task(browse, work, applicant):
    address = reverse("applicants:task_edit", args=[a_task(work, applicant).pk])
    bad = browse(work.tim).send(address, title="", owner=str(work.nina.pk), version="1")

    assert (bad.status_code, set(bad.context["form"].errors)) == (422, {"title", "owner"})
    assert browse(work.nina).get(address).status_code == 404
    assert browse(work.audrey).get(address).status_code == 403
    assert browse(work.tim).client.put(address).status_code == 405


def test_a_stay_saved_meanwhile_is_said_beside(browse, work, applicant):
    address = reverse("documents:stay", args=[applicant.pk])
    tim = browse(work.tim)
    late = carried(tim, address) | {"overstay": "true"}
    facts = {"entered_on": date(2026, 9, 1), "overstay": False, "barred": None}
    save_stay(applicant=applicant, facts=facts, by=work.olga)

    form = tim.send(address, **late).context["form"]

    assert form.errors["overstay"] == ["Now saved: no. Choose what is right and save again."]
    assert (form["entered_on"].value(), form["overstay"].theirs.value) == ("01.09.2026", '["false"]')
    assert tim.send(address, **{name: str(value) for name, value in form.data.items()}).status_code == 204
    stay = Stay.objects.get()
    assert (stay.entered_on, stay.overstay, stay.barred) == (date(2026, 9, 1), True, None)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_number_of_a_paper_sealed_meanwhile_is_not_replaced_unseen(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga, sealed={"number": "75 1234567"})
    address = reverse("documents:edit", args=[paper.pk])
    tim = browse(work.tim, unlocked=True)
    late = carried(tim, address) | {"number": "75 7654321"}
    operations_of_papers.edit_document(
        document=paper, changes={}, sealed={"number": "75 0000001"}, version=1, by=work.olga
    )

    answer = tim.send(address, **late)
    assert (answer.status_code, str(SEALED_MEANWHILE) in answer.content.decode()) == (422, True)
    beside = tim.send(reverse("documents:open_to_correct", args=[paper.pk]), **late, **REASON)
    assert beside.context["form"]["number"].value() == "75 7654321"
    assert beside.context["form"]["number"].theirs.said == "75 0000001"
