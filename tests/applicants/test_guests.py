"""Guests go on their day, with the case and with the name, whatever they held before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import queries
from cases.applicants.models import ApplicantGroupPermission, ApplicantUserPermission
from cases.vault import operations as vault
from cases.vault.models import AccessRequest, Grant
from cases.vault.queries import lasting_holders, may_open
from tests.applicants.factories import NAME
from tests.staff.factories import make_team

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def url(applicant, name, *args):
    return reverse(f"applicants:{name}", args=[applicant.pk, *args])


def day(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture
def share(browse, work, applicant):
    """Olga shares by the dialog, unlocked unless said otherwise."""

    def do(whom, *, unlocked=True, **fields):
        code = f"person-{whom.pk}" if hasattr(whom, "username") else f"team-{whom.pk}"
        return browse(work.olga, unlocked=unlocked).send(
            url(applicant, "share"), **({"whom": code, "to": "read"} | fields)
        )

    return do


@pytest.fixture
def held_by_vera(share, work, applicant):
    assert share(work.vera, open_name="on").status_code == 204
    assert not name_grant(work.vera).firm
    return work.vera


def grant_by_olga(work, applicant, user):
    vault.give_access(
        safe=applicant.identity_safe, to=user, unlocked=work.unlocked(work.olga), by=work.olga, reason="x"
    )


def name_grant(user):
    return Grant.objects.get(user=user, content_object__kind="identity")


def case_ends(user):
    return ApplicantUserPermission.objects.filter(user=user).latest("expires_at").expires_at


def let_the_day_pass(user):
    """As if it were the day after: everything of `user` that has an end is over."""
    over = timezone.now() - timedelta(seconds=1)
    ApplicantUserPermission.objects.filter(user=user, expires_at__isnull=False).update(expires_at=over)
    ApplicantGroupPermission.objects.filter(group__user=user, expires_at__isnull=False).update(
        expires_at=over
    )
    Grant.objects.filter(user=user, firm=True).update(expires_at=over)


def opens(browse, applicant, user):
    answer = browse(user, unlocked=True).send(url(applicant, "open_name"), reason="contact", words="x")
    return NAME in answer.content.decode()


@pytest.mark.parametrize("unlocked", [True, False])
@pytest.mark.parametrize("name", [{"open_name": "on"}, {}])
def test_who_held_the_name_for_good_and_becomes_a_guest_loses_it_on_the_day(
    browse, share, applicant, held_by_vera, name, unlocked
):
    assert opens(browse, applicant, held_by_vera)
    share(held_by_vera, until=day(0), unlocked=unlocked, **name)
    assert name_grant(held_by_vera).firm
    assert name_grant(held_by_vera).expires_at == case_ends(held_by_vera)

    let_the_day_pass(held_by_vera)
    browse(held_by_vera).send(reverse("desk:renew"))
    assert not may_open(held_by_vera, applicant.identity_safe)

    share(held_by_vera, until=day(0))
    assert not opens(browse, applicant, held_by_vera)


def test_a_shorter_stay_shortens_the_name_too(share, work):
    share(work.vera, open_name="on", until=day(60))
    share(work.vera, until=day(0))

    assert name_grant(work.vera).expires_at == case_ends(work.vera)


def test_a_longer_stay_does_not_prolong_the_name_unasked(share, work):
    share(work.vera, open_name="on", until=day(1))
    before = name_grant(work.vera).expires_at
    share(work.vera, until=day(60))
    assert name_grant(work.vera).expires_at == before

    share(work.vera, open_name="on", until=day(60))
    assert name_grant(work.vera).expires_at == case_ends(work.vera)


def test_who_stays_through_the_team_keeps_the_name_unless_it_is_meant(share, work, applicant):
    share(work.cora, open_name="on")
    share(work.tim, to="work", until=day(3))
    assert not name_grant(work.tim).firm

    share(work.tim, to="work", until=day(3), open_name="on")
    assert name_grant(work.tim).firm
    assert lasting_holders(applicant.identity_safe) == {work.olga.pk, work.cora.pk}


def test_nobody_is_made_a_guest_of_the_last_two(share, work, applicant):
    answer = share(work.tim, to="work", until=day(3), open_name="on")

    assert answer.status_code == 422
    assert "Fewer than two people could open this afterwards." in answer.content.decode()
    assert not name_grant(work.tim).firm
    assert not ApplicantUserPermission.objects.filter(user=work.tim).exists()


def test_a_team_that_becomes_a_guest_takes_its_members_along(share, browse, work, applicant):
    north = make_team(work.nina, name="Team North")
    share(north)
    grant_by_olga(work, applicant, work.nina)
    share(north, until=day(0))
    assert name_grant(work.nina).firm

    let_the_day_pass(work.nina)
    assert not may_open(work.nina, applicant.identity_safe)


def test_who_stays_only_with_a_team_of_guests_is_one(browse, share, work, applicant, held_by_vera):
    share(make_team(held_by_vera, name="Team North"), until=day(2))
    assert not name_grant(held_by_vera).firm

    browse(work.olga).send(url(applicant, "unshare", f"person-{held_by_vera.pk}"))

    assert queries.applicants_for(held_by_vera).exists()
    end = ApplicantGroupPermission.objects.get(expires_at__isnull=False).expires_at
    assert (name_grant(held_by_vera).firm, name_grant(held_by_vera).expires_at) == (True, end)


def test_what_a_guest_asked_for_before_ends_with_the_stay(browse, share, work, applicant):
    share(work.vera)
    browse(work.vera).send(url(applicant, "ask", "identity"), reason="check")
    assert AccessRequest.objects.get().expires_at is None

    share(work.vera, until=day(0))

    assert AccessRequest.objects.get().expires_at == case_ends(work.vera)


def test_what_was_asked_for_goes_with_the_case(browse, share, work, applicant):
    share(work.vera)
    browse(work.vera).send(url(applicant, "ask", "identity"), reason="check")
    browse(work.olga).send(url(applicant, "unshare", f"person-{work.vera.pk}"))

    request = AccessRequest.objects.get()
    assert (request.answer, request.answered_by) == ("refused", work.olga)
    answer = browse(work.tim, unlocked=True).send(reverse("desk:answer", args=[request.pk]), give="yes")
    assert answer.status_code == 404
    assert not may_open(work.vera, applicant.identity_safe)


def test_who_takes_the_case_back_from_oneself_asks_for_nothing_any_more(browse, share, work, applicant):
    share(work.cora, to="work")
    browse(work.cora).send(url(applicant, "ask", "identity"), reason="check")

    answer = browse(work.cora).send(url(applicant, "unshare", f"person-{work.cora.pk}"))

    assert answer.status_code == 204
    assert not AccessRequest.objects.exists()


def test_what_is_suspended_is_taken_back_too(share, browse, work, applicant, held_by_vera):
    Grant.objects.filter(user=held_by_vera).update(expires_at=timezone.now() - timedelta(days=1))
    assert not may_open(held_by_vera, applicant.identity_safe)

    browse(work.olga).send(url(applicant, "unshare", f"person-{held_by_vera.pk}"))

    assert not Grant.objects.filter(user=held_by_vera).exists()
