from datetime import timedelta

import pytest
from django.utils import timezone

from cases.applicants.models import ApplicantGroupPermission
from cases.staff.models import random_id
from cases.vault import operations as vault
from cases.vault.models import Grant
from cases.vault.queries import may_open
from tests.desk.cases import TOKENS, take_in
from tests.scanner import leaks
from tests.vault.colleagues import make_safe
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def asked(world):
    """Viktor, on the team and without the name, asks for it."""
    applicant = take_in(world)
    return vault.ask_access(
        safe=applicant.identity_safe, by=world.people["viktor"], reason="Lotus 47: vetting"
    )


def url(request):
    return f"/vault/waiting/{request.pk}/"


def send(world, request, name="claire", *, unlocked=True, **data):
    return visit(world, name, unlocked=unlocked).post(url(request), data, **FETCH)


def state(request):
    request.refresh_from_db()
    return request.answer, request.answered_by and request.answered_by.username


def opens(world, request, name="viktor"):
    return may_open(world.people[name], request.safe)


def test_giving_is_one_click(world, asked, recorded):
    answer = send(world, asked, give="yes")

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/vault/")
    assert state(asked) == ("given", "claire")
    assert opens(world, asked)
    assert recorded("vault.access_given") == [("claire", "vault.access_given", "viktor: Lotus 47: vetting")]
    assert leaks(TOKENS, str(recorded())) == []


def test_the_answer_leads_back_to_the_page_it_was_given_on(world, asked):
    client = visit(world, "claire", unlocked=True)
    answer = client.post(
        url(asked), {"give": "yes"}, **FETCH, HTTP_HX_CURRENT_URL="http://testserver/?x=1#waiting"
    )

    assert answer.headers["HX-Redirect"] == "/?x=1"


def test_refusing_needs_no_unlock_and_keeps_the_reason(world, asked, recorded):
    send(world, asked, unlocked=False, give="no", reason="not for vetting")

    assert state(asked) == ("refused", "claire")
    assert not opens(world, asked)
    assert recorded("vault.access_refused") == [("claire", "vault.access_refused", "viktor: not for vetting")]


def test_who_is_locked_gives_nothing_and_is_told_so(world, asked):
    client = visit(world, "claire")
    client.post(url(asked), {"give": "yes"}, **FETCH)

    assert state(asked) == ("", None)
    assert "Your vault is locked" in client.get("/vault/").content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("viktor", 404), ("olga", 404), ("dora", 404), ("paul", 403), ("mira", 403), ("root", 403)],
)
def test_who_does_not_hold_it_gives_nothing(world, asked, name, status):
    answer = send(world, asked, name, unlocked=False, give="yes")

    assert answer.status_code == status
    assert state(asked) == ("", None)


def test_what_was_answered_already_is_gone(world, asked):
    send(world, asked, give="no")

    assert send(world, asked, "ana", give="yes").status_code == 404
    assert not opens(world, asked)


def test_a_colleague_with_a_new_key_is_called_first(world, asked):
    viktor = world.people["viktor"]
    vault.start_over(user=viktor, language="en")
    answer = send(world, asked, give="yes")

    assert answer.headers["HX-Redirect"] == f"/vault/keys/{viktor.pk}/?next=%2Fvault%2F"
    assert not opens(world, asked)


@pytest.mark.parametrize("data", [{}, {"give": "perhaps"}, {"give": "no", "reason": "x" * 151}])
def test_anything_else_is_refused(world, asked, data):
    assert send(world, asked, **data).status_code == 400
    assert state(asked) == ("", None)


def test_an_asker_who_sees_the_case_no_more_gets_nothing(world, asked):
    world.people["viktor"].groups.clear()
    client = visit(world, "claire", unlocked=True)
    client.post(url(asked), {"give": "yes"}, **FETCH)

    assert state(asked) == ("", None)
    assert not opens(world, asked)
    assert "this colleague does not see the case any more" in client.get("/vault/").content.decode()

    send(world, asked, give="no")
    assert state(asked) == ("refused", "claire")


def test_an_asker_who_is_a_guest_by_now_gets_it_for_that_long(world, asked):
    end = timezone.now() + timedelta(days=1)
    ApplicantGroupPermission.objects.filter(group=world.team.group).update(expires_at=end)
    send(world, asked, give="yes")

    grant = Grant.objects.get(user=world.people["viktor"])
    assert (grant.expires_at, grant.firm) == (end, True)


def test_a_request_about_no_case_is_not_given(world):
    safe = make_safe(world.people["claire"], world.people["ana"])
    asked = vault.ask_access(safe=safe, by=world.people["viktor"], reason="x")
    send(world, asked, give="yes")

    assert state(asked) == ("", None)


def test_a_request_that_never_was(world):
    client = visit(world, "claire")

    assert client.post(f"/vault/waiting/{random_id()}/", {"give": "yes"}, **FETCH).status_code == 404


def test_other_methods_are_refused(world, asked):
    assert visit(world, "claire").get(url(asked)).status_code == 405
