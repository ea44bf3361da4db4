"""The tab, its forms and its buttons."""

import pytest
from django.urls import reverse

from cases.applicants.models import Applicant, Note
from cases.applicants.operations import join_household
from cases.asylum import operations, queries
from cases.asylum.models import Claim, Step
from cases.staff.models import random_id
from tests.applicants.factories import make_applicant
from tests.asylum.making import make_claim

pytestmark = pytest.mark.django_db
REGISTERED = {"registered": "2026-03-10", "attested": "2026-03-10"}


def panel(applicant):
    return reverse("asylum:panel", args=[applicant.pk])


def text(answer):
    return answer.content.decode()


def test_from_the_button_to_the_first_deadline(applicant, work, browse):
    olga = browse(work.olga)
    opening = reverse("asylum:open", args=[applicant.pk])
    assert opening in text(olga.get(panel(applicant)))
    assert olga.get(opening).status_code == 200
    assert olga.send(opening, new_id=random_id(), track="standard").status_code == 204

    step = reverse("asylum:step", args=[Claim.objects.get().pk])
    assert step in text(olga.get(panel(applicant)))
    for kind in ("registered", "attested"):
        assert olga.send(step, new_id=random_id(), kind=kind, on="10.03.2026").status_code == 204
    shown = text(olga.get(panel(applicant)))
    assert "21 days" in shown
    assert "2026-03-31" in shown
    assert "asile-en-france.org" in shown


def test_what_is_unknown_says_so_and_asks_for_the_day(applicant, work, browse):
    claim = make_claim(
        applicant, by=work.olga, registered="2026-07-06", attested="2026-07-06", filed="2026-07-10", decided="2026-09-25"
    )  # fmt: skip
    olga, url = browse(work.olga), reverse("asylum:date", args=[claim.pk, "appeal"])
    shown = text(olga.get(panel(applicant)))

    assert "Unknown, ask a lawyer." in shown
    assert url in shown
    assert "No rule is known" in text(olga.get(url))
    assert olga.send(url, due_on="5.10.2026").status_code == 422
    assert olga.send(url, due_on="5.10.2026", basis="lawyer").status_code == 204
    assert "2026-10-05" in text(olga.get(panel(applicant)))


def test_a_day_that_is_moved_wants_a_reason_and_keeps_what_was_typed(applicant, work, browse):
    claim = make_claim(applicant, by=work.olga, **REGISTERED)
    olga, url = browse(work.olga), reverse("asylum:date", args=[claim.pk, "filing"])
    refused = olga.send(url, due_on="8.4.2026", basis="authority")
    assert refused.status_code == 422
    assert "8.4.2026" in text(refused)
    assert olga.send(url, due_on="8.4.2026", basis="authority", why="a week more").status_code == 204

    shown = text(olga.get(panel(applicant)))
    assert '<s><time datetime="2026-03-31">' in shown
    assert "a week more" in shown


def test_an_end_on_a_day_of_rest_is_said(applicant, work, browse):
    # 21 days after 14 March 2026 is a Saturday, and nobody has found whether that runs on.
    make_claim(applicant, by=work.olga, registered="2026-03-14", attested="2026-03-14")
    assert "act before" in text(browse(work.olga).get(panel(applicant)))


def test_a_period_that_runs_on_says_from_where(applicant, work, browse):
    make_claim(applicant, by=work.olga, **REGISTERED, filed="2026-03-27", decided="2026-06-14")
    shown = text(browse(work.olga).get(panel(applicant)))

    assert "runs on to the next working day" in shown
    assert "2026-07-15" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "registered", "on": "1.1.2099"},
        {"kind": "registered", "on": "31.02.2026"},
        {"kind": "registered", "on": ""},
        {"kind": "filed", "on": "10.03.2026"},
        {"kind": "nonsense", "on": "10.03.2026"},
        {"on": "10.03.2026"},
        {"kind": "registered", "on": "10.03.2026", "new_id": "x"},
    ],
)
def test_a_step_that_cannot_be_is_refused_beside_the_field(applicant, work, browse, wrong):
    claim = make_claim(applicant, by=work.olga)
    url = reverse("asylum:step", args=[claim.pk])

    assert browse(work.olga).send(url, **({"new_id": random_id()} | wrong)).status_code == 422
    assert not Step.objects.exists()


def test_a_decision_needs_what_was_decided(applicant, work, browse):
    claim = make_claim(applicant, by=work.olga, **REGISTERED, filed="2026-03-27")
    olga, url = browse(work.olga), reverse("asylum:step", args=[claim.pk])
    sent = {"new_id": random_id(), "kind": "decided", "on": "4.6.2026"}

    assert "Say what was decided." in text(olga.send(url, **sent))
    assert olga.send(url, **sent, result="refugee").status_code == 204


def test_what_would_tell_who_it_is_is_asked_about(applicant, work, browse):
    claim = make_claim(applicant, by=work.olga, **REGISTERED)
    olga = browse(work.olga, unlocked=True)
    sent = {"due_on": "8.4.2026", "basis": "lawyer", "why": "Кулебякин болен"}
    for url, more in (
        (reverse("asylum:date", args=[claim.pk, "filing"]), sent),
        (
            reverse("asylum:law", args=[claim.pk]),
            {"procedure": "apr", "track": "standard", "why": sent["why"]},
        ),
    ):
        assert olga.send(url, **more).status_code == 422
    assert not Note.objects.exists()
    assert queries.line_of(claim, "filing").past == []


def test_the_law_is_changed_for_a_reason(applicant, work, browse):
    claim = make_claim(applicant, by=work.olga, **REGISTERED)
    olga, url = browse(work.olga), reverse("asylum:law", args=[claim.pk])
    law = {"procedure": "apr", "responsibility": "dublin", "track": "standard"}

    assert olga.get(url).status_code == 200
    assert olga.send(url, **law).status_code == 422
    assert olga.send(url, **(law | {"procedure": "magic"}), why="x").status_code == 422
    assert olga.send(url, **law, why="the lawyer").status_code == 204
    claim.refresh_from_db()
    assert (claim.procedure, claim.by_hand) == ("apr", True)


class TestMinors:
    @pytest.fixture
    def child(self, applicant, work):
        child = make_applicant(by=work.olga, pseudonym="Grey Wren", category="child")
        facts = {"kinship": "child", "has_certificate": True, "travels_with": True}
        join_household(applicant=child, with_applicant=applicant, **facts, by=work.olga)
        return child

    def test_attached_and_taken_away(self, applicant, child, work, browse):
        claim = make_claim(applicant, by=work.olga)
        olga, url = browse(work.olga), reverse("asylum:minors", args=[claim.pk])
        detach = reverse("asylum:detach", args=[claim.pk, child.pk])

        assert "Grey Wren" in text(olga.get(url))
        assert olga.send(url, minors=[random_id()]).status_code == 422
        assert olga.send(url, minors=[child.pk]).status_code == 204
        assert detach in text(olga.get(panel(applicant)))
        assert "Grey Heron" in text(olga.get(panel(child)))
        assert olga.send(detach).status_code == 204
        assert olga.send(detach).status_code == 404

    def test_a_child_is_told_where_its_claim_is(self, applicant, child, work, browse):
        olga = browse(work.olga)
        assert "attached to the claim of a parent" in text(olga.get(panel(child)))
        refused = olga.send(reverse("asylum:open", args=[child.pk]), new_id=random_id(), track="standard")
        assert refused.status_code == 422

    def test_who_does_not_see_the_child_learns_only_that_there_is_one(self, applicant, child, work, browse):
        claim = make_claim(applicant, by=work.olga)
        operations.attach_minor(claim=claim, minor=child, by=work.olga)
        Applicant.objects.get(pk=child.pk).shared_with_people.all().delete()
        Applicant.objects.get(pk=child.pk).shared_with_teams.all().delete()

        shown = text(browse(work.olga).get(panel(applicant)))
        assert "Grey Wren" not in shown
        assert "One more, whose case is not shared with you." in shown

    def test_who_does_not_see_the_parent_learns_no_pseudonym(self, applicant, child, work, browse):
        claim = make_claim(applicant, by=work.olga)
        operations.attach_minor(claim=claim, minor=child, by=work.olga)
        applicant.shared_with_people.all().delete()
        applicant.shared_with_teams.all().delete()

        shown = text(browse(work.olga).get(panel(child)))
        assert "Grey Heron" not in shown
        assert "not shared with you" in shown


def test_a_step_is_taken_back_by_a_button(applicant, work, browse):
    claim = make_claim(applicant, by=work.olga, **REGISTERED)
    olga = browse(work.olga)
    back = {kind: reverse("asylum:take_back", args=[claim.pk, kind]) for kind in REGISTERED}

    assert olga.get(back["attested"]).status_code == 405
    assert olga.send(back["registered"]).status_code == 204
    assert Step.objects.count() == 2
    assert olga.send(back["attested"]).status_code == 204
    assert olga.send(back["registered"]).status_code == 204
    assert Step.objects.count() == 0


def test_others_get_no_way_in(applicant, work, browse):
    claim = make_claim(applicant, by=work.olga, **REGISTERED)
    for name, more in (("step", []), ("law", []), ("minors", []), ("date", ["filing"])):
        url = reverse(f"asylum:{name}", args=[claim.pk, *more])
        assert browse(work.nina).get(url).status_code == 404
        assert browse(work.audrey).get(url).status_code == 403
    assert browse(work.nina).send(reverse("asylum:take_back", args=[claim.pk, "attested"])).status_code == 404


def test_a_deadline_that_is_not_open_has_no_page(applicant, work, browse):
    claim = make_claim(applicant, by=work.olga, **REGISTERED)
    for kind in ("appeal", "tea"):
        assert browse(work.olga).get(reverse("asylum:date", args=[claim.pk, kind])).status_code == 404


@pytest.mark.parametrize("number", [1, 6])
def test_the_tab_asks_no_more_for_more(applicant, work, browse, number, django_assert_num_queries):
    steps = dict(list((REGISTERED | {"filed": "2026-03-27", "renewed": "2026-04-08", "interview": "2026-05-01", "decided": "2026-06-04"}).items())[:number])  # fmt: skip
    make_claim(applicant, by=work.olga, **steps)
    olga = browse(work.olga)
    olga.get("/")
    with django_assert_num_queries(12):
        olga.get(panel(applicant))
