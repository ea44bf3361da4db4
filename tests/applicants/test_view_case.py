import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants import operations, panels
from cases.applicants.models import Applicant
from cases.applicants.panels import Panel
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vault.models import Grant
from tests.applicants.factories import make_applicant

pytestmark = pytest.mark.django_db
# What differs between two answers whatever they say: the token of a form, and the address itself.
ONE_TIME = re.compile(rb'value="\w{64}"|[0-9a-f-]{36}')
TABS = ("detail", "timeline", "notes", "people")


def url(applicant, name="detail"):
    return reverse(f"applicants:{name}", args=[applicant.pk])


def test_the_header_says_whose_case_it_is_and_what_comes_next(browse, work, applicant):
    operations.edit_applicant(
        applicant=applicant,
        changes={"urgency": 4, "urgency_reason": "police came", "special_needs": "insulin"},
        version=1,
        by=work.olga,
    )
    page = browse(work.tim).get(url(applicant)).content.decode()

    for text in (
        "<h1>Grey Heron</h1>",
        "In danger now",
        "police came",
        "insulin",
        "First contact",
        "Olga Owner",
        "Answer the first message",
        "20 to 44",
        "changes in November 2044",
        "Contract soldier",
        "Kazakhstan",
        "Registered",
    ):
        assert text in page, text


@pytest.mark.parametrize("name", TABS)
def test_each_part_is_there_for_who_sees_the_case_and_for_nobody_else(browse, work, applicant, name):
    assert browse(work.tim).get(url(applicant, name)).status_code == 200
    outside = browse(work.nina).get(url(applicant, name))
    unknown = browse(work.nina).get(reverse(f"applicants:{name}", args=[random_id()]))
    assert (outside.status_code, unknown.status_code) == (404, 404)
    assert ONE_TIME.sub(b"", outside.content) == ONE_TIME.sub(b"", unknown.content)
    assert browse(work.audrey).get(url(applicant, name)).status_code == 403
    assert browse(work.tim).send(url(applicant, name)).status_code == 405


def test_who_only_reads_finds_no_button_that_would_be_refused(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    page = browse(work.vera).get(url(applicant)).content.decode()

    assert "Actions" not in page
    assert "note-form" not in page
    assert f"/cases/{applicant.pk}/edit/" not in page


def test_the_name_strip_tells_what_can_be_done(browse, work, applicant):
    locked = browse(work.tim).get(url(applicant)).content.decode()
    assert "sealed-locked" in locked
    assert f"/vault/unlock/?next=/cases/{applicant.pk}/" in locked
    assert "open-form" not in locked

    opened = browse(work.tim, unlocked=True).get(url(applicant)).content.decode()
    assert "open-form" in opened
    assert "Open the name" in opened
    assert "Open the card" in opened


def test_who_was_not_given_the_name_sees_who_holds_it_and_can_ask(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="work", expires_at=None, by=work.olga
    )
    page = browse(work.vera, unlocked=True).get(url(applicant)).content.decode()

    assert "held by 2 colleagues: Olga Owner, Tim Team" in page
    assert f"/cases/{applicant.pk}/ask/identity/" in page
    assert "open-form" not in page


def test_a_name_with_one_holder_is_a_fault_that_is_said(browse, work, applicant):
    assert "can open this name" not in browse(work.olga).get(url(applicant)).content.decode()
    Grant.objects.filter(user=work.tim).delete()

    assert "Only Olga Owner can open this name." in browse(work.olga).get(url(applicant)).content.decode()


def test_a_case_without_a_name_asks_for_it(browse, work):
    nameless = make_applicant(by=work.olga)
    page = browse(work.olga).get(url(nameless)).content.decode()

    assert "nothing recorded" in page
    assert url(nameless, "identity") in page


def test_a_closed_case_names_its_ending(browse, work, applicant):
    Applicant.objects.update(stage="withdrawn")

    page = browse(work.olga).get(url(applicant)).content.decode()
    assert "stage-line-ended" in page
    assert "Withdrawn" in page


def test_the_timeline_puts_what_is_coming_first_with_one_button(browse, work, applicant):
    today = timezone.localdate()
    task = operations.add_task(
        id=random_id(),
        applicant=applicant,
        title="Call the doctor",
        due_on=today - timedelta(days=2),
        owner=work.tim,
        by=work.olga,
    )
    page = (
        browse(work.tim)
        .get(url(applicant, "timeline"))
        .content.decode()
        .partition('<ol class="timeline">')[2]
    )

    assert page.index("Call the doctor") < page.index("Answer the first message") < page.index("timeline-now")
    assert page.index("timeline-now") < page.rindex("Registered")
    assert "overdue by 2 days" in page
    assert reverse("applicants:task_done", args=[task.pk]) in page


def test_the_notes_are_paged(browse, work, applicant):
    for n in range(51):
        operations.add_note(id=random_id(), applicant=applicant, text=f"Note {n}.", by=work.tim)

    first = browse(work.olga).get(url(applicant, "notes"))
    second = browse(work.olga).get(url(applicant, "notes"), page=2)
    assert "Note 50." in first.content.decode()
    assert [note.text for note in second.context["notes"]] == ["Note 0."]


def test_the_people_page_says_who_sees_and_who_opens(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant,
        person=work.vera,
        to="read",
        expires_at=timezone.now() + timedelta(days=3),
        by=work.olga,
        opening=operations.Opening([applicant.identity_safe]),
    )
    answer = browse(work.tim).get(url(applicant, "people"))

    page = answer.content.decode()
    assert [str(line.whom) for line in answer.context["viewers"]] == [
        "Team East",
        "Olga Owner",
        "Vera Vetting",
    ]
    assert [one.person for one in answer.context["openers"].name] == [work.olga, work.tim]
    assert "guest until" in page
    assert "would open the name" in page
    assert f"/share/person-{work.vera.pk}/stop/" in page
    assert f"/share/person-{work.olga.pk}/stop/" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_case_page_costs_the_same_for_few_and_for_many(
    browse, work, applicant, number, django_assert_num_queries
):
    olga = browse(work.olga)
    for n in range(number):
        other = make_applicant(by=work.olga)
        operations.join_household(
            applicant=other,
            with_applicant=applicant,
            kinship="child",
            has_certificate=None,
            travels_with=True,
            by=work.olga,
        )
        operations.add_note(id=random_id(), applicant=applicant, text=f"Note {n}.", by=work.tim)
        operations.add_task(
            id=random_id(), applicant=applicant, title=f"Task {n}", due_on=None, owner=work.tim, by=work.olga
        )
    with CaptureQueriesContext(connection) as asked:
        olga.get(url(applicant))

    about_cases = [query for query in asked if re.search(r"FROM \"(applicants|vault)_", query["sql"])]
    assert len(about_cases) == 14


def test_a_higher_slice_brings_a_tab_and_a_side_panel(browse, work, applicant, monkeypatch):
    monkeypatch.setattr(panels, "PANELS", {})
    # Any page of a case will do as the fragment here.
    for slug, place in (("papers", "tab"), ("risk", "side")):
        panels.register_panel(
            Panel(
                slug, _("Papers") if place == "tab" else _("Risk"), Permission.WORK, "applicants:note", place
            )
        )
    olga = browse(work.olga)

    overview = olga.get(url(applicant)).content.decode()
    assert f"/cases/{applicant.pk}/part/papers/" in overview
    assert overview.count(f'hx-get="/cases/{applicant.pk}/note/"') == 1
    part = olga.get(reverse("applicants:part", args=[applicant.pk, "papers"])).content.decode()
    assert part.count(f'hx-get="/cases/{applicant.pk}/note/"') == 1
    for missing in ("risk", "nothing"):
        assert olga.get(reverse("applicants:part", args=[applicant.pk, missing])).status_code == 404
