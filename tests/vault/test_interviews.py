"""One case open for three hours: it dies with the unlock in which it began, however that ends."""

from datetime import timedelta

import pytest
from django.contrib.auth.signals import user_logged_out
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from cases.audit.models import Entry
from cases.staff.models import User
from cases.vault import interviews, operations
from cases.vault import unlock as unlocking
from cases.vault.models import CountedPerson, OpenInterview
from cases.vault.operations.interviews import end_old_interviews
from cases.vault.refusals import BudgetSpent, InterviewRunning, NoReason, NotGranted, NotUnlocked
from cases.vault.unlock import Unlocked
from tests.vault.colleagues import make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HOUR = 3600


@pytest.fixture
def clock(monkeypatch):
    """The clock that nobody sets, moved on by so many hours."""
    real, moved = unlocking.boottime, [0.0]

    def now():
        return real() + moved[0] * HOUR

    for module in ("cases.vault.unlock", "cases.vault.interviews", "cases.vault.operations.interviews"):
        monkeypatch.setattr(f"{module}.boottime", now)
    return lambda hours: moved.__setitem__(0, hours)


@pytest.fixture
def ana(team):
    return team.ana


@pytest.fixture
def unlocked(team, ana):
    return team.of(ana)


@pytest.fixture
def safes(team):
    """Name and account of one person."""
    account = make_safe(team.ana, team.boris, team.clara, kind="account", items={"account": {"unit": "x"}})
    return [make_safe(team.ana, team.boris, team.clara), account]


@pytest.fixture
def begun(safes, unlocked, ana):
    return operations.begin_interview(safes=safes, reason="to hear him", unlocked=unlocked, by=ana)


def opens(safe, unlocked, by, reason=""):
    return operations.open_item(item=safe.items.get(), reason=reason, unlocked=unlocked, by=by)


def afresh(unlocked, **other):
    """Another unlock of the same colleague, with the same keys."""
    return Unlocked(unlocked.user_id, unlocked.keyring_version, unlocked.root, unlocked.until, **other)


class TestInside:
    def test_name_and_account_open_without_a_reason(self, begun, safes, unlocked, ana):
        assert opens(safes[0], unlocked, ana) == {"name": "Иван Зимин"}
        assert opens(safes[1], unlocked, ana) == {"unit": "x"}

    def test_the_first_opening_of_each_is_recorded_with_the_reason_of_the_interview(
        self, begun, safes, unlocked, ana, recorded
    ):
        for safe in (safes[0], safes[0], safes[1], safes[0]):
            opens(safe, unlocked, ana)

        assert recorded() == ["vault.opened", "vault.opened"]
        rows = list(Entry.objects.order_by("id").values_list("about", "detail"))[-2:]
        why = f"interview {begun.pk}: to hear him"
        assert rows == [(str(safes[0].pk), f"identity: {why}"), (str(safes[1].pk), f"account: {why}")]

    def test_with_a_reason_it_is_an_opening_like_any_other(self, begun, safes, unlocked, ana, recorded):
        opens(safes[0], unlocked, ana, "to call")
        opens(safes[0], unlocked, ana, "to call")

        assert recorded() == ["vault.opened", "vault.opened"]

    def test_the_row_is_there_before_anything_is_decrypted(self, begun, safes, unlocked, ana, monkeypatch):
        monkeypatch.setattr(
            "cases.vault.operations.opening.record", lambda *a, **k: (_ for _ in ()).throw(RuntimeError)
        )
        monkeypatch.setattr("cases.vault.envelope.open_sealed", lambda *_: pytest.fail("decrypted"))

        with pytest.raises(RuntimeError):
            opens(safes[0], unlocked, ana)

    def test_another_person_asks_for_a_reason(self, begun, team, unlocked, ana):
        with pytest.raises(NoReason):
            opens(make_safe(team.ana, team.boris), unlocked, ana)

    def test_a_colleague_beside_asks_for_a_reason(self, begun, safes, team):
        with pytest.raises(NoReason):
            opens(safes[0], team.of(team.boris), team.boris)

    def test_it_is_one_person_of_the_day(self, begun, safes, unlocked, ana):
        opens(safes[0], unlocked, ana)

        assert CountedPerson.objects.filter(user=ana, person=f"safe {safes[0].pk}").count() == 1

    def test_beyond_the_budget_none_begins(self, safes, unlocked, ana, settings):
        settings.VAULT = settings.VAULT | {"daily_budget": 1}
        with pytest.raises(BudgetSpent):
            operations.begin_interview(safes=safes, reason="x", unlocked=unlocked, by=ana)

        assert OpenInterview.objects.count() == 0


class TestBeginning:
    def test_beginning_and_end_are_recorded(self, safes, unlocked, ana, recorded):
        operations.begin_interview(safes=safes, reason=" to hear him ", unlocked=unlocked, by=ana)
        operations.end_interview(by=ana)

        assert recorded() == ["vault.interview_begun", "vault.interview_ended"]
        rows = list(Entry.objects.order_by("id").values_list("actor", "about", "detail"))[-2:]
        assert rows == [("ana", str(safes[0].pk), "to hear him"), ("ana", str(safes[0].pk), "ended")]

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_needs_a_reason(self, safes, unlocked, ana, reason):
        with pytest.raises(NoReason):
            operations.begin_interview(safes=safes, reason=reason, unlocked=unlocked, by=ana)

    def test_needs_an_unlock_of_ones_own(self, safes, unlocked, ana, team):
        for wrong in (None, team.of(team.boris)):
            with pytest.raises(NotUnlocked):
                operations.begin_interview(safes=safes, reason="x", unlocked=wrong, by=ana)

    def test_needs_something_that_one_can_open(self, safes, team):
        with pytest.raises(NotGranted):
            operations.begin_interview(safes=safes, reason="x", unlocked=team.of(team.olga), by=team.olga)

    def test_one_at_a_time(self, begun, team, unlocked, ana):
        other = make_safe(team.ana, team.boris)
        with pytest.raises(InterviewRunning):
            operations.begin_interview(safes=[other], reason="x", unlocked=unlocked, by=ana)

        assert [row.pk for row in OpenInterview.objects.filter(ended_at=None)] == [begun.pk]
        with pytest.raises(IntegrityError), transaction.atomic():
            OpenInterview.objects.create(user=ana, safes=[other.pk], reason="x", ends=1.0, mark=b"x")

    def test_begun_at_the_same_moment_there_is_one(self, team, unlocked, ana):
        from concurrent.futures import ThreadPoolExecutor

        def begin(safe):
            try:
                return operations.begin_interview(safes=[safe], reason="x", unlocked=unlocked, by=ana)
            except InterviewRunning:
                return None
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(begin, [make_safe(team.ana, team.boris) for _ in range(8)]))

        assert len([one for one in made if one]) == 1
        assert OpenInterview.objects.count() == 1

    def test_what_an_earlier_unlock_left_gives_way(self, begun, safes, unlocked, ana, recorded):
        later = afresh(unlocked)
        operations.begin_interview(safes=safes, reason="x", unlocked=later, by=ana)

        assert recorded() == ["vault.interview_ended", "vault.interview_begun"]


class TestTheEnd:
    def over(self, safes, unlocked, ana):
        """Nothing of it opens any more without a reason."""
        assert interviews.running(ana, unlocked) is None
        with pytest.raises((NoReason, NotGranted)):
            opens(safes[0], unlocked, ana)

    def test_by_the_button(self, begun, safes, unlocked, ana):
        operations.end_interview(by=ana)

        self.over(safes, unlocked, ana)

    def test_after_three_hours(self, begun, safes, unlocked, ana, clock):
        clock(2.99)
        assert interviews.running(ana, unlocked) == begun
        clock(3)

        self.over(safes, unlocked, ana)

    def test_with_the_unlock_after_four_hours_at_the_latest(self, safes, unlocked, ana, clock):
        clock(2)
        row = operations.begin_interview(safes=safes, reason="x", unlocked=unlocked, by=ana)
        assert interviews.seconds_left(row) <= 2 * HOUR
        clock(4)

        self.over(safes, unlocked, ana)

    @pytest.mark.parametrize("days", [-1, 1])
    def test_the_clock_on_the_wall_changes_nothing(
        self, begun, safes, unlocked, ana, monkeypatch, clock, days
    ):
        real = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=days))
        clock(2.9)
        assert interviews.running(ana, unlocked) == begun
        clock(3)

        self.over(safes, unlocked, ana)

    def test_locking(self, begun, safes, unlocked, ana, recorded):
        operations.lock(user=ana)

        self.over(safes, unlocked, ana)
        assert recorded()[:2] == ["vault.interview_ended", "vault.locked"]

    def test_unlocked_anew_it_does_not_come_back(self, begun, safes, unlocked, ana):
        self.over(safes, afresh(unlocked), ana)

    def test_logging_out(self, begun, safes, unlocked, ana, rf):
        user_logged_out.send(User, request=rf.get("/"), user=ana)

        self.over(safes, unlocked, ana)
        assert Entry.objects.filter(action="vault.interview_ended").latest("id").detail == "logged out"

    def test_the_account_is_closed(self, begun, safes, unlocked, ana):
        User.objects.filter(pk=ana.pk).update(is_active=False)

        self.over(safes, unlocked, User.objects.get(pk=ana.pk))

    def test_the_role_ends(self, begun, safes, unlocked, ana):
        ana.role_grants.all().delete()

        self.over(safes, unlocked, User.objects.get(pk=ana.pk))

    def test_the_key_is_taken_away(self, begun, safes, unlocked, ana, team):
        operations.revoke_access(safe=safes[0], of=ana, by=team.boris, reason="x")
        with pytest.raises(NotGranted):
            opens(safes[0], unlocked, ana)
        assert opens(safes[1], unlocked, ana) == {"unit": "x"}

        operations.revoke_access(safe=safes[1], of=ana, by=team.boris, reason="x")
        self.over(safes, unlocked, ana)

    def test_starting_over(self, begun, safes, unlocked, ana):
        operations.start_over(user=ana, language="en")

        self.over(safes, unlocked, ana)

    def test_what_ran_out_gets_its_row_later(self, begun, ana, recorded, monkeypatch):
        end_old_interviews()
        assert recorded() == []
        OpenInterview.objects.update(begun_at=timezone.now() - timedelta(hours=3, minutes=1))
        end_old_interviews()

        assert recorded() == ["vault.interview_ended"]
        assert Entry.objects.latest("id").detail == "ran out"
        assert OpenInterview.objects.filter(ended_at=None).count() == 0


class TestTheMark:
    """Who can write to the database makes no interview out of rows."""

    @pytest.mark.parametrize("change", ["safes", "ends", "reason", "user"])
    def test_a_changed_row_is_none(self, begun, safes, unlocked, ana, team, change):
        other = make_safe(team.ana, team.boris)
        user, by = (team.boris, team.boris) if change == "user" else (ana, ana)
        changed = {"safes": [other.pk], "ends": begun.ends + HOUR, "reason": "else", "user": user}
        assert interviews.running(ana, unlocked) == begun
        OpenInterview.objects.update(**{change: changed[change]})

        assert interviews.running(by, team.of(by)) is None

    def test_a_planted_failure_shows_without_it(self, begun, safes, unlocked, ana, monkeypatch):
        OpenInterview.objects.update(ends=begun.ends + HOUR)
        assert interviews.running(ana, unlocked) is None
        monkeypatch.setattr(interviews, "mark_of", lambda row, unlocked: bytes(row.mark))

        assert interviews.running(ana, unlocked) == begun
        assert interviews.running(ana, afresh(unlocked)) == begun
