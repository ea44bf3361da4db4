"""Grey Heron is Olga's case, and Tim sees it with her; Nina is outside, Audrey audits."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.mentions import mentioned_in
from cases.applicants.models import Note
from cases.applicants.refusals import NobodyOfThatName, NotOnTheCase
from cases.staff import operations as staff
from cases.staff.models import Announcement, random_id

pytestmark = pytest.mark.django_db


def write(applicant, by, text, **more):
    return operations.add_note(id=more.pop("id", None) or random_id(), applicant=applicant, text=text, by=by)


def told():
    return [(one.to.full_name, one.code, one.instead_of) for one in Announcement.objects.order_by("pk")]


@pytest.mark.parametrize(
    "text",
    [
        "@tim.team please call",
        "Please call, @Tim.Team.",
        "(@tim.team)",
        "@tim.team, and again @TIM.TEAM!",
        "Позвони, @tim.team…",
    ],
)
def test_who_is_mentioned(applicant, work, text):
    assert mentioned_in(text, applicant) == [work.tim]


@pytest.mark.parametrize(
    "text", ["nothing", "tim.team", "write to tim@team.invalid", "at 5 @ noon", "x@tim.team"]
)
def test_an_address_or_a_bare_sign_mentions_nobody(applicant, text):
    assert mentioned_in(text, applicant) == []


def test_the_colleague_is_told_once_and_who_writes_is_not(applicant, work):
    same = random_id()
    for _ in range(2):
        write(applicant, work.olga, "@tim.team and I, @olga.owner, call", id=same)

    assert told() == [("Tim Team", "mentioned", "")]
    found = Announcement.objects.get()
    assert (found.about, found.who) == (applicant.pk, "Olga Owner (olga.owner)")


def test_who_does_not_see_the_case_is_refused_and_nothing_is_saved(applicant, work, recorded):
    with pytest.raises(NotOnTheCase, match=r"@nina\.outside"):
        write(applicant, work.olga, "@nina.outside @tim.team")

    assert not Note.objects.exists()
    assert told() == []
    assert recorded() == []


def test_who_sees_the_case_by_a_row_and_holds_no_role_for_it_is_refused(applicant, work):
    operations.share_with_person(
        applicant=applicant, person=work.audrey, to="read", expires_at=None, by=work.olga
    )
    with pytest.raises(NotOnTheCase):
        write(applicant, work.olga, "@audrey.auditor")


def test_a_handle_is_refused_and_not_repeated(applicant, work):
    with pytest.raises(NobodyOfThatName) as refused:
        write(applicant, work.olga, "He writes as @kulebyaka")

    assert "kulebyaka" not in str(refused.value)
    assert "contact card" in str(refused.value)


def test_beside_the_note_stands_why_and_what_was_typed_stays(applicant, work, browse):
    url = reverse("applicants:note", args=[applicant.pk])
    answer = browse(work.olga).send(url, new_id=random_id(), text="Ask @nina.outside")

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"text": [str(NotOnTheCase(["nina.outside"]))]}
    assert "Ask @nina.outside" in answer.content.decode()


@pytest.mark.parametrize("text", ["@tim.team please call", "Ask @Tim.Team, today."])
def test_what_looks_for_handles_lets_a_colleague_pass(applicant, work, browse, text):
    url = reverse("applicants:note", args=[applicant.pk])

    assert browse(work.olga).send(url, new_id=random_id(), text=text).status_code == 204
    assert (Note.objects.get().text, told()) == (text, [("Tim Team", "mentioned", "")])


@pytest.mark.parametrize("handle", ["@kulebyaka", "@tim_team"])
def test_and_finds_a_handle_beside_the_colleague(applicant, work, browse, handle):
    url = reverse("applicants:note", args=[applicant.pk])
    answer = browse(work.olga).send(url, new_id=random_id(), text=f"@tim.team: he writes as {handle}")

    assert answer.status_code == 422
    marked = [piece for _field, pieces in answer.context["form"].leaks for piece, found in pieces if found]
    assert marked == [handle]
    assert not Note.objects.exists()


def test_an_alarm_says_it_beside_its_words(applicant, work, browse):
    url = reverse("alarms:raise", args=[applicant.pk])
    answer = browse(work.olga).send(url, new_id=random_id(), kind="health", known="@nina.outside knows")

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"known": [str(NotOnTheCase(["nina.outside"]))]}
    assert not applicant.alarms.exists()


def test_the_page_says_whom_one_can_mention(applicant, work, browse):
    seen = browse(work.olga).get(applicant.get_absolute_url()).content.decode()

    assert "@tim.team" in seen
    assert "@nina.outside" not in seen


class TestDeputies:
    def test_who_is_away_is_told_and_the_deputy_too_saying_for_whom(self, applicant, work, browse):
        staff.set_away(user=work.tim, until=timezone.localdate(), deputy=work.vera, by=work.tim)
        write(applicant, work.olga, "@tim.team")

        assert told() == [("Tim Team", "mentioned", ""), ("Vera Vetting", "mentioned", "Tim Team (tim.team)")]
        desk = browse(work.vera).get("/").content.decode()
        assert "In the place of Tim Team" in desk
        # Vera does not see the case: that it is this one is not told.
        assert applicant.pseudonym not in desk

    def test_a_deputy_for_two_is_told_once_and_who_writes_not_at_all(self, applicant, work):
        for gone in (work.olga, work.tim):
            staff.set_away(user=gone, until=timezone.localdate(), deputy=work.cora, by=gone)
        staff.announce(code="mentioned", to=[work.olga, work.tim], who=[work.vera])
        assert [name for name, _code, _gone in told()] == ["Olga Owner", "Tim Team", "Cora Coordinator"]
        Announcement.objects.all().delete()
        staff.announce(code="mentioned", to=[work.olga], who=[work.cora])

        assert [name for name, _code, _gone in told()] == ["Olga Owner"]

    @pytest.mark.parametrize("code", ["passkey_added", "duty_asked", "travel_deputy", "more_given"])
    def test_what_concerns_the_account_of_a_colleague_goes_to_nobody_else(self, work, code):
        staff.set_away(user=work.tim, until=timezone.localdate(), deputy=work.vera, by=work.tim)
        staff.announce(code=code, to=[work.tim])

        assert [name for name, _code, _gone in told()] == ["Tim Team"]

    def test_who_is_back_is_told_alone(self, work):
        staff.set_away(user=work.tim, until=timezone.localdate(), deputy=work.vera, by=work.tim)
        staff.set_away(user=work.tim, until=None, deputy=None, by=work.tim)
        staff.announce(code="mentioned", to=[work.tim])

        assert [name for name, _code, _gone in told()] == ["Tim Team"]
