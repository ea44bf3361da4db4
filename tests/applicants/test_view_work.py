import pytest
from django.urls import reverse

from cases.applicants import operations
from cases.applicants.models import Deadline, Note, Task
from cases.staff.models import random_id

pytestmark = pytest.mark.django_db


def url(applicant, name):
    return reverse(f"applicants:{name}", args=[applicant.pk])


def a_task(work, applicant):
    return operations.add_task(
        id=random_id(), applicant=applicant, title="Call", due_on=None, owner=work.tim, by=work.olga
    )


def test_a_note_is_written_from_the_page_where_one_is(browse, work, applicant):
    here = url(applicant, "notes")
    sent = {"new_id": str(random_id()), "text": "He called."}
    tim = browse(work.tim)
    answers = [tim.send(url(applicant, "note"), here=here, **sent) for _ in range(2)]

    note = Note.objects.get()
    assert [(one.status_code, one["HX-Redirect"]) for one in answers] == [(204, here)] * 2
    assert (note.text, note.by, note.applicant) == ("He called.", work.tim, applicant)
    assert "He called." in tim.get(url(applicant, "detail")).content.decode()


def test_an_empty_note_is_refused(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant, "note"), new_id=str(random_id()), text="  ")

    assert answer.status_code == 422
    assert 'id="note-form"' in answer.content.decode()
    assert not Note.objects.exists()


def test_the_answer_leads_to_no_other_host(browse, work, applicant):
    tim = browse(work.tim)
    sent = {"new_id": str(random_id()), "text": "He called."}
    answer = tim.client.post(
        url(applicant, "note"),
        sent,
        headers={"HX-Request": "true", "HX-Current-URL": "http://evil.example/x"},
    )

    assert answer["HX-Redirect"] == f"/cases/{applicant.pk}/"


def test_a_task_is_set_for_a_colleague_who_sees_the_case(browse, work, applicant):
    tim = browse(work.tim)
    form = tim.get(url(applicant, "task")).context["form"]
    assert set(form.fields["owner"].queryset) == {work.olga, work.tim}
    assert form["owner"].value() == work.tim.pk

    sent = {"new_id": str(random_id()), "title": "Call", "due_on": "2026-12-01", "owner": work.olga.pk}
    assert [tim.send(url(applicant, "task"), **sent).status_code for _ in range(2)] == [204, 204]
    task = Task.objects.get()
    assert (task.title, task.due_on.isoformat(), task.owner, task.created_by) == (
        "Call",
        "2026-12-01",
        work.olga,
        work.tim,
    )


def test_a_task_for_somebody_outside_is_refused(browse, work, applicant):
    sent = {"new_id": str(random_id()), "title": "Call", "owner": work.nina.pk}
    answer = browse(work.tim).send(url(applicant, "task"), **sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["owner"]


def test_one_click_finishes_a_task_and_another_reopens_it(browse, work, applicant):
    task, tim = a_task(work, applicant), browse(work.tim)

    answer = tim.send(reverse("applicants:task_done", args=[task.pk]), here="/")
    task.refresh_from_db()
    assert (answer["HX-Redirect"], task.done_by) == ("/", work.tim)

    tim.send(reverse("applicants:task_reopen", args=[task.pk]))
    task.refresh_from_db()
    assert task.done_at is None


def test_one_click_meets_a_deadline(browse, work, applicant):
    deadline = Deadline.objects.get()
    browse(work.tim).send(reverse("applicants:deadline_met", args=[deadline.pk]))

    deadline.refresh_from_db()
    assert deadline.met_at


@pytest.mark.parametrize("name", ["note", "task"])
def test_who_may_write(browse, work, applicant, name):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    sent = {"new_id": str(random_id()), "text": "x", "title": "x", "owner": work.tim.pk}

    assert browse(work.nina).send(url(applicant, name), **sent).status_code == 404
    assert browse(work.vera).send(url(applicant, name), **sent).status_code == 403
    assert browse(work.audrey).send(url(applicant, name), **sent).status_code == 403
    assert not Note.objects.exists()
    assert not Task.objects.exists()


@pytest.mark.parametrize("name", ["task_done", "task_reopen", "deadline_met"])
def test_who_may_finish(browse, work, applicant, name):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    thing = Deadline.objects.get() if name == "deadline_met" else a_task(work, applicant)
    address = reverse(f"applicants:{name}", args=[thing.pk])

    assert browse(work.nina).send(address).status_code == 404
    assert browse(work.nina).send(reverse(f"applicants:{name}", args=[random_id()])).status_code == 404
    assert browse(work.vera).send(address).status_code == 403
    assert browse(work.audrey).send(address).status_code == 403
    assert browse(work.tim).get(address).status_code == 405
