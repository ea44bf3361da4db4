import os
import re
import sys
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.applicants.models import Applicant, UsedPseudonym
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vault import progress
from tests.sheets.files import as_csv, as_xlsx, bomb
from tests.world import FETCH, visit

URL = "/cases/import/"
ROWS = [
    ["Pseudonym", "ФИО", "Страна", "Category", "Phone", "Other"],
    ["Lotus 47", "Зиминский Иван", "Казахстан", "контрактник", "+79990001", "Zaslonov"],
    ["", "Ёлкина Анна", "KZ", "wife", "+79990002", "Zaslonov"],
    ["Panda 12", "Корнеев Пётр", "Nowhereland", "officer", "", ""],
    ["Tango 33", "Юрьев Олег", "Armenia", "officer", "", ""],
]
SECRETS = ("Зимин", "Ёлкин", "Корне", "Юрьев", "79990", "Zaslonov", "Nowhereland")
COLUMNS = {
    f"column-{n}": code for n, code in enumerate(["pseudonym", "name", "country", "category", "phone", ""])
}
URLS = [URL, f"{URL}progress/{random_id()}/"]


@pytest.fixture
def browser(world):
    return visit(world, "claire")


class Form:
    """The page in a browser: keeps its values and its file from step to step."""

    def __init__(self, browser, world, content=None, name="people.csv", **values):
        self.browser = browser
        self.content = as_csv(ROWS) if content is None else content
        self.name = name
        self.values = {"id": str(random_id()), "team": world.team.pk, "channel": "signal", **values}

    def send(self, step, **values):
        self.values |= values
        data = {**self.values, "step": step, "file": SimpleUploadedFile(self.name, self.content)}
        response = self.browser.post(URL, data, **FETCH)
        if found := re.search(r'name="digest" value="(\w+)"', response.content.decode()):
            self.values["digest"] = found[1]
        return response

    def mapped(self):
        self.send("columns")
        self.values |= COLUMNS | {"headed": "on"}
        return self


@pytest.fixture
def form(browser, world):
    return Form(browser, world)


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def registered():
    return sorted(Applicant.objects.values_list("pseudonym", "country", "category"))


def test_the_first_page_asks_for_the_file(browser, world):
    response = browser.get(URL)
    page = response.content.decode()

    assert response.status_code == 200
    assert 'hx-encoding="multipart/form-data"' in page
    assert f'<option value="{world.team.pk}" selected>' in page


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(("name", "status"), [("viktor", 403), ("paul", 403), ("mira", 403), ("ana", 200)])
def test_only_who_may_import_comes_in(world, url, name, status):
    assert visit(world, name).get(url).status_code == status


@pytest.mark.parametrize("url", URLS)
def test_who_is_not_logged_in_is_sent_to_the_login(world, url):
    response = visit(world, None).get(url)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_other_methods_are_refused(browser):
    assert browser.put(URL).status_code == 405
    assert browser.post(URLS[1]).status_code == 405


def test_an_ordinary_form_submission_is_refused(form):
    data = {**form.values, "step": "columns", "file": SimpleUploadedFile("x.csv", form.content)}

    assert form.browser.post(URL, data).status_code == 400


def test_the_columns_are_guessed_and_no_cell_is_shown(form):
    response = form.send("columns")
    page = response.content.decode()

    assert response.status_code == 200
    assert re.findall(r'<option value="(\w+)" selected>', page) == [
        "pseudonym",
        "name",
        "country",
        "category",
        "phone",
    ]
    assert "Aaaa 99" in page
    assert "Яяяя Яяяя" in page
    assert "ФИО" in page
    assert not any(secret in page for secret in SECRETS)


def test_a_first_row_that_may_be_a_person_is_not_shown(browser, world):
    page = Form(browser, world, as_csv(ROWS[1:])).send("columns").content.decode()

    assert not any(secret in page for secret in SECRETS)
    assert 'name="headed" class="form-check-input" id="id_headed" checked' not in page


def test_the_check_says_errors_by_row_and_column_and_shows_no_name(form):
    response = form.mapped().send("check")
    page = response.content.decode()

    assert response.status_code == 200
    assert "4 Rows in all 3 Without errors 1 With errors 0 Without a name" in text(response)
    assert "4 C (Страна) Not a country we know. left out" in text(response)
    assert "Lotus 47" in page
    assert page.count('class="strip"') == 4
    assert "Full name, Phone" in page
    assert not any(secret in page for secret in SECRETS)


def test_two_columns_cannot_hold_the_same(form):
    response = form.mapped().send("check", **{"column-5": "name"})

    assert response.status_code == 422
    assert "Column B holds this already." in text(response)


def test_something_must_be_mapped(form):
    response = form.mapped().send("check", **dict.fromkeys(COLUMNS, ""))

    assert response.status_code == 422
    assert "Say of at least one column what it holds." in text(response)


def test_no_column_of_names_is_remarked_on(form):
    response = form.mapped().send("check", **{"column-1": ""})

    assert "No column was said to hold names" in text(response)


def test_all_good_rows_are_taken_in_and_reported(form, world):
    response = form.mapped().send("take", which="all")
    drawn = Applicant.objects.get(category="partner").pseudonym

    assert response.status_code == 200
    assert registered() == sorted(
        [("Lotus 47", "KZ", "contract"), (drawn, "KZ", "partner"), ("Tango 33", "AM", "officer")]
    )
    assert set(Applicant.objects.values_list("name_known", "team", "channel")) == {
        (True, world.team.pk, "signal")
    }
    assert "3 people were taken in" in text(response)
    assert f"3 {drawn} taken in" in text(response)
    assert "4 – left out: C (Страна): Not a country we know." in text(response)
    assert not any(secret in response.content.decode() for secret in SECRETS)


def test_where_no_row_is_good_the_ways_back_are_shown(form):
    form.mapped()
    page = form.send("check", channel="").content.decode()

    assert "No row can be taken in like this." in page
    assert [to for to in ("take", "columns", "file") if f'data-to="{to}"' in page] == ["columns", "file"]
    assert "No row can be taken in" not in form.send("check", channel="signal").content.decode()
    assert 'value="name" selected' in form.send("columns").content.decode()


def test_chosen_rows_are_taken_in(form):
    response = form.mapped().send("take", which="some", rows="2, 4-5")

    assert [name for name, *_ in registered()] == ["Lotus 47", "Tango 33"]
    assert "3 – left out: not chosen" in text(response)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "Say which rows."),
        ("two", "Write numbers and ranges, for example 2-40, 57"),
        ("4", "None of these rows can be taken in."),
        ("70-90", "None of these rows can be taken in."),
    ],
)
def test_a_choice_that_takes_nothing_is_refused(form, rows, said):
    response = form.mapped().send("take", which="some", rows=rows)

    assert response.status_code == 422
    assert said in text(response)
    assert registered() == []


def test_the_last_step_sent_twice_takes_nothing_in_twice(form):
    first = form.mapped().send("take", which="all")
    second = form.send("take", which="all")

    assert second.content == first.content
    assert Applicant.objects.count() == 3
    assert Entry.objects.filter(action="desk.imported").count() == 1


def test_a_pseudonym_in_use_keeps_only_its_row_out(form):
    UsedPseudonym.objects.create(pseudonym="LOTUS 47")

    response = form.mapped().send("take", which="all")

    assert "2 – left out: A (Pseudonym): This pseudonym was given to somebody else already." in text(response)
    assert Applicant.objects.count() == 2


def test_another_file_in_the_middle_asks_for_its_columns_anew(form):
    form.mapped()
    form.content = as_csv([["Name"], ["Юрьев"]])

    response = form.send("take", which="all")

    assert "This is another file than before." in text(response)
    assert registered() == []


def test_one_can_go_back_and_the_values_are_still_there(form):
    form.mapped().send("check", category="child", which="some", rows="2-3")

    columns = form.send("columns", **{"column-4": "handle"}).content.decode()
    start = form.send("file").content.decode()
    again = form.send("check").content.decode()

    assert re.findall(r'<option value="(\w+)" selected>', columns)[-1] == "handle"
    assert '<option value="child" selected>' in start
    for name, value in (form.values | COLUMNS | {"column-4": "handle"}).items():
        if name not in ("id", "team", "category", "channel"):
            assert f'<input type="hidden" name="{name}" value="{value}">' in start
    assert 'value="2-3"' in again


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n", "This is no spreadsheet we can read."),
        ("bomb.xlsx", bomb(), "Unpacked, this spreadsheet is far too large."),
        ("empty.csv", b"", "There is nothing in this file."),
        ("wide.xlsx", as_xlsx([["x"] * 2000]), "This file has more than 100 columns."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(browser, world, name, content, said):
    response = Form(browser, world, content, name).send("columns")

    assert response.status_code == 422
    assert said in text(response)


def test_a_file_above_the_limit_is_refused(browser, world):
    slightly = Form(browser, world, b"Name\n" + b"x" * (10 * 1024**2)).send("columns")
    far = Form(browser, world, bytes(50 * 1024**2)).send("columns")

    assert slightly.status_code == 422
    assert "This file is larger than 10 MB." in text(slightly)
    assert far.status_code == 400


def test_without_a_file_it_is_asked_for(form):
    response = form.browser.post(URL, {**form.values, "step": "columns"}, **FETCH)

    assert response.status_code == 422
    assert "Choose the file." in text(response)


def test_a_team_of_others_cannot_be_chosen(world):
    response = Form(visit(world, "olga"), world).send("columns")

    assert response.status_code == 422


def test_what_the_vault_refuses_is_said_and_nothing_is_taken_in(form, settings):
    settings.ORGANISATION_KEY_FILE = Path("/nonexistent/organisation.pub")

    response = form.mapped().send("take", which="all")

    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()
    assert registered() == []
    assert UsedPseudonym.objects.count() == 0


@pytest.fixture(scope="module")
def opened_for_writing():
    """The files opened for writing, from now on; a hook of the interpreter sees every one."""
    paths = []

    def look(event, arguments):
        if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            paths.append(str(arguments[0]))

    sys.addaudithook(look)
    return paths


def test_a_temporary_file_would_be_seen(opened_for_writing):
    opened_for_writing.clear()
    with tempfile.TemporaryFile(), tempfile.NamedTemporaryFile() as named:
        assert any(named.name == path for path in opened_for_writing)
    assert len(opened_for_writing) >= 2


@pytest.mark.parametrize("content", [as_csv(ROWS), as_xlsx(ROWS), as_csv(ROWS * 2000)])
def test_nothing_is_kept_on_disk_or_in_the_session(browser, world, content, opened_for_writing):
    browser.get(URL)
    before = dict(browser.session)
    opened_for_writing.clear()

    form = Form(browser, world, content).mapped()
    form.send("check")
    form.send("take", which="some", rows="2-3")
    progress_file = str(world.runtime_dir / f"import-{world.people['claire'].pk}-{form.values['id']}")

    assert Applicant.objects.count() == 2
    assert set(opened_for_writing) == {progress_file}
    assert not Path(progress_file).exists()
    assert dict(browser.session) == before


def test_progress_is_told_to_who_imports_and_to_nobody_else(browser, world):
    import_id = random_id()
    with progress.shown(world.people["claire"], import_id, 40) as tell:
        tell(20)
        own = browser.get(f"{URL}progress/{import_id}/").json()
        others = visit(world, "ana").get(f"{URL}progress/{import_id}/").json()
    after = browser.get(f"{URL}progress/{import_id}/").json()

    assert own == {"done": 20, "total": 40}
    assert others == after == {"done": 0, "total": 0}


def test_the_audit_says_that_and_how_many_but_no_name(form):
    form.mapped().send("take", which="all")
    entries = Entry.objects.filter(action="desk.imported")

    assert [(entry.actor, entry.about, entry.detail) for entry in entries] == [
        ("claire", form.values["id"], "3 people")
    ]
