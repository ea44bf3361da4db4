"""The people page says who can open what; from each of them it can be taken back, whether they see the case or not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.operations import Opening
from cases.applicants.refusals import GuestsDoNotShare
from cases.vault.models import Grant
from cases.vault.queries import may_open

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def url(applicant, name, *args):
    return reverse(f"applicants:{name}", args=[applicant.pk, *args])


def stop(applicant, person, kind="identity"):
    return url(applicant, "unopen", kind, person.pk)


@pytest.fixture
def held_by_cora(work, applicant):
    """A third who holds name and account."""
    opening = Opening([applicant.identity_safe, applicant.account_safe], work.unlocked(work.olga))
    operations.share_with_person(
        applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga, opening=opening
    )
    return work.cora


def section(answer, kind):
    page = " ".join(answer.content.decode().split())
    name, account = page.split("Who can open the name")[1].split("Who can open the account of what happened")
    return {"identity": name, "account": account}[kind]


@pytest.mark.parametrize(("kind", "other"), [("identity", "account"), ("account", "identity")])
def test_each_is_taken_back_alone_and_the_case_stays(browse, work, applicant, held_by_cora, kind, other):
    olga = browse(work.olga)
    assert stop(applicant, work.tim, kind) in section(olga.get(url(applicant, "people")), kind)
    question = olga.get(stop(applicant, work.tim, kind)).content.decode()
    assert "Seeing the case does not change." in question
    assert "What was read stays known." in question

    assert olga.send(stop(applicant, work.tim, kind)).status_code == 204

    safes = {"identity": applicant.identity_safe, "account": applicant.account_safe}
    assert not may_open(work.tim, safes[kind])
    assert may_open(work.tim, safes[other])
    page = olga.get(url(applicant, "people"))
    assert "Tim Team cannot open the" in page.content.decode()
    assert "Tim Team" not in section(page, kind)
    assert olga.get(stop(applicant, work.tim, kind)).status_code == 404


def test_who_sees_the_case_no_more_can_still_be_found_and_stopped(browse, work, applicant, held_by_cora):
    work.tim.groups.clear()
    olga = browse(work.olga)

    assert "does not see the case" in section(olga.get(url(applicant, "people")), "identity")
    assert "Seeing the case does not change." not in olga.get(stop(applicant, work.tim)).content.decode()
    assert olga.send(stop(applicant, work.tim)).status_code == 204
    assert not Grant.objects.filter(user=work.tim, content_object=applicant.identity_safe).exists()


def test_what_is_suspended_is_shown_and_taken_back(browse, work, applicant, held_by_cora):
    Grant.objects.filter(user=work.tim).update(expires_at=timezone.now() - timedelta(days=1))
    olga = browse(work.olga)

    assert not may_open(work.tim, applicant.identity_safe)
    assert "not at the moment" in section(olga.get(url(applicant, "people")), "identity")
    assert olga.send(stop(applicant, work.tim)).status_code == 204
    assert not Grant.objects.filter(user=work.tim, content_object=applicant.identity_safe).exists()


def test_the_day_of_a_guest_stands_beside_the_name(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant,
        person=work.vera,
        to="read",
        expires_at=timezone.now() + timedelta(days=2),
        by=work.olga,
        opening=Opening([applicant.identity_safe], work.unlocked(work.olga)),
    )

    assert "guest until" in section(browse(work.olga).get(url(applicant, "people")), "identity")


def test_nobody_is_taken_out_of_the_last_two(browse, work, applicant):
    answer = browse(work.olga).send(stop(applicant, work.tim))

    assert answer.status_code == 422
    assert "Fewer than two people could open this afterwards." in answer.content.decode()
    assert may_open(work.tim, applicant.identity_safe)


def test_the_owner_goes_on_opening_and_stands_without_the_button(browse, work, applicant, held_by_cora):
    tim = browse(work.tim)

    assert stop(applicant, work.olga) not in tim.get(url(applicant, "people")).content.decode()
    assert tim.send(stop(applicant, work.olga)).status_code == 422
    assert may_open(work.olga, applicant.identity_safe)


def test_a_guest_takes_the_name_from_nobody(browse, work, applicant, held_by_cora):
    end = timezone.now() + timedelta(days=1)
    operations.share_with_person(
        applicant=applicant, person=work.nina, to="work", expires_at=end, by=work.olga
    )

    assert browse(work.nina).send(stop(applicant, work.tim)).status_code == 422
    with pytest.raises(GuestsDoNotShare):
        operations.stop_opening(
            applicant=applicant, safe=applicant.identity_safe, person=work.tim, by=work.nina
        )
    assert may_open(work.tim, applicant.identity_safe)


def test_the_door(browse, work, applicant, held_by_cora):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    page = stop(applicant, work.tim)

    assert browse(work.vera).send(page).status_code == 403
    assert browse(work.audrey).send(page).status_code == 403
    assert browse(work.nina).send(page).status_code == 404
    assert browse(work.olga).send(stop(applicant, work.tim, "diary")).status_code == 404
    assert browse(work.olga).send(stop(applicant, work.vera)).status_code == 404
    assert browse(work.olga).client.put(page).status_code == 405
    assert may_open(work.tim, applicant.identity_safe)
