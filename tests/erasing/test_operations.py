import threading
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import (
    Applicant,
    ErasedCase,
    Erasure,
    Household,
    LegalHold,
    Membership,
    Note,
    Tally,
)
from cases.applicants.operations import erasing
from cases.applicants.refusals import (
    AlreadyAnswered,
    AlreadyAsked,
    BeingErased,
    ClockJumped,
    EndedByAnother,
    IdTaken,
    NotByYourself,
    OnHold,
    TooManyAtOnce,
)
from cases.audit.heads import head_file
from cases.staff.models import Announcement
from cases.vault import ledger
from cases.vault import operations as vault
from cases.vault.models import Grant, LeftFile, Safe, SealedItem
from cases.vault.operations.erasing import remove_left_files
from cases.vault.refusals import LedgerUnusable, NotGranted
from cases.vault.soundness.erasures import faults as erasure_faults
from tests.applicants.factories import make_applicant, new_applicant
from tests.erasing.full_case import ask, store, stored
from tests.vetting.decision_factories import decide

pytestmark = pytest.mark.django_db
LATER = timedelta(days=40)


def hold(applicant, *, by, days=30):
    review_on = timezone.localdate() + timedelta(days=days)
    return operations.set_hold(applicant=applicant, reason="claim", review_on=review_on, by=by)


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(why):
    return pytest.raises(IntegrityError, match=why)


def test_one_asks_and_another_approves(applicant, work, asked, recorded):
    pk, safes = applicant.pk, [applicant.identity_safe_id, applicant.account_safe_id]
    assert Applicant.objects.filter(pk=pk).exists()

    operations.approve_erasure(erasure=asked, by=work.cora)

    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by, asked.safes, asked.items) == ("approved", work.cora, 2, 2)
    assert asked.gone_on == timezone.localdate() + timedelta(days=31)
    assert not Applicant.objects.filter(pk=pk).exists()
    left = Safe.objects.filter(pk__in=safes), SealedItem.objects.filter(safe__in=safes)
    assert [rows.count() for rows in (*left, Grant.objects.filter(content_object__in=safes))] == [0, 0, 0]
    assert [line.case_ids for line in ledger.read()] == [[pk]]
    assert recorded()[-3:] == ["applicants.erasure_approved", "vault.erased", "applicants.erased"]


def test_who_saw_the_case_is_told_by_whom_and_not_of_whom(applicant, work, asked):
    operations.approve_erasure(erasure=asked, by=work.cora)

    told = Announcement.objects.filter(code="erased")
    assert {one.to for one in told} == {work.olga, work.tim}
    assert {(one.who, one.reason, one.about) for one in told} == {
        ("Olga Owner (olga.owner), Cora Coordinator (cora.coordinator)", "", None)
    }


def test_the_figures_stay_and_lead_to_nobody(applicant, work, asked):
    Applicant.objects.filter(pk=applicant.pk).update(stage="arrived")
    operations.approve_erasure(erasure=asked, by=work.cora)

    month = f"{timezone.localdate():%Y-%m}"
    [tally] = Tally.objects.all()
    assert (tally.category, tally.country.code, tally.stage, tally.stages) == (
        "contract",
        "KZ",
        "arrived",
        [["arrived", month, ""]],
    )
    assert {field.name for field in Tally._meta.fields} == {"id", "category", "country", "stage", "stages"}


def test_nobody_approves_what_they_asked_for(asked, work):
    with pytest.raises(NotByYourself):
        operations.approve_erasure(erasure=asked, by=work.olga)

    asked.refresh_from_db()
    assert (asked.answer, ledger.read()) == ("", [])


def test_it_is_answered_once(asked, work):
    operations.refuse_erasure(erasure=asked, by=work.cora)

    for act in (operations.approve_erasure, operations.refuse_erasure):
        with pytest.raises(AlreadyAnswered):
            act(erasure=asked, by=work.cora)
    asked.refresh_from_db()
    assert (asked.answer, Applicant.objects.count()) == ("refused", 1)
    assert Announcement.objects.get(to=work.olga).code == "erasure_refused"


def test_who_asked_withdraws_and_can_ask_again(applicant, asked, work):
    with pytest.raises(AlreadyAsked):
        ask(applicant, by=work.tim)
    operations.refuse_erasure(erasure=asked, by=work.olga)

    asked.refresh_from_db()
    assert asked.answer == "withdrawn"
    assert ask(applicant, by=work.tim).pk != asked.pk


def test_five_at_once_and_no_sixth(work):
    cases = [make_applicant(by=work.olga) for _ in range(6)]
    with pytest.raises(TooManyAtOnce):
        ask(*cases, by=work.olga)

    run = ask(*cases[:5], by=work.olga)
    for place in (5, 6):
        with refused("one_case_a_place|five_cases_a_run"), transaction.atomic():
            ErasedCase.objects.create(erasure=run, place=place, case=cases[5].pk, safes=[])
    operations.approve_erasure(erasure=run, by=work.cora)
    assert list(Applicant.objects.values_list("pk", flat=True)) == [cases[5].pk]


def test_a_household_parts_with_who_is_erased(applicant, work):
    wife, child = (make_applicant(by=work.olga, category=one) for one in ("partner", "child"))
    for one, kinship in ((wife, "spouse"), (child, "child")):
        facts = {"kinship": kinship, "has_certificate": None, "travels_with": True}
        operations.join_household(applicant=one, with_applicant=applicant, **facts, by=work.olga)

    operations.approve_erasure(erasure=ask(wife, child, by=work.olga), by=work.cora)

    assert list(Applicant.objects.all()) == [applicant]
    assert Membership.objects.filter(until=None).count() == 0
    operations.approve_erasure(erasure=ask(applicant, by=work.olga), by=work.cora)
    assert (Household.objects.count(), Tally.objects.count()) == (0, 3)


def test_an_erased_case_is_not_made_again_by_an_old_form(applicant, asked, work):
    operations.approve_erasure(erasure=asked, by=work.cora)

    with pytest.raises(IdTaken):
        operations.register_applicant(new=new_applicant(id=applicant.pk), by=work.olga)


def test_what_was_found_before_is_opened_no_more(applicant, asked, work):
    """A colleague's page has found the item, and asks for it when it is erased."""
    item = SealedItem.objects.filter(safe=applicant.identity_safe).first()
    unlocked = work.unlocked(work.olga)
    opened = {"reason": "papers", "unlocked": unlocked, "by": work.olga}
    operations.approve_erasure(erasure=asked, by=work.cora)

    with pytest.raises((NotGranted, Safe.DoesNotExist)):
        vault.open_item(item=item, **opened)
    assert vault.open_quietly(items=[item], purpose="my people", unlocked=unlocked, by=work.olga) == {}
    with pytest.raises(Safe.DoesNotExist):
        vault.seal(safe=applicant.identity_safe, kind="identity", content={"name": "x"}, by=work.olga)
    with pytest.raises(Safe.DoesNotExist):
        vault.rekey(safe=applicant.identity_safe, unlocked=unlocked, by=work.olga)


class TestHolds:
    def test_what_is_held_is_neither_asked_for_nor_approved(self, applicant, work, asked):
        hold(applicant, by=work.olga)

        with pytest.raises(OnHold, match="Grey Heron"):
            operations.approve_erasure(erasure=asked, by=work.cora)
        operations.refuse_erasure(erasure=asked, by=work.olga)
        with pytest.raises(OnHold):
            ask(applicant, by=work.olga)
        assert (Applicant.objects.count(), ledger.read()) == (1, [])

    def test_somebody_else_ends_it(self, applicant, work, asked, recorded):
        hold(applicant, by=work.olga)
        with pytest.raises(EndedByAnother):
            operations.end_hold(applicant=applicant, by=work.olga)

        operations.end_hold(applicant=applicant, by=work.tim)
        operations.approve_erasure(erasure=asked, by=work.cora)

        assert Applicant.objects.count() == 0
        assert recorded()[:2] != []

    def test_it_does_not_end_by_its_day(self, applicant, work, asked):
        hold(applicant, by=work.olga)
        LegalHold.objects.update(review_on=timezone.localdate() - timedelta(days=400))

        with pytest.raises(OnHold):
            operations.approve_erasure(erasure=asked, by=work.cora)

    def test_what_is_approved_is_held_no_more(self, applicant, work, asked, settings, tmp_path):
        settings.ERASURE_LEDGER = tmp_path / "pepper" / "erasures.log"  # below a file: it cannot be written
        with pytest.raises(LedgerUnusable):
            operations.approve_erasure(erasure=asked, by=work.cora)

        with pytest.raises(BeingErased):
            hold(applicant, by=work.tim)

    def test_the_database_asks_for_two_as_well(self, applicant, work):
        standing = hold(applicant, by=work.olga)
        with refused("hold_ended_by_another"), transaction.atomic():
            LegalHold.objects.filter(pk=standing.pk).update(ended_at=timezone.now(), ended_by=work.olga)
        LegalHold.objects.filter(pk=standing.pk).update(ended_at=timezone.now(), ended_by=work.tim)


class TestDatabase:
    """Past the operations, with the rights of the program."""

    def test_a_case_goes_only_when_two_approved(self, applicant, asked, work):
        for answer, by in (("", None), ("refused", work.cora)):
            with refused("two people"), transaction.atomic():
                if answer:
                    asked.answer, asked.answered_by, asked.answered_at = answer, by, timezone.now()
                    asked.save()
                Applicant.objects.filter(pk=applicant.pk).delete()
        with refused("erasure_answered_by_another"), transaction.atomic():
            Erasure.objects.filter(pk=asked.pk).update(
                answer="approved", answered_by=work.olga, answered_at=timezone.now()
            )
        Erasure.objects.filter(pk=asked.pk).update(
            answer="approved", answered_by=work.cora, answered_at=timezone.now()
        )
        Applicant.objects.filter(pk=applicant.pk).delete()
        assert Applicant.objects.count() == 0

    def test_a_hold_stops_it_there_too(self, applicant, asked, work):
        hold(applicant, by=work.olga)
        Erasure.objects.filter(pk=asked.pk).update(
            answer="approved", answered_by=work.cora, answered_at=timezone.now()
        )
        with refused("nothing holds it"), transaction.atomic():
            execute("DELETE FROM applicants_applicant WHERE id = %s", applicant.pk)

    def test_an_erasure_is_neither_born_approved_nor_changed_nor_deleted(self, asked, work):
        now = timezone.now()
        born = {"reason": "wish", "asked_by": work.olga, "answered_by": work.cora, "answered_at": now}
        with refused("begins with somebody who asks"), transaction.atomic():
            Erasure.objects.create(answer="approved", **born)
        with refused("only a restore"), transaction.atomic():
            Erasure.objects.filter(pk=asked.pk).update(answer="repeated", answered_at=now)
        for change in ({"asked_by": work.tim}, {"reason": "law"}):
            with refused("not changed afterwards"), transaction.atomic():
                Erasure.objects.filter(pk=asked.pk).update(**change)
        with refused("erasures are kept"), transaction.atomic():
            execute("DELETE FROM applicants_erasure WHERE id = %s", asked.pk)

    def test_nothing_is_added_once_it_is_answered(self, asked, work):
        other = make_applicant(by=work.olga)
        Erasure.objects.filter(pk=asked.pk).update(
            answer="approved", answered_by=work.cora, answered_at=timezone.now()
        )
        with refused("nothing is added"), transaction.atomic():
            ErasedCase.objects.create(erasure=asked, place=2, case=other.pk, safes=[])
        with refused("not changed afterwards"), transaction.atomic():
            ErasedCase.objects.filter(erasure=asked).update(case=other.pk)

    def test_votes_stay_as_long_as_their_case(self, ready, work):
        decide(ready.case, ready.vera, ready.ilse)
        with refused("votes are kept"), transaction.atomic():
            execute("DELETE FROM vetting_vote WHERE applicant_id = %s", ready.case.pk)

        operations.approve_erasure(erasure=ask(ready.case, by=work.olga), by=work.cora)
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert Applicant.objects.count() == 0


class TestClock:
    @pytest.mark.parametrize("shift", [LATER, -LATER, timedelta(hours=-2)])
    def test_nothing_is_erased_while_the_clock_stands_elsewhere(self, asked, work, monkeypatch, shift):
        now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: now + shift)
        with pytest.raises(ClockJumped):
            operations.approve_erasure(erasure=asked, by=work.cora)
        assert ledger.read() == []

        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=3))
        operations.approve_erasure(erasure=asked, by=work.cora)

    def test_heads_of_every_few_days_are_no_leap(self, asked, work, settings):
        days = (timezone.now() - timedelta(days=days) for days in range(40, 0, -6))
        head_file().write_text("".join(f"{day:%Y-%m-%dT%H:%M:%SZ} 1 {'0' * 64}\n" for day in days))
        operations.approve_erasure(erasure=asked, by=work.cora)

    def test_a_standstill_of_weeks_waits_for_a_day(self, asked, work, settings):
        long_ago = timezone.now() - LATER
        head_file().write_text(f"{long_ago:%Y-%m-%dT%H:%M:%SZ} 1 {'0' * 64}\n")
        with pytest.raises(ClockJumped):
            operations.approve_erasure(erasure=asked, by=work.cora)


class TestCrash:
    def test_before_the_ledger_nothing_is_erased_and_the_next_hour_goes_on(
        self, applicant, asked, work, settings, tmp_path
    ):
        right, settings.ERASURE_LEDGER = settings.ERASURE_LEDGER, tmp_path / "pepper" / "erasures.log"
        with pytest.raises(LedgerUnusable):
            operations.approve_erasure(erasure=asked, by=work.cora)
        assert Applicant.objects.filter(pk=applicant.pk).exists()

        settings.ERASURE_LEDGER = right
        operations.finish_erasures()
        assert not Applicant.objects.filter(pk=applicant.pk).exists()
        assert [line.erasure for line in ledger.read()] == [asked.pk]

    def test_after_the_ledger_the_next_hour_goes_on_and_writes_no_second_line(
        self, applicant, asked, work, monkeypatch
    ):
        with monkeypatch.context() as patched:
            patched.setattr(erasing, "_erase", lambda erasure: 1 / 0)  # as if killed here
            with pytest.raises(ZeroDivisionError):
                operations.approve_erasure(erasure=asked, by=work.cora)
        assert [line.erasure for line in ledger.read()] == [asked.pk]
        assert Applicant.objects.filter(pk=applicant.pk).exists()

        operations.finish_erasures()
        operations.finish_erasures()
        assert not Applicant.objects.filter(pk=applicant.pk).exists()
        assert [line.erasure for line in ledger.read()] == [asked.pk]

    def test_a_ledger_that_was_lost_is_noticed_and_written_again(self, asked, work, settings):
        operations.approve_erasure(erasure=asked, by=work.cora)
        content = settings.ERASURE_LEDGER.read_bytes()
        assert erasure_faults() == {"unledgered": 0}

        settings.ERASURE_LEDGER.write_bytes(b"no line of ours\n")
        assert erasure_faults() == {"ledger": 1}
        settings.ERASURE_LEDGER.unlink()
        assert erasure_faults() == {"unledgered": 1}

        operations.finish_erasures()
        assert erasure_faults() == {"unledgered": 0}
        assert settings.ERASURE_LEDGER.read_bytes() == content

    def test_files_that_a_crash_left_are_swept(self, applicant, asked, work):
        file = store(applicant.identity_safe, work.olga, "scan")
        operations.approve_erasure(
            erasure=asked, by=work.cora
        )  # no commit in this test: the storage keeps it
        assert (stored(file), LeftFile.objects.count()) == (True, 1)

        remove_left_files()
        assert (stored(file), LeftFile.objects.count()) == (False, 0)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_writes_at_that_moment_leaves_nothing_behind(applicant, work, asked):
    """A colleague's note that is not committed yet is waited for, and goes with the case."""
    outcome, begun, go = [], threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            applicant.notes.create(text="Nothing is left of this", by=work.tim)
            begun.set()
            go.wait(20)
        outcome.append("saved")
        connections.close_all()

    def erase():
        operations.approve_erasure(erasure=asked, by=work.cora)
        outcome.append("erased")
        connections.close_all()

    writer, eraser = threading.Thread(target=write), threading.Thread(target=erase)
    writer.start()
    assert begun.wait(20)
    eraser.start()
    until = time.monotonic() + 20
    while not somebody_waits() and time.monotonic() < until:
        pass
    go.set()
    writer.join(20)
    eraser.join(20)

    assert outcome == ["saved", "erased"]
    assert not Applicant.objects.exists()
    assert not Note.objects.exists()


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_who_approve_at_once_erase_once(applicant, work, asked, dora):
    outcome, ready_ = [], threading.Barrier(2, timeout=20)

    def approve(by):
        try:
            ready_.wait()
            operations.approve_erasure(erasure=asked, by=by)
            outcome.append("done")
        except AlreadyAnswered:
            outcome.append("too late")
        finally:
            connections.close_all()

    both = [threading.Thread(target=approve, args=[one]) for one in (work.cora, dora)]
    for one in both:
        one.start()
    for one in both:
        one.join(20)

    assert sorted(outcome) == ["done", "too late"]
    assert (Tally.objects.count(), len(ledger.read())) == (1, 1)
