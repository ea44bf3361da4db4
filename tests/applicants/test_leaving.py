"""Who leaves a team, or comes back to a closed account, opens no name that is not given again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.operations import Opening
from cases.staff import operations as staff
from cases.vault.models import Grant
from cases.vault.queries import lasting_holders, may_open
from tests.applicants.factories import IDENTITY, NAME, make_applicant
from tests.staff.factories import make_team

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def url(applicant, name, *args):
    return reverse(f"applicants:{name}", args=[applicant.pk, *args])


def name_grant(user):
    return Grant.objects.get(user=user, content_object__kind="identity")


@pytest.fixture
def share(work, applicant):
    def do(person, *, opening=True, to="read", expires_at=None):
        safes = [applicant.identity_safe, applicant.account_safe]
        wish = Opening(safes, work.unlocked(work.olga)) if opening else None
        return operations.share_with_person(
            applicant=applicant, person=person, to=to, expires_at=expires_at, by=work.olga, opening=wish
        )

    return do


@pytest.fixture
def opens(browse, applicant):
    def do(person):
        answer = browse(person, unlocked=True).send(url(applicant, "open_name"), reason="contact", words="x")
        return NAME in answer.content.decode()

    return do


def leave(work, who):
    staff.leave_team(team=work.team, user=who, by=None)


def test_leaving_suspends_the_name_until_it_is_given_again(browse, work, applicant, share, opens):
    share(work.cora)
    leave(work, work.tim)
    assert lasting_holders(applicant.identity_safe) == {work.olga.pk, work.cora.pk}

    share(work.tim, opening=False, expires_at=timezone.now() + timedelta(days=1))
    assert not opens(work.tim)
    assert "not at the moment" in browse(work.olga).get(url(applicant, "people")).content.decode()

    share(work.tim)
    assert opens(work.tim)


def test_coming_back_to_the_team_does_not_bring_the_name_back(work, share, opens):
    share(work.cora)
    leave(work, work.tim)
    staff.join_team(team=work.team, user=work.tim, by=None)

    assert not opens(work.tim)
    assert name_grant(work.tim)


def test_one_of_the_last_two_stays_a_holder_and_cannot_prolong_it(browse, work, applicant):
    leave(work, work.tim)
    before = name_grant(work.tim).expires_at
    tim = browse(work.tim)
    tim.send(reverse("desk:renew"))

    assert lasting_holders(applicant.identity_safe) == {work.olga.pk, work.tim.pk}
    assert name_grant(work.tim).expires_at == before
    assert tim.get(url(applicant, "detail")).status_code == 404
    assert "does not see the case" in browse(work.olga).get(url(applicant, "people")).content.decode()


def test_what_somebody_holds_from_before_is_said_to_who_shares(browse, work, applicant):
    leave(work, work.tim)
    olga = browse(work.olga)
    guest = {"whom": f"person-{work.tim.pk}", "to": "read", "until": timezone.localdate().isoformat()}
    refused = olga.send(url(applicant, "share"), **guest)
    assert refused.status_code == 422
    assert "Fewer than two people could open this afterwards." in refused.content.decode()

    olga.send(url(applicant, "share"), **(guest | {"until": ""}))
    assert "Tim Team could open the name already." in olga.get(url(applicant, "people")).content.decode()


def test_who_goes_on_seeing_the_case_keeps_the_name(work, share, opens):
    share(work.cora)
    share(work.tim, opening=False)
    leave(work, work.tim)

    assert opens(work.tim)


def test_who_goes_on_seeing_it_as_a_guest_keeps_the_name_that_long(work, share):
    end = timezone.now() + timedelta(days=1)
    share(work.cora)
    share(work.tim, opening=False, expires_at=end)
    assert not name_grant(work.tim).firm
    leave(work, work.tim)

    assert (name_grant(work.tim).firm, name_grant(work.tim).expires_at) == (True, end)


def test_a_guest_who_is_one_of_the_last_two_is_kept_as_holder(work, applicant, share):
    share(work.tim, opening=False, expires_at=timezone.now() + timedelta(days=1))
    leave(work, work.tim)

    assert lasting_holders(applicant.identity_safe) == {work.olga.pk, work.tim.pk}


def test_cases_of_other_teams_are_left_alone(work, applicant, share):
    share(work.cora)
    north = make_team(work.tim, name="Team North", holders=[work.olga, work.tim, work.cora])
    other = make_applicant(by=work.olga, team=north, identity=IDENTITY)
    leave(work, work.tim)

    assert may_open(work.tim, other.identity_safe)
    assert not may_open(work.tim, applicant.identity_safe)


def test_a_reopened_account_sees_its_cases_and_opens_no_name(work, applicant, share, opens):
    share(work.cora)
    share(work.tim, opening=False)
    staff.deactivate(user=work.tim, by=work.cora)
    staff.reactivate(user=work.tim, by=work.cora)
    assert not opens(work.tim)

    share(work.tim)
    assert opens(work.tim)
