import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Applicant
from cases.audit.operations import record
from cases.relocation.models import Government
from cases.relocation.operations import governments
from cases.retention.models import RetentionRule
from cases.staff import operations as staff
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vault.models import Grant
from tests.desk.cases import TOKENS, change, questions, set_task, take_in, take_in_many, text_of
from tests.relocation.factories import make_talk
from tests.scanner import leaks
from tests.staff.factories import make_person, make_team
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/"


def page(world, name="claire", *, unlocked=False):
    return " ".join(text_of(visit(world, name, unlocked=unlocked).get(URL)).split())


def part(seen, heading):
    """One section of the page, by its heading."""
    return next(one for one in seen.split("<section")[1:] if heading in one.partition("</h2>")[0])


def set_deadline(applicant, days, rule="applicants.intake"):
    due = timezone.localtime().replace(hour=12) + timedelta(days=days)
    return operations.set_deadline(
        applicant=applicant, rule=rule, subject="", title="As written", due_at=due, source="", by=None
    )


def declined_goes_after_183_days():
    facts = {"record_class": "declined", "days": 183, "source": "a test", "confidence": "known"}
    RetentionRule.objects.create(key="x", **facts)


@pytest.mark.parametrize("name", ["claire", "ana", "viktor", "olga", "dora", "paul", "mira", "root"])
def test_everybody_has_a_desk(world, name):
    take_in(world)
    answer = visit(world, name).get(URL)

    assert answer.status_code == 200
    assert leaks(TOKENS, answer.content) == []


def test_who_is_not_logged_in_is_sent_to_the_login(world):
    assert visit(world, None).get(URL).headers["Location"] == "/login/?next=/"


def test_a_planted_name_would_be_seen(world):
    set_task(world, take_in(world), days=0, title="Call Тихон")

    assert leaks(TOKENS, page(world)) == ["Тихон"]


def test_the_sentence_on_top_counts_what_is_late_and_who_waits(world):
    applicant = take_in(world)
    applicant.deadlines.all().delete()
    set_task(world, applicant, days=-2)
    set_task(world, applicant, days=0)
    set_deadline(applicant, -1)
    vault.ask_access(safe=applicant.identity_safe, by=world.people["viktor"], reason="x")

    assert "<h1>2 things are overdue, 1 is due today, 1 colleague waits for you.</h1>" in page(world)
    assert "<h1>Nothing is overdue, and nobody waits for you.</h1>" in page(world, "olga")


def test_what_is_due_stands_in_its_order(world):
    applicant = take_in(world)
    applicant.deadlines.all().delete()
    for title, days in (("undated", None), ("tomorrow", 1), ("late", -3), ("far", 30), ("today", 0)):
        set_task(world, applicant, days=days, title=f"task {title}")
    set_deadline(applicant, -1)
    due = part(page(world), "Due")

    assert re.findall(
        r"task \w+|Complete the intake", re.sub(r'<span class="visually-hidden">.*?</span>', "", due)
    ) == [
        "task late",
        "Complete the intake",
        "task today",
        "task tomorrow",
        "task undated",
    ]


def test_tasks_of_others_and_deadlines_of_their_cases_are_not_mine(world):
    applicant = take_in(world, owner="ana")
    set_task(world, applicant, days=-1, owner="ana", title="task of Ana")

    assert "task of Ana" in page(world, "ana")
    assert "task of Ana" not in page(world)
    assert "Nothing is due this week" in page(world)


def test_one_press_does_a_task_and_leads_back_to_the_desk(world):
    task = set_task(world, take_in(world), days=-1)
    client = visit(world, "claire")
    url = f"/cases/tasks/{task.pk}/done/"

    assert url in text_of(client.get(URL))
    answer = client.post(url, **FETCH, HTTP_HX_CURRENT_URL="http://testserver/")
    assert answer.headers["HX-Redirect"] == "/"
    assert url not in text_of(client.get(URL))


def test_a_deadline_that_another_slice_meets_has_no_button(world):
    applicant = take_in(world)
    applicant.deadlines.all().delete()
    theirs, ours = set_deadline(applicant, 1, rule="elsewhere.rule"), set_deadline(applicant, 1)
    due = part(page(world), "Due")

    assert "As written" in due
    assert str(theirs.pk) not in due
    assert str(ours.pk) in due


def test_who_waits_is_named_with_what_they_want(world):
    applicant = take_in(world)
    vault.ask_access(safe=applicant.account_safe, by=world.people["viktor"], reason="to compare")
    waiting = part(page(world), "Waiting for me")

    assert "viktor asks you" in waiting
    assert "to open the account · Lotus 47 · to compare" in waiting
    assert "Nobody waits" in part(page(world, "olga"), "Waiting for me")


def test_an_account_with_one_holder_too_once_something_lies_in_it(world):
    applicant = take_in(world)
    ana = world.people["ana"]
    applicant.account_safe.grants.filter(user=ana).delete()
    assert "Only you" not in part(page(world), "Waiting for me")

    vault.seal(safe=applicant.account_safe, kind="account", content={"text": "x"}, by=ana)
    assert "Only you can open the account." in part(page(world), "Waiting for me")


def test_a_name_with_one_holder_is_a_fault_on_the_desk(world):
    world.team.holders.set([world.people["claire"]])
    applicant = take_in(world)
    waiting = part(page(world), "Waiting for me")

    assert "Only you can open the name." in waiting
    assert f"/cases/{applicant.pk}/share/" in waiting


def test_access_that_ends_soon_is_renewed_by_one_press(world):
    take_in(world)
    Grant.objects.update(expires_at=timezone.now() + timedelta(days=3))
    client = visit(world, "claire")

    assert "2 things you can open end soon" in text_of(client.get(URL))
    answer = client.post("/vault/renew/", **FETCH, HTTP_HX_CURRENT_URL="http://testserver/")
    assert answer.headers["HX-Redirect"] == "/"
    assert "end soon" not in text_of(client.get(URL))


def test_my_cases_are_open_ones_the_most_urgent_first(world):
    take_in(world, "Lotus 47", urgency=2)
    take_in(world, "Piano 12", urgency=4)
    change(take_in(world, "Rondo 33"), stage="protected")
    take_in(world, "Tango 21", owner="ana")
    mine = part(page(world), "My cases")

    assert re.findall(r"(?:Lotus|Piano|Rondo|Tango) \d+", mine) == ["Piano 12", "Lotus 47"]
    assert '<span class="count">2</span>' in mine


def test_what_others_changed_stands_there_for_who_may_see_it(world):
    take_in(world, owner="ana")

    assert "Lotus 47" in part(page(world), "Changed lately")
    assert "Lotus 47" not in page(world, "olga")


def test_the_first_step_is_said_where_nothing_is_there_yet(world):
    assert "Register the first person" in page(world, "olga")
    assert "those shared with you stand under Cases" in page(world, "viktor")
    assert "You have no role yet" in page(world, "root")


def test_who_has_no_vault_is_told_first(world):
    world.people["new"] = make_person("new", [Role.CASEWORKER])

    assert "You have no vault yet" in page(world, "new")
    assert "You have no vault yet" not in page(world)


def test_the_administrator_sees_what_accounts_need_and_no_case(world):
    take_in(world)
    staff.give_role(
        user=world.people["dora"],
        role=Role.COORDINATOR,
        expires_at=timezone.now() + timedelta(days=5),
        by=None,
    )
    staff.invite(
        username="neue",
        full_name="Neue Kollegin",
        email="",
        language="fr",
        roles=[],
        teams=[],
        by=world.people["mira"],
    )
    make_team(world.people["olga"], name="Team West")
    seen = page(world, "mira")

    assert "<h1>3 things to look after.</h1>" in seen
    assert "Neue Kollegin" in seen
    assert "The role Coordinator ends." in seen
    assert "Team West" in seen
    assert "Team East" not in seen
    assert "Lotus 47" not in seen


def test_the_auditor_sees_the_latest_openings_and_the_state_of_the_chain(world):
    applicant = take_in(world)

    record(
        "vault.opened",
        by=world.people["claire"],
        about=str(applicant.identity_safe_id),
        detail="identity: To call",
    )
    seen = page(world, "paul")

    assert "<h1>1 opening or search today.</h1>" in seen
    assert "<b>claire</b> opened the name of Lotus 47 — To call" in seen
    assert "The newest fit together" in seen


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(world, number):
    world.team.holders.set([world.people["claire"]])
    for applicant in take_in_many(world, number):
        set_task(world, applicant, days=-1)
        vault.ask_access(safe=applicant.identity_safe, by=world.people["viktor"], reason="x")
        make_talk(Government.objects.first(), by=world.people["claire"], days=-1)
    declined_goes_after_183_days()

    assert questions(visit(world, "claire"), URL) == 31


class TestNextSteps:
    """Claire and Ana may talk with governments; Viktor, of the vetting, may not."""

    @pytest.mark.parametrize(
        ("days", "shown", "sentence"),
        [
            (-1, True, "1 thing is overdue."),
            (0, True, "1 is due today."),
            (1, False, "Nothing is overdue, and nobody waits for you."),
        ],
    )
    def test_they_come_to_the_desk_on_their_day(self, world, days, shown, sentence):
        make_talk(by=world.people["claire"], days=days)
        seen = page(world)

        assert ("Next steps with governments" in seen) is shown
        assert f"<h1>{sentence}</h1>" in seen

    @pytest.mark.parametrize(
        ("promised", "wrote", "whose"),
        [("claire", "ana", ["claire"]), ("ana", "claire", ["ana"]), (None, "ana", ["ana"])],
    )
    def test_of_who_promised_or_of_who_wrote_down_what_the_others_do(self, world, promised, wrote, whose):
        next_by = world.people[promised] if promised else None
        make_talk(by=world.people[wrote], days=-1, next_by=next_by)

        assert [name for name in ("claire", "ana", "viktor") if "Send the list" in page(world, name)] == whose

    def test_done_or_put_off_they_leave_it(self, world):
        claire = world.people["claire"]
        done = make_talk(by=claire, days=-1)
        later = make_talk(done.government, by=claire, days=0)
        assert "Next steps with governments" in page(world)
        governments.step_done(talk=done, by=claire)
        until = timezone.localdate() + timedelta(days=9)
        governments.put_off_step(talk=later, until=until, next_by=claire, by=claire)

        assert "Next steps with governments" not in page(world)


class TestKeepOrErase:
    @pytest.mark.parametrize(("stage", "days", "listed"), [("declined", 400, True), ("declined", 2, False)])
    def test_who_decides_is_told_that_the_time_has_come(self, world, stage, days, listed):
        applicant = take_in(world)
        declined_goes_after_183_days()
        since = timezone.now() - timedelta(days=days)
        Applicant.objects.filter(pk=applicant.pk).update(stage=stage, stage_since=since)
        said = "For 1 case the time has come to decide"

        assert (said in page(world)) is listed
        assert said not in page(world, "viktor")


def test_other_methods_are_refused(world):
    assert visit(world, "claire").post(URL).status_code == 405
