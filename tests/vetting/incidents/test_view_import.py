"""Taking a file in from the page: nothing is saved before it was confirmed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.staff.models import random_id
from cases.vetting.models import Incident
from tests.vetting.incidents.making import LISTING, OWN, as_csv, entry, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
FETCH = {"HTTP_HX_REQUEST": "true"}
URL = "/vetting/incidents/import/"
FILE = as_csv([entry(1), entry(2), entry(3, places="Izium"), entry(4, units="")], LISTING)


def send(inside, step, content=FILE, **fields):
    file = SimpleUploadedFile("list.csv", content)
    return inside.post(URL, {"id": str(random_id()), "step": step, "file": file} | fields, **FETCH)


def answers(form):
    """What the browser sends of the check as it is shown."""
    return {name: form[name].value() for name in form.fields if form[name].value() not in ("", False, None)}


def test_the_check_shows_what_each_row_would_become_and_saves_nothing(inside):
    answer = send(inside, "check")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Rows 2, 3" in page
    assert "(part of 35th Combined Arms Army)" in page
    assert "No unit is named." in page
    assert "when?" in page
    assert "Vydumsky" not in page
    assert not Incident.objects.exists()


def test_what_is_confirmed_is_taken_in_with_what_was_typed(inside):
    shown = send(inside, "check").context
    typed = answers(shown["form"]) | {"from-2": "3.2022", "to-2": "31.3.2022"}
    typed.pop("take-4")
    answer = send(inside, "take", digest=shown["digest"], **typed)

    assert answer.status_code == 200
    assert "1 incident was taken in" in answer.content.decode()
    assert list(Incident.objects.values_list("places", "begins", "ends")) == [
        (["Bucha"], "2022-03", "2022-03-31")
    ]

    again = send(inside, "check").context
    assert [one.line for one in again["form"].planned] == [4]


def test_a_wrong_day_is_said_beside_its_field(inside):
    shown = send(inside, "check").context
    typed = answers(shown["form"]) | {"from-2": "spring", "from-4": "4.2022", "to-4": "3.2022"}
    answer = send(inside, "take", digest=shown["digest"], **typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"from-2", "to-4"}
    assert answer.context["form"]["from-2"].value() == "spring"
    assert not Incident.objects.exists()


def test_another_file_is_looked_at_anew(inside):
    shown = send(inside, "check").context
    other = as_csv([row()], OWN)
    answer = send(inside, "take", other, digest=shown["digest"], **answers(shown["form"]))

    assert "This is another file than before" in answer.content.decode()
    assert not Incident.objects.exists()


def test_nothing_ticked_takes_nothing_in(inside):
    shown = send(inside, "check").context
    answer = send(inside, "take", digest=shown["digest"])

    assert answer.status_code == 422
    assert "Nothing in this file is chosen" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is nothing in this file."),
        (b"%PDF-1", "This is no spreadsheet we can read."),
        (b"a,b\n1,2\n", "The first row holds no headings we know."),
        (as_csv([], OWN), "There is nothing in this file but headings."),
        (as_csv([row(what=f"x {number}") for number in range(601)], OWN), "more than 600 rows"),
    ],
    ids=["empty", "pdf", "headings", "rows", "many"],
)
def test_a_file_that_cannot_be_read_is_said(inside, content, said):
    answer = send(inside, "check", content)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_without_a_file_the_form_asks_for_it(inside):
    answer = inside.post(URL, {"id": str(random_id()), "step": "check"}, **FETCH)

    assert (answer.status_code, "Choose the file." in answer.content.decode()) == (422, True)


def test_progress_is_told(inside):
    answer = inside.get(reverse("vetting:incident_import_progress", args=[random_id()]))

    assert answer.json() == {"done": 0, "total": 0}
