"""The day's budget of people: what counts, what does not, and that nobody gets past it by being fast."""

import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from cases.staff.models import Announcement
from cases.vault import budget, operations
from cases.vault.models import CountedPerson, DutyRequest, Keyring, MoreOpenings
from cases.vault.operations.counting import forget_past_days
from cases.vault.owners import CLAIMS
from cases.vault.refusals import (
    BudgetLeft,
    BudgetSpent,
    DoesNotOpen,
    NotGranted,
    NotUnlocked,
    NotYoursToAnswer,
    WishOver,
)
from tests.vault.colleagues import make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def people(team, settings):
    """Three people whom Ana, Boris and Clara can open; two a day may be."""
    settings.VAULT = settings.VAULT | {"daily_budget": 2, "more_openings": 1}
    return [make_safe(team.ana, team.boris, team.clara) for _ in range(3)]


@pytest.fixture
def opens(team):
    def do(safe, user=None, **kwargs):
        by = user or team.ana
        item = safe.items.order_by("kind").first()
        return operations.open_item(item=item, reason="to call", unlocked=team.of(by), by=by, **kwargs)

    return do


def number(user):
    return CountedPerson.objects.filter(user=user).count()


class TestWhatCounts:
    def test_the_third_person_is_refused_with_a_sentence(self, people, opens, team):
        opens(people[0])
        opens(people[1])

        with pytest.raises(BudgetSpent) as refusal:
            opens(people[2])

        assert str(refusal.value) == ("You opened the names of 2 people today. A colleague can approve more.")
        assert number(team.ana) == 2

    def test_the_same_person_again_costs_nothing(self, people, opens, team):
        for safe in (people[0], people[1], people[0], people[1], people[0]):
            assert opens(safe) == {"name": "Иван Зимин"}

        assert number(team.ana) == 2

    def test_each_colleague_has_a_budget_of_their_own(self, people, opens, team):
        opens(people[0])
        opens(people[1])

        assert opens(people[2], team.boris) == {"name": "Иван Зимин"}

    def test_name_and_account_of_one_case_are_one_person(self, people, opens, team, monkeypatch):
        account = make_safe(team.ana, team.boris, kind="account", items={"account": {"unit": "x"}})
        claimed = {people[0].pk: "applicant 1 identity", account.pk: "applicant 1 account"}
        monkeypatch.setattr("cases.vault.owners.misplaced", lambda safes: set())
        monkeypatch.setattr("cases.vault.owners.CLAIMS", [*CLAIMS, lambda ids: claimed])
        opens(people[0])
        opens(account)

        assert list(CountedPerson.objects.values_list("person", flat=True)) == ["applicant 1"]

    def test_who_can_open_nothing_uses_nothing_up(self, people, opens, team):
        with pytest.raises(NotGranted):
            opens(people[0], team.olga)

        assert number(team.olga) == 0

    def test_what_stands_under_another_rule_is_outside(self, people, opens, team):
        for safe in people:
            assert opens(safe, counted=False) == {"name": "Иван Зимин"}

        assert number(team.ana) == 0

    def test_many_at_once_count_where_the_caller_says_so(self, people, team):
        items = [safe.items.get() for safe in people]
        quiet = {"items": items, "purpose": "x", "unlocked": team.of(team.ana), "by": team.ana}

        assert len(operations.open_quietly(**quiet)) == 3
        assert number(team.ana) == 0
        with pytest.raises(BudgetSpent):
            operations.open_quietly(**quiet, counted=True)
        assert number(team.ana) == 0
        assert len(operations.open_quietly(**quiet | {"items": items[:2]}, counted=True)) == 2
        assert number(team.ana) == 2

    def test_searching_is_no_opening(self, people, team):
        found = operations.search(
            kind="identity", item_kind="identity", test=lambda _: 1.0, unlocked=team.of(team.ana), by=team.ana
        )

        assert len(found) == 3
        assert number(team.ana) == 0

    @pytest.mark.parametrize(("hours", "counts"), [(2, 0), (4, 1)])
    def test_what_two_duty_officers_opened_is_outside_for_three_hours(
        self, people, opens, team, hours, counts
    ):
        DutyRequest.objects.create(
            kind="open",
            asker=team.boris,
            colleague=team.ana,
            safe=people[0],
            reason="x",
            answer="done",
            expires_at=timezone.now(),
            answered_by=team.clara,
            answered_at=timezone.now() - timedelta(hours=hours),
        )
        opens(people[0])

        assert number(team.ana) == counts


class TestTheDay:
    @pytest.fixture
    def at(self, monkeypatch):
        def move(moment):
            monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(moment))

        return move

    def test_it_turns_at_midnight_of_utc_whatever_the_zone_of_the_colleague(self, people, opens, team, at):
        team.ana.time_zone = "Pacific/Kiritimati"
        team.ana.save()
        at("2026-11-23T23:59:59+00:00")
        opens(people[0])
        opens(people[1])
        with timezone.override("Pacific/Kiritimati"), pytest.raises(BudgetSpent):
            opens(people[2])

        at("2026-11-24T00:00:01+00:00")
        opens(people[2])
        assert number(team.ana) == 3

    def test_what_was_allowed_ends_with_the_day(self, people, opens, team, at):
        at("2026-11-23T12:00:00+00:00")
        MoreOpenings.objects.create(
            asker=team.ana, day=budget.today(), number=5, answer="given",
            answered_by=team.boris, answered_at=timezone.now(),
        )  # fmt: skip

        assert budget.budget_of(team.ana).left == 7
        at("2026-11-24T12:00:00+00:00")
        assert budget.budget_of(team.ana).left == 2

    def test_past_days_are_removed(self, people, opens, team, at):
        at("2026-11-20T12:00:00+00:00")
        opens(people[0])
        at("2026-11-22T12:00:00+00:00")
        opens(people[0])
        at("2026-11-23T12:00:00+00:00")
        forget_past_days()

        assert [str(one.day) for one in CountedPerson.objects.all()] == ["2026-11-22"]


class TestTheOrder:
    def test_the_count_is_committed_before_anything_is_decrypted(self, people, opens, team, monkeypatch):
        seen = []

        def decrypting(*_):
            seen.append((connection.in_atomic_block, number(team.ana)))
            raise DoesNotOpen

        monkeypatch.setattr("cases.vault.envelope.open_sealed", decrypting)
        with pytest.raises(DoesNotOpen):
            opens(people[0])

        assert seen == [(False, 1)]

    def test_beyond_the_budget_nothing_is_decrypted(self, people, opens, team, monkeypatch):
        opens(people[0])
        opens(people[1])
        monkeypatch.setattr("cases.vault.envelope.open_sealed", lambda *_: pytest.fail("decrypted"))

        with pytest.raises(BudgetSpent):
            opens(people[2])

    def test_it_is_recorded_once_a_day(self, people, opens, team, recorded):
        # The log outlives the tests: Clara uses nothing up in another one.
        opens(people[0], team.clara)
        opens(people[1], team.clara)
        for _ in range(3):
            with pytest.raises(BudgetSpent):
                opens(people[2], team.clara)

        assert recorded() == ["vault.opened", "vault.opened", "vault.budget_spent"]

    def test_without_the_audit_row_nothing_is_counted(self, people, opens, team, monkeypatch):
        def failing(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("cases.vault.operations.opening.record", failing)
        with pytest.raises(RuntimeError):
            opens(people[0])

        assert number(team.ana) == 0


def at_once(opens, safes):
    """Open all of these at the same moment, each on a connection of its own; return how many were opened."""
    ready, opened, refused = threading.Barrier(len(safes)), [], []

    def run(safe):
        try:
            ready.wait()
            opened.append(opens(safe))
        except Exception as refusal:  # noqa: BLE001  # each of them is looked at below
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[safe]) for safe in safes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [one for one in refused if not isinstance(one, BudgetSpent)] == []
    assert len(opened) + len(refused) == len(safes)
    return len(opened)


class TestFiftyAtOnce:
    @pytest.fixture
    def fifty(self, team, settings):
        settings.VAULT = settings.VAULT | {"daily_budget": 7}
        return [make_safe(team.ana, team.boris) for _ in range(50)]

    def test_no_more_than_the_budget_are_opened(self, fifty, opens, team, recorded):
        assert at_once(opens, fifty) == 7
        assert number(team.ana) == 7
        assert recorded().count("vault.opened") == 7

    def test_one_person_fifty_times_is_one(self, fifty, opens, team):
        assert at_once(opens, fifty[:1] * 50) == 50
        assert number(team.ana) == 1

    def test_a_planted_failure_shows_without_the_lock(self, fifty, opens, team, monkeypatch):
        monkeypatch.setattr(
            "cases.vault.operations.counting.Keyring.objects.select_for_update",
            lambda **_: Keyring.objects.all(),
        )
        barrier, real = threading.Barrier(len(fifty)), budget.limit_of

        def together(user, day):
            barrier.wait(60)
            return real(user, day)

        # All have counted before the first of them writes: what a race does now and then, made certain.
        monkeypatch.setattr(budget, "limit_of", together)

        assert at_once(opens, fifty) > 7

    def test_a_planted_failure_shows_without_the_count(self, fifty, opens, team, monkeypatch):
        monkeypatch.setattr("cases.vault.operations.counting.count_people", lambda **_: None)

        assert at_once(opens, fifty) == 50


class TestMore:
    @pytest.fixture
    def spent(self, people, opens):
        opens(people[0])
        opens(people[1])
        return people

    def test_a_colleague_allows_more_and_the_asker_sees_it(self, spent, opens, team, recorded):
        wish = operations.ask_more(by=team.ana)
        operations.answer_more(wish=wish, give=True, unlocked=team.of(team.boris), by=team.boris)

        assert opens(spent[2]) == {"name": "Иван Зимин"}
        assert recorded()[-3:] == ["vault.more_asked", "vault.more_given", "vault.opened"]
        assert [(one.to, one.code, one.who) for one in Announcement.objects.all()] == [
            (team.ana, "more_given", "Boris (boris)")
        ]

    def test_it_is_so_many_and_no_more(self, spent, opens, team):
        wish = operations.ask_more(by=team.ana)
        operations.answer_more(wish=wish, give=True, unlocked=team.of(team.boris), by=team.boris)
        opens(spent[2])

        with pytest.raises(BudgetSpent) as refusal:
            opens(make_safe(team.ana, team.boris))
        assert refusal.value.number == 3

    def test_refused(self, spent, opens, team, recorded):
        wish = operations.ask_more(by=team.ana)
        operations.answer_more(wish=wish, give=False, unlocked=None, by=team.boris)

        with pytest.raises(BudgetSpent):
            opens(spent[2])
        assert "vault.more_refused" in recorded()
        assert [one.code for one in Announcement.objects.all()] == ["more_refused"]
        assert operations.ask_more(by=team.ana).pk != wish.pk

    def test_asked_twice_it_is_one_wish(self, spent, team):
        assert operations.ask_more(by=team.ana) == operations.ask_more(by=team.ana)

    def test_nobody_asks_before_the_day_is_used_up(self, people, team):
        with pytest.raises(BudgetLeft):
            operations.ask_more(by=team.ana)

    def test_nobody_answers_themselves(self, spent, team):
        wish = operations.ask_more(by=team.ana)

        with pytest.raises(NotYoursToAnswer):
            operations.answer_more(wish=wish, give=True, unlocked=team.of(team.ana), by=team.ana)
        assert budget.wishes_waiting_for(team.ana) == []
        with pytest.raises(IntegrityError), transaction.atomic():
            MoreOpenings.objects.update(answer="given", answered_by=team.ana, answered_at=timezone.now())

    def test_whose_key_nobody_knows_answers_nothing(self, spent, team):
        wish = operations.ask_more(by=team.ana)
        Keyring.objects.filter(user=team.boris).update(confirmation=None)

        assert budget.wishes_waiting_for(team.boris) == []
        with pytest.raises(NotYoursToAnswer):
            operations.answer_more(wish=wish, give=True, unlocked=team.of(team.boris), by=team.boris)

    def test_to_allow_takes_an_unlock(self, spent, team):
        wish = operations.ask_more(by=team.ana)

        with pytest.raises(NotUnlocked):
            operations.answer_more(wish=wish, give=True, unlocked=None, by=team.boris)

    def test_answered_once(self, spent, team):
        wish = operations.ask_more(by=team.ana)
        operations.answer_more(wish=wish, give=True, unlocked=team.of(team.boris), by=team.boris)

        with pytest.raises(WishOver):
            operations.answer_more(wish=wish, give=True, unlocked=team.of(team.clara), by=team.clara)
        assert budget.budget_of(team.ana).left == 1

    def test_a_wish_of_yesterday_is_over(self, spent, team):
        wish = operations.ask_more(by=team.ana)
        MoreOpenings.objects.update(day=budget.today() - timedelta(days=1))

        assert budget.wishes_waiting_for(team.boris) == []
        with pytest.raises(WishOver):
            operations.answer_more(wish=wish, give=True, unlocked=team.of(team.boris), by=team.boris)


@pytest.mark.parametrize("value", ["0", "-3", "thirty", "3.5"])
def test_a_senseless_setting_stops_the_start(value, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import ngo.settings"],
        env={"VAULT_DAILY_BUDGET": value, "VAR_DIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    said = f"VAULT_DAILY_BUDGET is '{value}'; it must be a whole number of at least 1."
    assert said in done.stderr
