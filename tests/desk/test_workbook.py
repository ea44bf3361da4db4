import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.sheets import writing
from tests.desk.cases import TOKENS, change, take_in, text_of
from tests.scanner import leaks
from tests.world import visit

# The rows go over a connection of their own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
URL = "/cases/export.xlsx"
PAPER = "/cases/paper/"


def table(answer):
    assert answer.status_code == 200, answer
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheet_says_what_the_list_says_in_the_readers_language(world):
    applicant = take_in(world, urgency=3, urgency_reason="=cmd|' /C calc'!A0")
    change(applicant, last_contact_on="2026-11-04")
    claire = world.people["claire"]
    claire.language = "fr"
    claire.save()
    names = ["pseudonym", "last_contact", "urgency_level", "urgency_reason"]
    head, row = table(visit(world, "claire").get(URL, {"columns": names}))

    assert head[1] == "Dernier contact"
    assert (row[0], row[1].isoformat()[:10], row[2]) == ("Lotus 47", "2026-11-04", 3)
    assert row[3] == "'=cmd|' /C calc'!A0"
    assert row[4] == f"http://testserver/cases/{applicant.pk}/"


def test_it_is_recorded_apart_from_the_csv_and_holds_no_name(world, recorded):
    take_in(world)
    answer = visit(world, "claire").get(URL, {"country": "KZ", "columns": "pseudonym"})
    content = b"".join(answer.streaming_content)

    assert answer["Content-Disposition"] == 'attachment; filename="cases.xlsx"'
    assert leaks(TOKENS, *(load_parts(content))) == []
    assert recorded("desk.exported", "desk.exported_workbook") == [
        ("claire", "desk.exported_workbook", "1 cases; state=open country=KZ; pseudonym")
    ]


def load_parts(content):
    from zipfile import ZipFile

    archive = ZipFile(BytesIO(content))
    return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize("url", [URL, PAPER])
def test_only_what_is_shared_leaves(world, url):
    take_in(world)

    assert "Lotus 47" not in str(visit(world, "dora").get(url).getvalue())


@pytest.mark.parametrize("url", [URL, PAPER])
def test_a_wrong_filter_takes_nothing_out(world, recorded, url):
    take_in(world)
    answer = visit(world, "claire").get(url, {"stage": "nonsense"})

    assert (answer.status_code, recorded("desk.exported_workbook", "desk.printed")) == (400, [])
    assert "Stage: there is no such choice." in text_of(answer)


@pytest.mark.parametrize("url", [URL, PAPER])
def test_other_methods_are_refused(world, url):
    assert visit(world, "claire").post(url).status_code == 405


def test_a_list_longer_than_a_sheet_is_refused_in_words(world, recorded, monkeypatch):
    take_in(world)
    monkeypatch.setattr(writing, "MOST_ROWS", 0)
    answer = visit(world, "claire").get(URL)

    assert (answer.status_code, recorded("desk.exported_workbook")) == (400, [])
    assert "The list has 1 cases; at most 0 go this way." in text_of(answer)


def test_the_list_on_paper_has_every_case_and_says_who_took_it_out(world, recorded):
    take_in(world, "Lotus 47")
    take_in(world, "Piano 12", country="AM")
    page = text_of(visit(world, "claire").get(PAPER, {"sort": "pseudonym"}))

    assert re.findall(r'<th scope="row"[^>]*>\s*<a [^>]+>([^<]+)<', page) == ["Lotus 47", "Piano 12"]
    assert "2 cases, by pseudonym. Taken out by claire; it is recorded." in page
    assert "data-print" in page
    [(who, _action, detail)] = recorded("desk.printed")
    assert (who, detail.startswith("2 cases; state=open; pseudonym, urgency")) == ("claire", True)


def test_a_list_too_long_for_paper_says_so(world, monkeypatch):
    from cases.desk.views import export as views

    monkeypatch.setattr(views, "MOST_PRINTED", 1)
    take_in(world, "Lotus 47")
    take_in(world, "Piano 12")
    page = text_of(visit(world, "claire").get(PAPER))

    assert "Only the first 1 cases are here." in page
    assert page.count('<th scope="row"') == 1
