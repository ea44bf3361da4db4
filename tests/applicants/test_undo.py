"""Undo, moments after the act: who may, until when, and that everything stands again as it stood."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Deadline, Membership, StageChange, UncheckedText
from cases.audit.models import Entry
from cases.documents.operations.held import strike_document
from cases.staff.models import random_id
from tests.applicants.factories import agree, make_applicant
from tests.documents.paper_factories import make_paper

pytestmark = pytest.mark.django_db
LATE = timedelta(minutes=16)


def offered(browser, answer):
    """The address behind the button in the message of the page that follows."""
    page = browser.get(answer["HX-Redirect"]).content.decode()
    found = re.search(r'hx-post="([^"]+)"[^>]*>\s*<svg.*?</svg>\s*Undo', page)
    return found and found[1]


def move(browser, applicant, target, **more):
    return browser.send(reverse("applicants:stage", args=[applicant.pk]), target=target, **more)


def open_rules(applicant):
    return set(Deadline.objects.filter(applicant=applicant, met_at=None).values_list("rule", flat=True))


def test_a_move_is_undone_with_its_deadlines_and_for_who_moved_along(browse, work, applicant):
    wife = make_applicant(by=work.olga, category="partner", identity={"name": "Ольга Сыромятова"})
    operations.join_household(
        applicant=wife,
        with_applicant=applicant,
        kinship="spouse",
        has_certificate=None,
        travels_with=True,
        by=work.olga,
    )
    since, rules = applicant.stage_since, open_rules(applicant)
    tim = browse(work.tim)
    answer = move(tim, applicant, "intake", reason="He agreed", along=str(wife.pk))
    assert open_rules(applicant) == {"applicants.intake"}
    assert UncheckedText.objects.filter(what="stage").exists()

    undone = tim.send(offered(tim, answer), here="/")

    assert (undone.status_code, undone["HX-Redirect"]) == (204, "/")
    for case in (applicant, wife):
        case.refresh_from_db()
        assert (case.stage, open_rules(case)) == ("contact", rules)
    assert abs(applicant.stage_since - since) < timedelta(seconds=1)
    assert not StageChange.objects.exists()
    assert not UncheckedText.objects.filter(what="stage").exists()
    assert [one.action for one in Entry.objects.all()[:2]] == ["applicants.stage_undone"] * 2


def test_a_move_is_undone_by_who_made_it_in_time_and_if_nothing_followed(browse, work, applicant):
    agree(applicant, "keeping", by=work.tim)
    operations.move_stage(applicants=[applicant], target="intake", reason="", by=work.tim)
    change = StageChange.objects.get()
    address = reverse("applicants:stage_undo", args=[change.pk])

    assert browse(work.olga).send(address).status_code == 404
    assert browse(work.audrey).send(address).status_code == 403
    assert browse(work.tim).get(address).status_code == 405
    StageChange.objects.update(at=timezone.now() - LATE)
    browse(work.tim).send(address)
    StageChange.objects.update(at=timezone.now())
    operations.move_stage(applicants=[applicant], target="vetting", reason="", by=work.tim)
    browse(work.tim).send(address)

    applicant.refresh_from_db()
    assert (applicant.stage, StageChange.objects.count()) == ("vetting", 2)
    assert "This cannot be undone any more" in browse(work.tim).get("/").content.decode()


@pytest.mark.parametrize(("source", "target"), [("vetting", "vetting_hold"), ("vetted", "dossier")])
def test_what_a_vote_decided_is_not_taken_back_here(browse, work, applicant, source, target):
    applicant.stage = target
    applicant.save()
    change = StageChange.objects.create(applicant=applicant, source=source, target=target, by=work.tim)
    browse(work.tim).send(reverse("applicants:stage_undo", args=[change.pk]))

    applicant.refresh_from_db()
    assert applicant.stage == target


def test_a_task_and_a_deadline_are_open_again(browse, work, applicant):
    tim = browse(work.tim)
    told = {"title": "Call", "due_on": None, "owner": work.tim}
    task = operations.add_task(id=random_id(), applicant=applicant, **told, by=work.olga)
    deadline = Deadline.objects.get()
    for name, thing in (("task_done", task), ("deadline_met", deadline)):
        address = offered(tim, tim.send(reverse(f"applicants:{name}", args=[thing.pk]), here="/"))
        assert tim.send(address).status_code == 204

    task.refresh_from_db()
    deadline.refresh_from_db()
    assert (task.done_at, deadline.met_at) == (None, None)


def test_a_deadline_stays_met_where_a_new_one_stands(browse, work, applicant):
    deadline = Deadline.objects.get()
    operations.meet_deadline(deadline=deadline, by=work.tim)
    same = {"rule": deadline.rule, "subject": "", "title": "x", "source": ""}
    operations.set_deadline(applicant=applicant, **same, due_at=timezone.now(), by=work.tim)
    browse(work.tim).send(reverse("applicants:deadline_undo", args=[deadline.pk]))

    deadline.refresh_from_db()
    assert deadline.met_at
    assert browse(work.nina).send(reverse("applicants:deadline_undo", args=[deadline.pk])).status_code == 404


def test_who_left_a_household_is_back_in_it(browse, work, applicant):
    wife = make_applicant(by=work.olga, category="partner")
    operations.join_household(
        applicant=wife,
        with_applicant=applicant,
        kinship="spouse",
        has_certificate=None,
        travels_with=True,
        by=work.olga,
    )
    tim = browse(work.tim)
    address = offered(tim, tim.send(reverse("applicants:household_leave", args=[wife.pk])))
    assert not Membership.objects.filter(until=None).exists()

    assert tim.send(address).status_code == 204
    assert set(Membership.objects.filter(until=None).values_list("applicant", flat=True)) == {
        applicant.pk,
        wife.pk,
    }
    tim.send(address)
    assert Membership.objects.filter(until=None).count() == 2


def test_a_paper_counts_again_for_who_struck_it_out(browse, work, applicant):
    paper = make_paper(applicant, by=work.olga)
    tim = browse(work.tim)
    answer = tim.send(reverse("documents:strike", args=[paper.pk]), reason="twice")
    assert tim.send(offered(tim, answer)).status_code == 204
    paper.refresh_from_db()
    assert paper.struck_at is None

    strike_document(document=paper, reason="twice", by=work.olga)
    tim.send(reverse("documents:unstrike", args=[paper.pk]))
    paper.refresh_from_db()
    assert paper.struck_at
