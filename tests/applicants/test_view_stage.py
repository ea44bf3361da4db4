import pytest
from django.urls import reverse

from cases.applicants import operations
from cases.applicants.models import Applicant, StageChange
from tests.applicants.factories import IDENTITY, make_applicant

pytestmark = pytest.mark.django_db


def url(applicant):
    return reverse("applicants:stage", args=[applicant.pk])


def test_the_page_offers_what_may_follow_and_tells_what_is_missing(browse, work):
    nameless = make_applicant(by=work.olga)
    answer = browse(work.tim).get(url(nameless))

    page = answer.content.decode()
    assert "The name is not sealed yet." in page
    assert 'value="intake"' not in page
    assert 'value="withdrawn"' in page
    assert "The case ends" in page
    assert 'value="vetted"' not in page


def test_the_case_moves_with_its_reason(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant), target="intake", reason="agreed")

    applicant.refresh_from_db()
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/cases/{applicant.pk}/")
    assert applicant.stage == "intake"
    assert StageChange.objects.get().reason == "agreed"


def test_an_ending_without_a_reason_is_refused(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant), target="withdrawn", reason="")

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reason": ["Say why; it stays in the timeline."]}
    assert answer.context["form"]["target"].value() == "withdrawn"
    applicant.refresh_from_db()
    assert applicant.stage == "contact"


def test_the_page_says_for_which_stages_a_reason_is_needed(browse, work, applicant):
    page = browse(work.tim).get(url(applicant)).content.decode()

    assert "Needed for: Withdrawn, Died, Disappeared, Returned freely, Returned by force." in page
    assert "(optional)" not in page


def test_where_every_way_needs_a_reason_the_field_is_needed(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga
    )
    Applicant.objects.update(stage="withdrawn")
    answer = browse(work.cora).send(url(applicant), target="intake", reason="")

    assert answer.context["form"].errors == {"reason": ["Say why; it stays in the timeline."]}
    assert "Needed for" not in answer.content.decode()


def test_what_else_is_missing_stands_above_and_what_was_typed_stays(browse, work, applicant):
    wife = make_applicant(by=work.olga)
    operations.join_household(
        applicant=wife,
        with_applicant=applicant,
        kinship="spouse",
        has_certificate=None,
        travels_with=True,
        by=work.olga,
    )
    answer = browse(work.tim).send(url(applicant), target="intake", reason="as agreed", along=[str(wife.pk)])

    missing = "The name is not sealed yet. Add it under “Name and birth date”."
    assert answer.context["form"].errors == {"__all__": [f"{wife.pseudonym}: {missing}"]}
    assert 'value="as agreed"' in answer.content.decode()


def test_the_message_says_who_is_in_which_stage(browse, work, applicant):
    tim = browse(work.tim)
    tim.send(url(applicant), target="intake")

    assert "Grey Heron: Intake" in tim.get(f"/cases/{applicant.pk}/").content.decode()


def test_the_household_moves_along_where_it_is_ticked(browse, work, applicant):
    wife, son = (make_applicant(by=work.olga, identity=IDENTITY) for _ in range(2))
    for one, kinship in ((wife, "spouse"), (son, "child")):
        operations.join_household(
            applicant=one,
            with_applicant=applicant,
            kinship=kinship,
            has_certificate=None,
            travels_with=True,
            by=work.olga,
        )
    browse(work.tim).send(url(applicant), target="intake", along=[str(wife.pk)])

    stages = dict(Applicant.objects.values_list("pseudonym", "stage"))
    assert stages == {"Grey Heron": "intake", wife.pseudonym: "intake", son.pseudonym: "contact"}


@pytest.mark.parametrize("target", ["granted", "vetted", "nowhere", ""])
def test_what_was_not_offered_is_refused(browse, work, applicant, target):
    answer = browse(work.tim).send(url(applicant), target=target, reason="x")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["target"]


def test_sent_twice_it_moves_once(browse, work, applicant):
    tim = browse(work.tim)
    first = tim.send(url(applicant), target="intake")
    second = tim.send(url(applicant), target="intake")

    assert (first.status_code, second.status_code) == (204, 204)
    assert StageChange.objects.count() == 1


def test_who_may_move(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )

    assert browse(work.nina).get(url(applicant)).status_code == 404
    assert browse(work.vera).send(url(applicant), target="intake").status_code == 403
    assert browse(work.audrey).get(url(applicant)).status_code == 403
    assert browse(work.tim).client.put(url(applicant)).status_code == 405
