"""Writing needs no key; what is sealed is read by who holds one; two who write at once lose nothing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from cases.applicants.models import Task
from cases.applicants.refusals import IdTaken
from cases.vault.models import SealedItem
from cases.vetting.models import EntryChange, Evidence, Interview, Referee
from cases.vetting.operations import evidence, interviews, referees
from cases.vetting.operations.interviews import Basis
from cases.vetting.queries.evidence import evidence_by_check, evidence_of
from cases.vetting.queries.heard import (
    interviews_of,
    parts_of,
    referees_of,
    said_for_interviews,
    said_for_referees,
)
from cases.vetting.reading import read_entries, read_interview
from cases.vetting.refusals import EntryChangedMeanwhile, EntryStruck
from tests.vetting.heard.factories import (
    ANSWERS,
    JUDGED,
    LINK,
    REFEREE,
    fresh,
    make_frame,
    make_interview,
    make_link,
    make_referee,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def read(entry, work, person):
    found = read_entries(
        applicant=entry.applicant, entries=[entry], reason="x", unlocked=work.unlocked(person), by=person
    )
    return found.get(entry.pk)


def history(entry):
    return list(EntryChange.objects.filter(entry=entry.pk).values_list("field", "before", "after"))


class TestEvidence:
    def test_a_link_is_sealed_by_who_can_open_nothing(self, applicant, work, vera, recorded):
        link = make_link(applicant, by=work.tim, checks=["V04"])

        assert (link.kind, link.checks, link.file, link.version) == ("link", ["V04"], None, 1)
        assert recorded()[-2:] == ["vault.sealed", "vetting.evidence_added"]
        content = read(link, work, vera)
        assert content == LINK | {"archived_url": ""}

    def test_the_same_id_again_makes_nothing_new(self, applicant, work, recorded):
        link = make_link(applicant, by=work.olga)
        before = len(recorded())
        again = evidence.add_link(
            id=link.pk, applicant=applicant, facts={}, sealed={"title": "x"}, by=work.olga
        )

        assert (again.pk, recorded()[before:]) == (link.pk, [])
        with pytest.raises(IdTaken):
            evidence.add_link(id=link.pk, applicant=applicant, facts={}, sealed={}, by=work.tim)

    def test_it_counts_for_its_checks_until_it_is_struck_out(self, applicant, work):
        both = make_link(applicant, by=work.olga, checks=["V04", "V05"])
        make_link(applicant, by=work.olga, checks=["V04"])
        assert evidence_by_check(applicant) == {"V04": 2, "V05": 1}

        evidence.strike_evidence(evidence=both, reason="twice", by=work.olga)
        assert evidence_by_check(applicant) == {"V04": 1}
        assert both not in evidence_of(applicant)
        assert history(both) == [("struck_at", "", "twice")]
        with pytest.raises(EntryStruck):
            evidence.edit_evidence(
                evidence=both, changes={"checks": []}, sealed=None, version=2, by=work.olga
            )

    def test_a_change_is_remembered_and_the_sealed_half_stays(self, applicant, work, vera):
        link = make_link(applicant, by=work.olga, checks=["V04"])
        evidence.edit_evidence(evidence=link, changes={"checks": ["V05"]}, sealed=None, version=1, by=vera)

        assert (fresh(link).checks, fresh(link).version) == (["V05"], 2)
        assert history(link) == [("checks", "V04", "V05")]
        assert read(link, work, vera)["title"] == LINK["title"]

    def test_nothing_changed_is_nothing_saved(self, applicant, work, recorded):
        link = make_link(applicant, by=work.olga, checks=["V04"])
        before = len(recorded())
        evidence.edit_evidence(
            evidence=link, changes={"checks": ["V04"]}, sealed=None, version=9, by=work.olga
        )

        assert (fresh(link).version, recorded()[before:]) == (1, [])

    def test_who_is_late_is_told_what_stands_there(self, applicant, work):
        link = make_link(applicant, by=work.olga)
        evidence.edit_evidence(
            evidence=link, changes={"checks": ["V05"]}, sealed=None, version=1, by=work.tim
        )
        with pytest.raises(EntryChangedMeanwhile) as late:
            evidence.edit_evidence(
                evidence=link, changes={}, sealed={"title": "new"}, version=1, by=work.olga
            )

        assert late.value.now == {"checks": ["V05"], "version": 2, "sealed": 1}
        assert SealedItem.objects.filter(kind=link.sealed_kind).count() == 1

    @pytest.mark.parametrize(("kind", "file"), [("file", None), ("page", None)])
    def test_the_database_refuses_what_is_neither_file_nor_link(self, applicant, work, kind, file):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(applicant=applicant, kind=kind, file=file, added_by=work.olga)


class TestReferees:
    def test_two_make_v16(self, applicant, work, vera):
        assert said_for_referees(applicant) == [
            "No referee was heard yet.",
            "Two referees are to be heard, one of them not from the group.",
        ]
        first = make_referee(applicant, by=vera, state="named")
        assert said_for_referees(applicant)[0] == "No referee was heard yet. 1 is named and not heard yet."
        changes = JUDGED | {"from_group": False, "knows_others": False}
        referees.edit_referee(referee=first, changes=changes, sealed=None, version=1, by=vera)
        make_referee(applicant, by=vera, **JUDGED, from_group=True)

        assert said_for_referees(applicant) == [
            "2 referees were heard.",
            "Find out whether the two know each other.",
        ]
        second = referees_of(applicant).exclude(pk=first.pk).get()
        second.applicant = applicant
        referees.edit_referee(
            referee=second, changes={"knows_others": False}, sealed=None, version=1, by=vera
        )
        assert said_for_referees(applicant) == ["2 referees were heard."]
        assert read(second, work, vera)["name"] == REFEREE["name"]

        referees.strike_referee(referee=second, reason="other_person", by=vera)
        assert said_for_referees(applicant) == ["1 referee was heard.", "A second referee is to be heard."]

    def test_the_database_refuses_one_who_was_heard_and_not_judged(self, applicant, vera):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_referee(applicant, by=vera, state="heard", reliability="A")

    def test_without_a_word_nothing_is_sealed(self, applicant, vera, recorded):
        referee = make_referee(applicant, by=vera, sealed={"name": " "})

        assert recorded() == [*recorded()[:-1], "vetting.referee_added"]
        assert SealedItem.objects.filter(kind=referee.sealed_kind).count() == 0
        assert Referee.objects.get().state == "named"


class TestInterviews:
    def test_two_make_v17(self, applicant, work, vera, frame):
        assert said_for_interviews(applicant)[0] == "No interview was held yet."
        make_interview(applicant, frame, by=vera)
        late = make_interview(applicant, frame, by=vera, on=date(2026, 11, 10))
        assert said_for_interviews(applicant) == [
            "2 interviews were held.",
            "The two must lie at least 7 days apart.",
            "The two must be held by different people.",
        ]
        changes = {"held_on": date(2026, 11, 11), "interviewer": work.cora}
        interviews.edit_interview(interview=late, changes=changes, version=1, by=vera)

        assert said_for_interviews(applicant) == ["2 interviews were held."]
        assert history(late) == [
            ("interviewer", "Vera Vetting", "Cora Coordinator"),
            ("held_on", "2026-11-10", "2026-11-11"),
        ]

    def test_the_days_apart_are_a_setting(self, applicant, work, vera, frame, settings):
        settings.VETTING = settings.VETTING | {"interview_days": 1}
        make_interview(applicant, frame, by=vera)
        make_interview(applicant, frame, by=vera, interviewer=work.cora)

        assert said_for_interviews(applicant)[1:] == ["The two must lie at least 1 day apart."]

    def test_another_version_of_the_questions_is_another_frame(self, applicant, work, vera, frame):
        make_interview(applicant, frame, by=vera)
        other = make_frame("g")
        make_interview(applicant, other, by=vera, on=date(2026, 11, 20), interviewer=work.cora)

        assert said_for_interviews(applicant)[1:] == ["The two must follow the same question frame."]

    def test_a_planned_one_reminds_its_interviewer_and_a_held_one_no_longer(
        self, applicant, work, vera, frame
    ):
        day = timezone.localdate() + timedelta(days=3)
        planned = make_interview(applicant, frame, by=work.cora, state="planned", on=day, interviewer=vera)
        task = Task.objects.get(done_at=None)
        assert (task.owner, task.due_on, task.title) == (vera, day, "Hold the interview that is planned")

        interviews.edit_interview(interview=planned, changes={"interviewer": work.cora}, version=1, by=vera)
        assert list(Task.objects.filter(done_at=None).values_list("owner", flat=True)) == [work.cora.pk]

        changes = {"state": "held", "held_on": timezone.localdate()}
        interviews.edit_interview(interview=fresh(planned), changes=changes, version=2, by=vera)
        assert Task.objects.filter(done_at=None).count() == 0
        assert fresh(planned).task is None

    def test_the_reminder_speaks_the_language_of_who_reads_it(self, applicant, work, vera, frame):
        vera.language = "fr"
        vera.save()
        make_interview(applicant, frame, by=work.cora, state="planned", interviewer=vera)

        with override("fr"):
            assert Task.objects.get().title == gettext("Hold the interview that is planned")

    def test_a_cancelled_or_struck_one_reminds_nobody(self, applicant, vera, frame):
        one = make_interview(applicant, frame, by=vera, state="planned")
        two = make_interview(applicant, frame, by=vera, state="planned")
        interviews.edit_interview(interview=one, changes={"state": "cancelled"}, version=1, by=vera)
        interviews.strike_interview(interview=two, reason="other", by=vera)

        assert Task.objects.filter(done_at=None).count() == 0
        assert [each.state for each in interviews_of(applicant)] == ["cancelled"]


class TestAnswers:
    @pytest.fixture
    def interview(self, applicant, vera, frame):
        return make_interview(applicant, frame, by=vera)

    def opened(self, interview, work, vera):
        return read_interview(interview=interview, reason="x", unlocked=work.unlocked(vera), by=vera)

    def said(self, interview, work, vera):
        answers = self.opened(interview, work, vera).content["answers"]
        return {key: one["answer"] for key, one in answers.items()}

    def test_what_is_saved_again_takes_the_place_of_what_was_saved_before(self, interview, work, vera):
        write(interview, by=vera, answers={"f-v03-1": "half"})
        written = write(interview, by=vera)

        assert (written.basis, written.beside) == (None, False)
        assert self.said(interview, work, vera) == ANSWERS
        assert list(parts_of(interview)) == [f"{interview.sealed_kind}-{'0' * 16}"]

    def test_another_sitting_is_put_beside_without_opening_the_first(self, interview, work, vera):
        write(interview, by=vera, answers={"f-v03-1": "one"}, place="video")
        write(interview, by=work.cora, part="1" * 16, answers={"f-v03-1": "two", "f-v04-1": "three"})

        opened = self.opened(interview, work, vera)
        assert self.said(interview, work, vera) == {"f-v03-1": "one\n\ntwo", "f-v04-1": "three"}
        assert (opened.content["place"], opened.basis.version, len(opened.basis.holds)) == ("video", 0, 2)

    def test_who_opened_it_corrects_all_of_it(self, interview, work, vera):
        write(interview, by=vera, answers={"f-v03-1": "one"})
        write(interview, by=vera, part="1" * 16, answers={"f-v03-1": "two"})
        basis = self.opened(interview, work, vera).basis
        written = write(interview, by=vera, part="2" * 16, basis=basis, answers={"f-v03-1": "corrected"})

        assert (written.basis, written.beside) == (Basis(1, basis.holds), False)
        assert self.said(interview, work, vera) == {"f-v03-1": "corrected"}
        again = write(interview, by=vera, basis=written.basis, answers={"f-v03-1": ""})
        assert again.basis.version == 2
        assert self.said(interview, work, vera) == {"f-v03-1": ""}

    def test_what_a_sitting_adds_after_the_correction_is_not_lost(self, interview, work, vera):
        write(interview, by=work.cora, answers={"f-v03-1": "one"})
        basis = self.opened(interview, work, vera).basis
        write(interview, by=vera, part="2" * 16, basis=basis, answers={"f-v03-1": "corrected"})
        write(interview, by=work.cora, answers={"f-v03-1": "one\n\nand more"})

        assert self.said(interview, work, vera) == {"f-v03-1": "corrected\n\none\n\nand more"}

    def test_of_two_who_correct_at_once_the_later_is_put_beside(self, interview, work, vera):
        write(interview, by=vera, answers={"f-v03-1": "one"})
        basis = self.opened(interview, work, vera).basis
        write(interview, by=vera, part="1" * 16, basis=basis, answers={"f-v03-1": "hers"})
        written = write(interview, by=work.cora, part="2" * 16, basis=basis, answers={"f-v03-1": "his"})

        assert (written.basis, written.beside) == (None, True)
        assert self.said(interview, work, vera) == {"f-v03-1": "hers\n\nhis"}

    def test_drafts_are_one_line_of_the_history_a_day(self, interview, work, vera):
        for _time in range(3):
            write(interview, by=vera)
        write(interview, by=work.cora)

        assert history(interview) == [("sealed", "", ""), ("sealed", "", "")]

    def test_a_struck_interview_takes_no_more(self, interview, vera):
        interviews.strike_interview(interview=interview, reason="other", by=vera)
        with pytest.raises(EntryStruck):
            write(interview, by=vera)

        assert Interview.objects.get().struck_at is not None

    def test_opening_leaves_one_row_however_many_sittings(self, interview, work, vera, recorded):
        write(interview, by=vera)
        write(interview, by=vera, part="1" * 16)
        before = len(recorded())
        self.opened(interview, work, vera)

        assert recorded()[before:] == ["vault.opened_quietly"]
