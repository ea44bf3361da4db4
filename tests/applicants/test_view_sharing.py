from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations, queries
from cases.applicants.models import ApplicantUserPermission
from cases.vault.models import AccessRequest, Grant
from cases.vault.operations import answer_request
from cases.vault.queries import may_open
from cases.vault.refusals import GuestTimeOver
from tests.staff.factories import make_team

pytestmark = pytest.mark.django_db


def url(applicant, name, *args):
    return reverse(f"applicants:{name}", args=[applicant.pk, *args])


def person(user):
    return f"person-{user.pk}"


def said(browser, applicant):
    return browser.get(url(applicant, "people")).content.decode()


def test_the_dialog_offers_colleagues_who_see_cases_and_teams(browse, work, applicant):
    form = browse(work.olga).get(url(applicant, "share")).context["form"]

    [_, (_, people), (_, teams)] = form.fields["whom"].choices
    assert [label for _, label in people] == [
        "Cora Coordinator (cora.coordinator)",
        "Nina Outside (nina.outside)",
        "Tim Team (tim.team)",
        "Vera Vetting (vera.vetting)",
    ]
    assert [label for _, label in teams] == ["Team East"]


def test_an_unlocked_holder_shares_case_and_name_at_once(browse, work, applicant):
    olga = browse(work.olga, unlocked=True)
    answer = olga.send(url(applicant, "share"), whom=person(work.vera), to="work", open_name="on")

    assert (answer.status_code, answer["HX-Redirect"]) == (204, url(applicant, "people"))
    assert queries.applicants_for(work.vera, "work").exists()
    assert may_open(work.vera, applicant.identity_safe)
    assert not may_open(work.vera, applicant.account_safe)
    page = said(olga, applicant)
    assert "Shared with Vera Vetting." in page
    assert "Vera Vetting can open the name now." in page


def test_a_locked_one_shares_the_case_and_the_name_waits(browse, work, applicant):
    olga = browse(work.olga)
    assert "You are locked." in olga.get(url(applicant, "share")).content.decode()
    olga.send(url(applicant, "share"), whom=person(work.vera), to="read", open_name="on", open_account="on")

    assert queries.applicants_for(work.vera).exists()
    assert not may_open(work.vera, applicant.identity_safe)
    assert set(AccessRequest.objects.values_list("asker", "safe__kind")) == {
        (work.vera.pk, "identity"),
        (work.vera.pk, "account"),
    }
    page = said(olga, applicant)
    assert "opening the name waits for one of: Olga Owner, Tim Team" in page
    assert "opening the account waits for one of: Olga Owner, Tim Team" in page


def test_a_guest_is_shared_with_to_the_end_of_the_day(browse, work, applicant):
    until = timezone.localdate() + timedelta(days=2)
    browse(work.olga, unlocked=True).send(
        url(applicant, "share"), whom=person(work.vera), to="work", open_name="on", until=until.isoformat()
    )

    ends = {row.expires_at for row in ApplicantUserPermission.objects.filter(user=work.vera)}
    assert [timezone.localdate(end) for end in ends] == [until + timedelta(days=1)]
    assert Grant.objects.get(user=work.vera).firm


def test_a_team_sees_the_case_but_names_are_opened_to_people(browse, work, applicant):
    north = make_team(work.nina, name="Team North")
    olga = browse(work.olga, unlocked=True)
    refused = olga.send(url(applicant, "share"), whom=f"team-{north.pk}", to="read", open_name="on")
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["open_name"]

    olga.send(url(applicant, "share"), whom=f"team-{north.pk}", to="read")
    assert queries.applicants_for(work.nina).exists()
    assert "Shared with the team Team North." in said(olga, applicant)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"whom": ""}, "whom"),
        ({"whom": "person-0"}, "whom"),
        ({"to": "own"}, "to"),
        ({"until": "2020-01-01"}, "until"),
    ],
)
def test_bad_input_shares_nothing(browse, work, applicant, fields, wrong):
    data = {"whom": person(work.vera), "to": "read"} | fields
    answer = browse(work.olga).send(url(applicant, "share"), **data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [wrong]
    assert not queries.applicants_for(work.vera).exists()


def test_taking_back_says_the_consequence_and_does_it(browse, work, applicant):
    olga = browse(work.olga, unlocked=True)
    olga.send(url(applicant, "share"), whom=person(work.vera), to="work", open_name="on")
    stop = url(applicant, "unshare", person(work.vera))

    page = olga.get(stop).content.decode()
    assert "1 colleague no longer sees this case." in page
    assert "1 of them can open the name, and cannot any more." in page
    assert "What was read stays known." in page

    assert olga.send(stop).status_code == 204
    assert not queries.applicants_for(work.vera).exists()
    assert not may_open(work.vera, applicant.identity_safe)
    assert olga.send(stop).status_code == 404


def test_the_owner_is_not_taken_out(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant, "unshare", person(work.olga)))

    assert answer.status_code == 422
    assert "Choose another owner first." in answer.content.decode()


def test_a_coordinator_chooses_owner_and_team(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga
    )
    cora = browse(work.cora)
    form = cora.get(url(applicant, "assign")).context["form"]
    assert (form["owner"].value(), form["team"].value()) == (work.olga.pk, work.team.pk)
    assert work.audrey not in form.fields["owner"].queryset

    answer = cora.send(url(applicant, "assign"), owner=work.nina.pk, team="")

    applicant.refresh_from_db()
    assert answer.status_code == 204
    assert (applicant.owner, applicant.team) == (work.nina, None)
    assert queries.applicants_for(work.nina, "work").exists()
    page = cora.get(url(applicant, "detail")).content.decode()
    assert "Owner: Nina Outside." in page
    assert "You are locked, so opening the name waits for one of" in page


def test_asking_puts_a_request_before_the_holders(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    vera = browse(work.vera)
    for _ in range(2):
        answer = vera.send(url(applicant, "ask", "identity"), reason="to check the unit")
        assert answer.status_code == 204

    request = AccessRequest.objects.get()
    assert (request.asker, request.reason) == (work.vera, "Grey Heron: to check the unit")
    assert "You asked; one of them will answer." in vera.get(url(applicant, "detail")).content.decode()
    assert vera.send(url(applicant, "ask", "identity"), reason="").status_code == 422
    assert vera.get(url(applicant, "ask", "diary")).status_code == 404


def test_who_can_open_it_already_need_not_ask(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant, "ask", "account"), reason="x")

    assert answer.status_code == 422
    assert "This person can open it already." in answer.content.decode()


def test_who_may_share(browse, work, applicant):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )
    pages = [
        url(applicant, "share"),
        url(applicant, "unshare", person(work.vera)),
        url(applicant, "assign"),
    ]

    for page in pages:
        assert browse(work.vera).get(page).status_code == 403
        assert browse(work.audrey).get(page).status_code == 403
        assert browse(work.tim).client.put(page).status_code in (403, 405)
    for page in pages[:2]:
        assert browse(work.nina).get(page).status_code == 404
    assert browse(work.cora).get(pages[2]).status_code == 404
    assert browse(work.tim).get(pages[2]).status_code == 403
    assert browse(work.nina).get(url(applicant, "ask", "identity")).status_code == 404


def as_guest(work, applicant, who, days=1):
    end = timezone.now() + timedelta(days=days)
    operations.share_with_person(applicant=applicant, person=who, to="work", expires_at=end, by=work.olga)
    return end


def rows(applicant):
    own = ApplicantUserPermission.objects.filter(content_object=applicant)
    return sorted(own.values_list("user__username", "permission__codename", "expires_at"))


def test_a_guest_whose_name_waits_for_a_holder_stays_a_guest(browse, work, applicant):
    today = timezone.localdate().isoformat()
    browse(work.olga).send(
        url(applicant, "share"), whom=person(work.vera), to="read", open_name="on", until=today
    )
    request = AccessRequest.objects.get(asker=work.vera)
    answer_request(request=request, give=True, unlocked=work.unlocked(work.olga), by=work.olga)

    grant = Grant.objects.get(user=work.vera, content_object=applicant.identity_safe)
    assert grant.firm
    assert grant.expires_at == request.expires_at < timezone.now() + timedelta(days=2)


def test_a_guest_who_asks_gets_the_name_for_as_long_as_the_case(browse, work, applicant):
    end = as_guest(work, applicant, work.vera)
    browse(work.vera).send(url(applicant, "ask", "identity"), reason="interview")

    assert AccessRequest.objects.get(asker=work.vera).expires_at == end


def test_what_was_asked_until_a_day_that_is_over_is_not_given(browse, work, applicant):
    as_guest(work, applicant, work.vera)
    browse(work.vera).send(url(applicant, "ask", "identity"), reason="interview")
    AccessRequest.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(GuestTimeOver):
        answer_request(
            request=AccessRequest.objects.get(), give=True, unlocked=work.unlocked(work.olga), by=work.olga
        )

    assert not may_open(work.vera, applicant.identity_safe)


@pytest.mark.parametrize("whom", ["nina", "vera", "olga", "team"])
def test_a_guest_shares_with_nobody_and_stays_no_longer(browse, work, applicant, whom):
    as_guest(work, applicant, work.vera)
    before = rows(applicant)
    code = f"team-{work.team.pk}" if whom == "team" else person(getattr(work, whom))
    answer = browse(work.vera).send(url(applicant, "share"), whom=code, to="work")

    assert answer.status_code == 422
    assert rows(applicant) == before


def test_a_guest_takes_the_case_and_the_name_from_nobody(browse, work, applicant):
    opening = operations.Opening([applicant.identity_safe], work.unlocked(work.olga))
    operations.share_with_person(
        applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga, opening=opening
    )
    as_guest(work, applicant, work.vera)
    answer = browse(work.vera).send(url(applicant, "unshare", person(work.cora)))

    assert answer.status_code == 422
    assert may_open(work.cora, applicant.identity_safe)
    assert queries.applicants_for(work.cora, "work").filter(pk=applicant.pk).exists()


def test_a_guest_does_not_assign(browse, work, applicant):
    as_guest(work, applicant, work.cora)
    answer = browse(work.cora).send(url(applicant, "assign"), owner=work.cora.pk)

    applicant.refresh_from_db()
    assert answer.status_code == 422
    assert applicant.owner == work.olga


@pytest.mark.parametrize(("to", "until"), [("read", ""), ("work", "today"), ("read", "today")])
@pytest.mark.parametrize("whom", ["owner", "team"])
def test_nobody_makes_the_owner_or_the_team_less(browse, work, applicant, whom, to, until):
    before = rows(applicant)
    code = f"team-{work.team.pk}" if whom == "team" else person(work.olga)
    fields = {"until": timezone.localdate().isoformat()} if until else {}
    answer = browse(work.tim).send(url(applicant, "share"), whom=code, to=to, **fields)

    assert answer.status_code == 422
    assert rows(applicant) == before
    assert queries.applicants_for(work.tim, "work").filter(pk=applicant.pk).exists()
