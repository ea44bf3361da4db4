import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from cases.applicants.models import Applicant
from tests.desk.imports.test_views import ROWS, SECRETS
from tests.sheets.files import as_csv
from tests.world import visit


@pytest.fixture
def at_import(world, live_server, page, tmp_path):
    """Claire's browser on the page, with her spreadsheet at hand."""
    session = visit(world, "claire").cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    (tmp_path / "people.csv").write_bytes(as_csv(ROWS))
    page.goto(f"{live_server.url}/cases/import/")
    return page


def choose(page, tmp_path):
    page.get_by_label("Spreadsheet").set_input_files(tmp_path / "people.csv")
    page.locator("#id_channel").select_option("signal")
    page.get_by_role("button", name="Read the columns").click()
    expect(page.get_by_role("heading", name="What do the columns hold?")).to_be_visible()


def test_a_spreadsheet_is_taken_in_and_the_report_saved(at_import, tmp_path):
    page = at_import
    choose(page, tmp_path)
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("Not a country we know.")).to_be_visible()
    page.get_by_role("button", name="Back to the columns").click()
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_role("heading", name="3 people were taken in")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the report").click()
    report = download.value.path().read_text(encoding="utf-8-sig").splitlines()

    assert report[0] == '"Row","Pseudonym","Outcome"'
    assert report[1] == '"4","–","left out: C (Страна): Not a country we know."'
    assert report[2] == '"2","Lotus 47","taken in"'
    assert Applicant.objects.count() == 3
    assert not any(secret in page.content() for secret in SECRETS)
    assert page.get_by_label("Spreadsheet").is_hidden()


def test_a_broken_line_at_the_last_step_loses_nothing_and_takes_in_once(at_import, tmp_path):
    page = at_import
    choose(page, tmp_path)
    page.get_by_role("button", name="Check the rows").click()
    answers = []

    def lose_the_answer(route):
        answers.append(route.fetch() if not answers else None)
        route.abort() if answers == answers[:1] else route.continue_()

    page.route(re.compile("/cases/import/$"), lose_the_answer)
    page.get_by_role("button", name="Take in").click()

    expect(page.get_by_role("heading", name="3 people were taken in")).to_be_visible(timeout=15_000)
    assert len(answers) == 2
    assert Applicant.objects.count() == 3


def test_a_file_above_the_limit_is_not_even_sent(at_import, tmp_path):
    page = at_import
    (tmp_path / "large.csv").write_bytes(b"Name\n" + b"x" * (10 * 1024**2))
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    page.get_by_label("Spreadsheet").set_input_files(tmp_path / "large.csv")
    page.get_by_role("button", name="Read the columns").click()

    expect(page.get_by_text("This file is larger than 10 MB.")).to_be_visible()
    assert posts == []


def test_progress_is_asked_for_while_names_are_sealed(at_import, tmp_path):
    page = at_import
    choose(page, tmp_path)
    page.get_by_role("button", name="Check the rows").click()
    page.route(re.compile("/progress/"), lambda route: route.fulfill(json={"done": 2, "total": 3}))

    def wait(route):
        expect(page.get_by_text("2 / 3")).to_be_visible()
        route.continue_()

    page.route(re.compile("/cases/import/$"), wait)
    page.get_by_role("button", name="Take in").click()

    expect(page.get_by_role("heading", name="3 people were taken in")).to_be_visible()
