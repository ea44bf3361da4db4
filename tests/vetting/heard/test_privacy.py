"""What was written is found nowhere: not in the database, not in a page, not in a log. What is planted is found."""

import logging

import pytest
from django.db import connections

from cases.audit.models import Entry
from cases.vetting.models import EntryChange
from tests.scanner import leaks
from tests.test_canaries import dump
from tests.vault.files import made
from tests.vetting.heard.factories import (
    CANARIES,
    REASON,
    EvidenceSender,
    make_interview,
    make_link,
    make_referee,
    url,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def written(browse, work, applicant, vera, frame, settings, tmp_path):
    """Everything there is to write, once, by people who are locked."""
    settings.VAR_DIR = tmp_path
    link = make_link(applicant, by=work.olga, checks=["V04"])
    referee = make_referee(applicant, by=vera)
    interview = make_interview(applicant, frame, by=vera)
    write(interview, by=vera)
    sender = EvidenceSender(browse(work.tim).client, applicant, made.picture())
    assert sender.send().status_code == 200
    return {"evidence": link, "file": sender.evidence, "referee": referee, "interview": interview}


def day_of_work(browser, applicant, written):
    """Open, correct and get wrong whatever there is; every answer."""
    yield browser.send(url("evidence_open", applicant), **REASON)
    yield browser.send(url("referees_open", applicant), **REASON)
    yield browser.send(url("interview_open", written["interview"]), **REASON)
    yield browser.send(url("evidence_file", written["file"]), **REASON)
    for name in ("evidence", "referee", "interview"):
        yield browser.send(url(f"{name}_correct", written[name]), **REASON)
    yield browser.send(url("evidence_edit", written["evidence"]), shows="Кречетова", sha256="x")
    yield browser.send(url("interview_write", written["interview"]), part="x", impressions="Кречетова")


def pages(applicant, written):
    yield from (
        url(name, applicant)
        for name in ("evidence", "heard", "evidence_link", "referee_add", "interview_add")
    )
    for name in ("evidence", "referee", "interview"):
        yield from (url(f"{name}_{act}", written[name]) for act in ("edit", "strike"))
    yield url("interview", written["interview"])


def test_a_stolen_database_tells_nothing(browse, applicant, vera, written):
    answers = list(day_of_work(browse(vera, unlocked=True), applicant, written))
    assert [answer.status_code for answer in answers] == [200] * 7 + [422, 422]
    # The scanner sees what was opened: the search below would see it, too.
    assert set(leaks(CANARIES, *(answer.content for answer in answers))) == set(CANARIES)

    assert leaks(CANARIES, dump()) == []


def test_what_is_planted_in_the_history_is_found(applicant, vera, written):
    EntryChange.objects.create(
        applicant=applicant, entry=written["referee"].pk, field="state", before="Неклюдов", by=vera
    )

    assert leaks(CANARIES, dump()) == ["Неклюдов"]


def test_no_page_shows_it_unasked(browse, work, applicant, vera, written):
    for person, unlocked in ((vera, True), (work.tim, False)):
        browser = browse(person, unlocked=unlocked)
        found = {page: leaks(CANARIES, browser.get(page).content) for page in pages(applicant, written)}
        assert set(map(tuple, found.values())) == {()}


def test_neither_log_nor_audit_log_nor_folder_holds_it(browse, applicant, vera, written, settings, caplog):
    for _answer in day_of_work(browse(vera, unlocked=True), applicant, written):
        pass
    rows = [f"{row.action} {row.about} {row.detail}" for row in Entry.objects.all()]
    files = [file.read_bytes() for file in settings.VAR_DIR.rglob("*") if file.is_file()]

    assert (len(files) > 2, leaks(CANARIES, *rows, caplog.text, *files)) == (True, [])
    logging.getLogger("django.request").warning("Кубинке")
    assert leaks(CANARIES, caplog.text) == ["Кубинке"]


def test_the_columns_of_the_entries_are_those_that_were_thought_about(db):
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name IN ('vetting_evidence', 'vetting_referee', 'vetting_interview')"
        )
        columns = {name for (name,) in cursor.fetchall()}

    assert columns == {
        *(
            "id",
            "applicant_id",
            "added_by_id",
            "added_at",
            "struck_at",
            "version",
            "kind",
            "checks",
            "file_id",
        ),
        *("state", "from_group", "knows_others", "reliability", "credibility"),
        *("held_on", "interviewer_id", "frame_id", "language", "minutes", "task_id"),
    }
