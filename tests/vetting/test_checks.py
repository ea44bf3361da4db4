"""Answering a check, and which answers a decision can rest on."""

import threading
from collections import defaultdict
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from cases.applicants.models import Applicant
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vault.models import SealedItem
from cases.vault.refusals import NoReason, NotGranted, NotUnlocked
from cases.vetting import hints
from cases.vetting.account import read_account_item
from cases.vetting.history_words import history
from cases.vetting.models import Check, CheckChange, CheckKind, Vetting
from cases.vetting.operations.checks import referred_on
from cases.vetting.queries import checks as queries
from cases.vetting.refusals import CheckChangedMeanwhile
from tests.applicants.factories import make_applicant
from tests.vetting.check_factories import FINDING, LAWYER, in_days, load_checks, make_check

pytestmark = pytest.mark.django_db
NEEDED = ["V01", "V03", "V04", "V05", "V08", "V09", "V12"]


@pytest.fixture(autouse=True)
def kinds(db):
    return load_checks()


def codes(found):
    return [kind.code for kind in found]


def line_of(applicant, code):
    return queries.find_line(applicant, code)


class TestAnswering:
    def test_the_answer_stands_in_clear_and_what_was_found_is_sealed(self, work, applicant):
        check = make_check(applicant, by=work.olga, valid_until=in_days(9), sealed={"finding": FINDING})

        assert (check.result, check.confidence, check.version, check.by) == (
            "confirmed",
            "high",
            1,
            work.olga,
        )
        item = SealedItem.objects.get(safe=applicant.account_safe, kind="check-V01")
        assert FINDING.encode() not in bytes(item.envelope)
        assert Vetting.objects.filter(applicant=applicant).exists()
        assert [one.pk for one in queries.checks_of(applicant)[:1] for one in [one.check]] == [check.pk]

    def test_the_log_says_that_and_by_whom_and_nothing_that_was_found(self, work, applicant):
        make_check(
            applicant, "V09", by=work.olga, by_lawyer=True, sealed={"finding": FINDING, "lawyer": LAWYER}
        )

        row = Entry.objects.get(action="vetting.check_answered", about=str(applicant.pk))
        assert row.actor == work.olga.username
        assert row.detail == "Grey Heron: V09, result, confidence, on, by_lawyer, sealed"
        assert not any(word in row.detail for word in ("confirmed", FINDING, LAWYER))

    def test_nothing_changed_raises_nothing(self, work, applicant, recorded):
        check = make_check(applicant, by=work.olga)
        before = recorded()

        again = make_check(applicant, by=work.tim, result="confirmed", on=check.on)

        assert (again.version, again.by, recorded()) == (1, work.olga, before)

    @pytest.mark.parametrize(
        "change",
        [{"result": "contradicted"}, {"valid_until": in_days(3)}, {"sealed": {"finding": "anew"}}],
    )
    def test_every_change_raises_the_version_that_a_vote_rests_on(self, work, applicant, change):
        make_check(applicant, by=work.olga)
        assert queries.basis_of(applicant)["V01"] == 1

        check = make_check(applicant, by=work.tim, **change)

        assert (check.version, check.by) == (2, work.tim)
        assert queries.basis_of(applicant)["V01"] == 2

    def test_an_answer_on_an_older_one_is_refused_with_what_is_saved(self, work, applicant):
        make_check(applicant, by=work.olga)

        for version in (0, 5):
            with pytest.raises(CheckChangedMeanwhile) as raised:
                make_check(applicant, by=work.tim, result="contradicted", version=version)
            assert raised.value.now["result"] == "confirmed"
        assert Check.objects.get().result == "confirmed"

    def test_the_history_names_what_is_sealed_and_shows_the_rest(self, work, applicant):
        make_check(applicant, "V08", by=work.olga, sealed={"finding": FINDING})
        check = make_check(
            applicant, "V08", by=work.tim, result="contradicted", referred_to_lawyer_on=date(2026, 11, 3)
        )

        said = [f"{one.who}: {one.what}" for one in history(queries.changes_of(check))]
        assert sorted(said[:2]) == [
            "Tim Team: Exclusion concern, referred to a lawyer: – → 3 Nov 2026",
            "Tim Team: Result: confirmed → contradicted",
        ]
        assert "Olga Owner: What was found: sealed anew" in said
        assert "Olga Owner: Result: – → confirmed" in said
        assert not CheckChange.objects.filter(after__contains="жетон").exists()

    def test_a_concern_keeps_the_day_on_which_it_was_referred(self):
        first = Check(referred_to_lawyer_on=date(2026, 1, 5))

        assert referred_on(first, True) == date(2026, 1, 5)
        assert referred_on(None, True) == in_days(0)
        assert referred_on(first, False) is None

    @pytest.mark.parametrize(
        "fields", [{"result": "guilty"}, {"confidence": "sure"}, {"valid_until": in_days(-40)}]
    )
    def test_the_database_refuses_what_cannot_be(self, work, applicant, fields):
        make_check(applicant, by=work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            Check.objects.update(**fields)

    def test_the_database_keeps_one_answer_a_check(self, work, applicant):
        check = make_check(applicant, by=work.olga)
        check.pk = random_id()
        with pytest.raises(IntegrityError), transaction.atomic():
            check.save(force_insert=True)


class TestWhatCounts:
    def test_every_check_is_in_the_list_in_order_and_none_is_answered(self, applicant):
        lines = queries.checks_of(applicant)

        assert [line.kind.code for line in lines] == [f"V{n:02}" for n in range(1, 21) if n != 19]
        assert codes(queries.needed_missing(applicant)) == NEEDED
        assert queries.answered(applicant) == {}
        assert queries.basis_of(applicant) == dict.fromkeys(NEEDED, 0)
        assert queries.progress(lines) == queries.Progress(answered=0, all=19, needed=7, missing=7)

    @pytest.mark.parametrize(
        ("category", "needed"),
        [("partner", ["V01", "V12"]), ("child", ["V01"]), ("draft_refuser", ["V01", "V03", "V09", "V12"])],
    )
    def test_support_of_others_needs_less(self, work, category, needed):
        other = make_applicant(by=work.olga, category=category)

        assert codes(queries.needed_missing(other)) == needed

    @pytest.mark.parametrize(
        ("until", "counts", "soon"),
        [(None, True, False), (-1, False, False), (0, True, True), (14, True, True), (15, True, False)],
    )
    def test_what_is_expired_counts_as_not_answered(self, work, applicant, until, counts, soon):
        end = None if until is None else in_days(until)
        make_check(applicant, by=work.olga, on=in_days(-30), valid_until=end)

        line = line_of(applicant, "V01")
        assert (line.counts, line.ends_soon, line.is_expired) == (counts, soon, not counts)
        assert ("V01" in queries.answered(applicant)) is counts
        assert ("V01" in codes(queries.needed_missing(applicant))) is not counts

    def test_a_lawyers_check_waits_for_a_lawyer(self, work, applicant):
        make_check(applicant, "V09", by=work.olga)
        assert (line_of(applicant, "V09").lacks_lawyer, "V09" in queries.answered(applicant)) == (True, False)

        make_check(applicant, "V09", by=work.olga, by_lawyer=True)
        assert "V09" in queries.answered(applicant)
        assert "V09" not in codes(queries.needed_missing(applicant))

    def test_a_contradicted_check_is_answered_and_told(self, work, applicant):
        make_check(applicant, "V05", by=work.olga, result="contradicted")
        make_check(applicant, "V13", by=work.olga, result="contradicted")

        assert codes(queries.needed_contradicted(applicant)) == ["V05"]
        assert "V05" in queries.answered(applicant)

    def test_an_answer_stays_in_the_list_when_the_category_changes(self, work, applicant):
        make_check(applicant, "V03", by=work.olga)
        Applicant.objects.filter(pk=applicant.pk).update(category="partner")
        applicant.refresh_from_db()

        assert [line.kind.code for line in queries.checks_of(applicant)] == [
            "V01",
            "V02",
            "V03",
            "V12",
            "V14",
            "V18",
            "V19",
            "V20",
        ]
        with pytest.raises(Http404):
            line_of(applicant, "V04")

    def test_a_check_that_is_no_longer_in_force_is_not_asked(self, applicant):
        CheckKind.objects.filter(code="V01").update(ends=in_days(-1))
        CheckKind.objects.filter(code="V03").update(begins=in_days(1))

        assert codes(queries.needed_missing(applicant)) == ["V04", "V05", "V08", "V09", "V12"]

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_asks_three_questions_however_long(
        self, work, applicant, number, django_assert_num_queries
    ):
        for code in NEEDED[:number]:
            make_check(applicant, code, by=work.olga, sealed={"finding": FINDING})

        with django_assert_num_queries(3):
            assert sum(line.sealed_version for line in queries.checks_of(applicant)) == number


def test_a_part_of_the_vetting_says_something_beside_a_check(applicant, monkeypatch):
    monkeypatch.setattr(hints, "HINTS", defaultdict(list))
    hints.register_hint("V16", lambda one: [f"1 referee of {one}"])
    hints.register_hint("V16", lambda one: ["none from outside"])

    assert hints.hints_for(applicant, "V16") == ["1 referee of Grey Heron", "none from outside"]
    assert hints.hints_for(applicant, "V17") == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestTogether:
    def test_two_at_once_lose_nothing(self, work, applicant):
        """Both saw an empty check: the second is told, and what the first sealed is there."""
        outcomes, both = [], threading.Barrier(2)

        def answer(person):
            try:
                both.wait()
                make_check(applicant, by=person, version=0, sealed={"finding": person.username})
                outcomes.append("saved")
            except CheckChangedMeanwhile:
                outcomes.append("told")
            finally:
                connection.close()

        threads = [threading.Thread(target=answer, args=(one,)) for one in (work.olga, work.tim)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        check = Check.objects.get()
        assert sorted(outcomes) == ["saved", "told"]
        assert check.version == SealedItem.objects.get(kind="check-V01").version == 1
        content = read_account_item(
            applicant=applicant, kind="check-V01", reason="x", unlocked=work.unlocked(work.olga), by=work.olga
        )
        assert content == {"finding": check.by.username, "lawyer": ""}

    def test_what_was_found_opens_with_a_reason_to_who_holds_the_account(self, work, applicant):
        make_check(applicant, by=work.olga, sealed={"finding": FINDING})
        asked = {"applicant": applicant, "kind": "check-V01"}

        refused = [
            (work.olga, work.unlocked(work.olga), " ", NoReason),
            (work.olga, None, "why", NotUnlocked),
            (work.vera, work.unlocked(work.vera), "why", NotGranted),
        ]
        for person, unlocked, reason, refusal in refused:
            with pytest.raises(refusal):
                read_account_item(**asked, reason=reason, unlocked=unlocked, by=person)
        opened = read_account_item(**asked, reason="why", unlocked=work.unlocked(work.tim), by=work.tim)
        assert opened["finding"] == FINDING
        said = {"action": "vault.opened", "about": str(applicant.account_safe_id)}
        assert [row.detail for row in Entry.objects.filter(**said)] == ["check-V01: why"]
