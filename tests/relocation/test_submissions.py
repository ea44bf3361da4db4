"""Grey Heron and his wife are ready for France; their neighbour has not agreed. Olga hands them in."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations as applicants
from cases.applicants.models import Applicant, Deadline
from cases.applicants.refusals import StageBlocked
from cases.audit.models import Entry
from cases.documents.operations.reference import load_reference
from cases.relocation.dossier import part_hash, whole_hash
from cases.relocation.models import QUESTION, Group, Inquiry, Submission, SubmittedPerson
from cases.relocation.operations import inquiries
from cases.relocation.operations import submissions as operations
from cases.relocation.queries import submissions as queries
from cases.relocation.refusals import (
    AnsweredAlready,
    ChangedSince,
    DoneAlready,
    HandedInAlready,
    NobodyAgrees,
    NotAllSeen,
    NotHandedIn,
    NotOfTheGroup,
)
from cases.staff.models import random_id
from tests.applicants.factories import agree, make_applicant
from tests.disclosures.factories import TERMS, make_export
from tests.documents.paper_factories import make_paper
from tests.relocation.factories import make_fit, make_group, make_inquiry
from tests.vetting.decision_factories import expire

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def pair(applicant, work):
    wife = make_applicant(by=work.olga, pseudonym="Grey Egret", category="partner", identity={"name": "Ж М"})
    applicants.join_household(
        applicant=wife,
        with_applicant=applicant,
        kinship="spouse",
        has_certificate=True,
        travels_with=True,
        by=work.olga,
    )
    return [make_fit(one, work, by=work.olga) for one in (applicant, wife)]


@pytest.fixture
def neighbour(work):
    return make_applicant(by=work.olga, pseudonym="Grey Wren")


@pytest.fixture
def group(pair, neighbour, work):
    return make_group(None, *pair, neighbour, by=work.olga)


def freeze(group, by):
    return operations.freeze(id=random_id(), group=group, by=by)


@pytest.fixture
def sent(group, work):
    """Handed in today."""
    made = freeze(group, work.olga)
    operations.hand_in(submission=made, on=TODAY(), by=work.olga)
    return Submission.objects.get(pk=made.pk)


def url(name, *rows):
    return reverse(f"relocation:{name}", args=[row.pk for row in rows])


def note(person, answer, by):
    operations.note_answer(person=person, answer=answer, on=TODAY(), by=by)


def person_of(submission, applicant):
    return submission.people.get(applicant=applicant)


class TestFreezing:
    def test_who_agrees_goes_in_and_who_was_not_asked_stays_out(self, group, pair, neighbour, work, recorded):
        made = freeze(group, work.olga)

        assert {one.applicant for one in made.people.all()} == set(pair)
        assert queries.consents_of(group, work.olga).staying == [neighbour]
        assert recorded()[-1] == "relocation.frozen"

    def test_what_is_kept_is_by_pseudonym_and_holds_nothing_sealed(self, group, applicant, work):
        make_paper(applicant, by=work.olga, sealed={"number": "75 1234567"})
        content = person_of(freeze(group, work.olga), applicant).content

        assert content["pseudonym"] == "Grey Heron"
        assert (content["kinship"], content["household"]) == ("principal", 1)
        assert content["vetting"]["outcome"] == "support"
        assert content["papers"][0]["type"] == "RU_ZAG10"
        assert not any(word in str(content) for word in ("Кулебякин", "1234567", "Урюпинск", "1999"))

    def test_a_household_has_one_number_and_who_loves_whom_is_not_told(self, group, pair, work):
        pair[1].memberships.update(kinship="same_sex_partner")
        contents = [one.content for one in freeze(group, work.olga).people.all()]

        assert {one["household"] for one in contents} == {1}
        assert {one["kinship"] for one in contents} == {"principal", "partner"}

    def test_the_hash_is_of_exactly_this(self, group, work):
        made = freeze(group, work.olga)
        parts = {part_hash(one.pk, one.content) for one in made.people.all()}

        assert parts == set(made.part_hashes)
        assert whole_hash(made.head, made.part_hashes) == made.content_hash
        one = made.people.first()
        assert part_hash(one.pk, one.content | {"age": "0-5"}) != one.content_hash
        assert whole_hash(made.head | {"version": 7}, made.part_hashes) != made.content_hash

    def test_versions_are_counted_and_the_same_sending_makes_one(self, group, work):
        same = random_id()
        one, again = (operations.freeze(id=same, group=group, by=work.olga) for _ in range(2))

        assert (one, one.number, freeze(group, work.olga).number) == (again, 1, 2)
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.filter(number=2).update(number=1)

    def test_who_does_not_see_everybody_freezes_nothing(self, group, neighbour, work):
        neighbour.shared_with_people.all().delete()
        neighbour.shared_with_teams.all().delete()
        with pytest.raises(NotAllSeen):
            freeze(group, work.olga)

    def test_nobody_agrees_nothing_is_frozen(self, neighbour, work):
        with pytest.raises(NobodyAgrees):
            freeze(make_group(None, neighbour, by=work.olga), work.olga)

    def test_erased_a_person_takes_the_words_along_and_the_rest_can_still_be_proven(self, group, pair, work):
        made = freeze(group, work.olga)
        made.people.filter(applicant=pair[1]).delete()
        [left] = made.people.all()

        assert part_hash(left.pk, left.content) in made.part_hashes
        assert whole_hash(made.head, made.part_hashes) == made.content_hash
        assert "Grey Egret" not in str(Submission.objects.values().get())


class TestHandingIn:
    def test_who_does_not_see_everybody_hands_nothing_in(self, group, neighbour, work):
        agree(neighbour, "government", by=work.olga)
        made = freeze(group, work.olga)
        neighbour.shared_with_people.all().delete()
        neighbour.shared_with_teams.all().delete()
        with pytest.raises(NotAllSeen):
            operations.hand_in(submission=made, on=TODAY(), by=work.olga)

        assert Submission.objects.get(pk=made.pk).submitted_on is None

    def test_every_case_moves_by_its_guards_and_the_group_with_them(self, sent, group, pair, neighbour):
        stages = dict(Applicant.objects.values_list("pseudonym", "stage"))

        assert [stages[one.pseudonym] for one in pair] == ["submitted", "submitted"]
        assert stages[neighbour.pseudonym] == "contact"
        assert Group.objects.get(pk=group.pk).state == "submitted"
        assert Deadline.objects.filter(rule="applicants.follow_up", met_at=None).count() == 2

    def test_one_whom_a_guard_stops_stops_all(self, group, pair, work):
        made = freeze(group, work.olga)
        pair[1].identity_safe.grants.filter(user=work.tim).delete()
        with pytest.raises(StageBlocked) as blocked:
            operations.hand_in(submission=made, on=TODAY(), by=work.olga)

        assert set(blocked.value.obstacles) == {"Grey Egret"}
        assert set(Applicant.objects.filter(in_groups__group=group).values_list("stage", flat=True)) == {
            "dossier",
            "contact",
        }
        assert Submission.objects.get().submitted_on is None

    def test_a_vetting_that_counts_no_more_stops_it(self, group, work):
        made = freeze(group, work.olga)
        expire("V01")
        with pytest.raises(StageBlocked):
            operations.hand_in(submission=made, on=TODAY(), by=work.olga)

    def test_a_withdrawn_case_is_not_passed_over(self, group, pair, work):
        made = freeze(group, work.olga)
        Applicant.objects.filter(pk=pair[1].pk).update(stage="withdrawn")
        with pytest.raises((StageBlocked, ChangedSince)):
            operations.hand_in(submission=made, on=TODAY(), by=work.olga)

    def test_who_withdraws_consent_after_the_freezing_keeps_the_version_in(self, group, pair, work):
        made = freeze(group, work.olga)
        agree(pair[1], "government", by=work.olga, agrees=False)
        with pytest.raises(ChangedSince) as stale:
            operations.hand_in(submission=made, on=TODAY(), by=work.olga)

        assert stale.value.pseudonyms == ["Grey Egret"]
        operations.hand_in(submission=freeze(group, work.olga), on=TODAY(), by=work.olga)

    @pytest.mark.parametrize("how", ["changed", "agreed", "left"])
    def test_what_changed_since_is_frozen_anew_first(self, group, pair, neighbour, work, how):
        made = freeze(group, work.olga)
        if how == "changed":
            make_paper(pair[0], by=work.olga)
        elif how == "agreed":
            agree(neighbour, "government", by=work.olga)
        else:
            group.members.filter(applicant=pair[1]).delete()
        with pytest.raises(ChangedSince):
            operations.hand_in(submission=made, on=TODAY(), by=work.olga)

    def test_once(self, sent, work):
        with pytest.raises(HandedInAlready):
            operations.hand_in(submission=sent, on=TODAY(), by=work.olga)

    def test_a_second_version_moves_nobody_back(self, sent, group, pair, work):
        note(person_of(sent, pair[0]), "approved", work.olga)
        operations.hand_in(submission=freeze(group, work.olga), on=TODAY(), by=work.olga)

        assert Applicant.objects.get(pk=pair[0].pk).stage == "approved"
        second = Submission.objects.get(number=2)
        assert (person_of(second, pair[0]).answer, person_of(second, pair[1]).answer) == (
            "approved",
            "waiting",
        )
        note(person_of(second, pair[1]), "refused", work.olga)
        assert person_of(sent, pair[1]).answer == "refused"

    def test_before_it_is_handed_in_nothing_is_noted(self, group, pair, work):
        made = freeze(group, work.olga)
        for act in (
            lambda: operations.note_receipt(submission=made, receipt="7", receipt_on=None, by=work.olga),
            lambda: operations.asked_for_news(submission=made, by=work.olga),
            lambda: note(person_of(made, pair[0]), "approved", work.olga),
            lambda: inquiries.add_inquiry(
                id=random_id(), submission=made, facts={"asked_on": TODAY(), "question": "?"}, by=work.olga
            ),
        ):
            with pytest.raises(NotHandedIn):
                act()
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.update(receipt="7")

    def test_asking_for_news_comes_up_again_every_fortnight_for_who_waits(self, sent, pair, work):
        note(person_of(sent, pair[1]), "approved", work.olga)
        Deadline.objects.filter(rule="applicants.follow_up").update(met_at=timezone.now())
        operations.asked_for_news(submission=sent, by=work.olga)

        [deadline] = Deadline.objects.filter(rule="applicants.follow_up", met_at=None)
        assert deadline.applicant == pair[0]
        assert timezone.localdate(deadline.due_at) == TODAY() + timedelta(days=14)
        assert Submission.objects.get().news_due_on == TODAY() + timedelta(days=14)


class TestAnswers:
    def test_approved_in_part_and_the_group_is_answered_when_all_are(self, sent, group, pair, work):
        note(person_of(sent, pair[0]), "approved", work.olga)
        assert Group.objects.get(pk=group.pk).state == "submitted"
        note(person_of(sent, pair[1]), "refused", work.olga)

        assert Group.objects.get(pk=group.pk).state == "answered"
        stages = [Applicant.objects.get(pk=one.pk).stage for one in pair]
        assert stages == ["approved", "refused"]
        assert Deadline.objects.filter(rule="applicants.visa_appeal", applicant=pair[1]).exists()
        [counted] = queries.submissions_of(group)
        assert (counted.approved, counted.refused, counted.waiting) == (1, 1, 0)

    def test_an_answer_is_noted_once(self, sent, pair, work):
        note(person_of(sent, pair[0]), "approved", work.olga)
        with pytest.raises(AnsweredAlready):
            note(person_of(sent, pair[0]), "refused", work.olga)
        with pytest.raises(IntegrityError), transaction.atomic():
            SubmittedPerson.objects.filter(answer="waiting").update(answer="refused")

    @pytest.mark.parametrize(
        ("answer", "reason", "kept"),
        [("refused", "security", "security"), ("refused", None, "unsaid"), ("approved", "security", "")],
    )
    def test_why_is_kept_of_a_refusal_alone(self, sent, pair, work, answer, reason, kept):
        said = {"reason": reason} if reason else {}
        person = person_of(sent, pair[0])
        operations.note_answer(person=person, answer=answer, on=TODAY(), **said, by=work.olga)

        assert person_of(sent, pair[0]).reason == kept
        assert pair[0].stage_changes.latest("at").code == kept
        for wrong in ("invented", "" if kept else "security"):
            with pytest.raises(IntegrityError), transaction.atomic():
                sent.people.filter(applicant=pair[0]).update(reason=wrong)

    def test_with_a_question_open_the_case_cannot_be_approved(self, sent, pair, work):
        facts = {"applicant": pair[0], "asked_on": TODAY(), "due_on": None, "question": "Which passport?"}
        inquiries.add_inquiry(id=random_id(), submission=sent, facts=facts, by=work.olga)
        with pytest.raises(StageBlocked):
            note(person_of(sent, pair[0]), "approved", work.olga)

        assert person_of(sent, pair[0]).answer == "waiting"


class TestQuestions:
    def ask(self, sent, applicant, by, days=5):
        facts = {"applicant": applicant, "asked_on": TODAY(), "due_on": TODAY() + timedelta(days=days)}
        facts["question"] = "Which passport?"
        return inquiries.add_inquiry(id=random_id(), submission=sent, facts=facts, by=by)

    def open_deadlines(self):
        return Deadline.objects.filter(rule=QUESTION, met_at=None)

    def stage(self, applicant):
        return Applicant.objects.get(pk=applicant.pk).stage

    def test_about_one_person_the_case_moves_there_and_back(self, sent, pair, work):
        asked = self.ask(sent, Applicant.objects.get(pk=pair[0].pk), work.olga)
        assert (self.stage(pair[0]), self.stage(pair[1])) == ("questions", "submitted")
        [deadline] = self.open_deadlines()
        assert (deadline.applicant, deadline.is_ours) == (pair[0], False)

        assert inquiries.answer_inquiry(inquiry=asked, answer="The new one", by=work.olga) == []
        assert self.stage(pair[0]) == "submitted"
        assert not self.open_deadlines()
        with pytest.raises(DoneAlready):
            inquiries.answer_inquiry(inquiry=asked, answer="Another", by=work.tim)

    def test_the_first_of_two_answers_moves_nothing(self, sent, pair, work):
        one = Applicant.objects.get(pk=pair[0].pk)
        first, second = self.ask(sent, one, work.olga), self.ask(sent, one, work.olga, days=9)
        inquiries.answer_inquiry(inquiry=first, answer="Yes", by=work.olga)
        assert self.stage(one) == "questions"
        inquiries.answer_inquiry(inquiry=second, answer="Yes", by=work.olga)

        assert self.stage(one) == "submitted"

    def test_what_stops_the_way_back_is_said_and_the_answer_is_kept(self, sent, pair, work):
        asked = self.ask(sent, Applicant.objects.get(pk=pair[0].pk), work.olga)
        expire("V01")
        [sentence] = inquiries.answer_inquiry(inquiry=asked, answer="The new one", by=work.olga)

        assert sentence.startswith("Grey Heron: ")
        assert self.stage(pair[0]) == "questions"
        assert Inquiry.objects.get().answer == "The new one"

    def test_about_all_everybody_who_waits_gets_the_day(self, sent, pair, work):
        note(person_of(sent, pair[1]), "approved", work.olga)
        asked = self.ask(sent, None, work.olga)

        assert [one.applicant for one in self.open_deadlines()] == [pair[0]]
        inquiries.answer_inquiry(inquiry=asked, answer="Yes", by=work.olga)
        assert not self.open_deadlines()

    def test_the_database_wants_the_day_after_the_question(self, sent, pair, work):
        with pytest.raises(IntegrityError), transaction.atomic():
            self.ask(sent, None, work.olga, days=-1)


class TestAnnex:
    def test_only_an_export_of_these_people_to_a_government_that_oneself_asked_for(
        self, sent, group, pair, work
    ):
        mine = make_export(*pair, by=work.olga)
        operations.link_annex(submission=sent, export=mine, by=work.olga)
        assert Submission.objects.get().annex == mine

        agree(pair[0], "partner", by=work.olga)
        partner = TERMS.__class__(**(vars(TERMS) | {"audience": "partner"}))
        for wrong in (make_export(pair[0], by=work.tim), make_export(pair[0], by=work.olga, terms=partner)):
            with pytest.raises(NotOfTheGroup):
                operations.link_annex(submission=sent, export=wrong, by=work.olga)

    def test_of_somebody_else_is_not_offered(self, sent, pair, neighbour, work):
        agree(neighbour, "government", by=work.olga)
        applicants.seal_identity(applicant=neighbour, identity={"name": "А Б"}, by=work.olga)
        other = make_export(Applicant.objects.get(pk=neighbour.pk), by=work.olga)

        assert queries.exports_to_link(sent, work.olga) == []
        with pytest.raises(NotOfTheGroup):
            operations.link_annex(submission=sent, export=other, by=work.olga)


class TestPages:
    def test_from_the_group_to_the_answer(self, group, pair, neighbour, work, browse):
        olga = browse(work.olga)
        before = olga.get(url("freeze", group)).content.decode()
        assert reverse("applicants:consent", args=[neighbour.pk, "government"]) in before
        frozen = olga.send(url("freeze", group), new_id=random_id())
        made = Submission.objects.get()
        assert frozen.headers["HX-Redirect"] == made.get_absolute_url()
        assert olga.send(url("hand_in", made), on=TODAY() + timedelta(days=1)).status_code == 422
        assert olga.send(url("hand_in", made), on=TODAY()).status_code == 204
        assert olga.send(url("receipt", made), receipt="", receipt_on="").status_code == 422
        assert olga.send(url("receipt", made), receipt="FR-77", receipt_on=TODAY()).status_code == 204
        assert olga.send(url("asked", made)).status_code == 204
        assert olga.send(url("answer", made, pair[0]), answer="maybe", on=TODAY()).status_code == 422
        unsaid = olga.send(url("answer", made, pair[0]), answer="refused", on=TODAY())
        assert list(unsaid.context["form"].errors) == ["reason"]
        said = {"answer": "refused", "reason": "security", "on": TODAY()}
        assert olga.send(url("answer", made, pair[0]), **said).status_code == 204

        seen = olga.get(made.get_absolute_url()).content.decode()
        for word in (
            made.content_hash,
            "FR-77",
            "refused",
            "security concerns",
            "waiting",
            "Grey Wren",
            "has not agreed",
        ):
            assert word in seen
        assert "refused" in olga.get(url("panel", pair[0])).content.decode()
        assert "refused 1" in olga.get(group.get_absolute_url()).content.decode()

    def test_what_a_guard_says_is_shown_and_nothing_is_handed_in(self, group, pair, work, browse):
        made = freeze(group, work.olga)
        pair[1].identity_safe.grants.filter(user=work.tim).delete()
        answer = browse(work.olga).send(url("hand_in", made), on=TODAY())

        assert answer.status_code == 422
        assert "Grey Egret: Fewer than two colleagues" in answer.content.decode()

    def test_a_change_after_the_freezing_is_shown(self, group, pair, work, browse):
        made = freeze(group, work.olga)
        make_paper(pair[0], by=work.olga)
        seen = browse(work.olga).get(made.get_absolute_url()).content.decode()

        assert "Grey Heron has changed since:" in seen
        assert "<ins>" in seen

    @pytest.mark.parametrize(
        ("language", "word"), [("en", "Dossier of a group"), ("fr", "Dossier d’un groupe")]
    )
    def test_the_paper_has_pages_and_the_hash_on_each_and_no_name(self, group, work, browse, language, word):
        made = freeze(group, work.olga)
        answer = browse(work.olga).get(url(f"paper_{language}", made))
        pages = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.content)).pages]

        text = "\n".join(pages).replace("\u200b", "")
        assert word in text
        for page in pages:
            plain = page.replace("\u200b", "").replace("\n", "")
            assert made.content_hash in plain
            assert f"/ {len(pages)}" in plain
        assert "Grey Heron" in text
        assert "Кулебякин" not in text
        assert Entry.objects.latest("id").action == "relocation.paper_taken"

    def test_who_does_not_see_everybody_gets_no_paper_and_no_pseudonym(self, sent, pair, work, browse):
        nina = browse(work.nina)
        seen = nina.get(sent.get_absolute_url()).content.decode()

        assert "And 2 people you do not see." in seen
        assert "Grey" not in seen
        assert nina.get(url("paper_en", sent)).status_code == 302
        assert nina.get(url("answer", sent, pair[0])).status_code == 404
        assert browse(work.vera).get(url("hand_in", sent)).status_code == 403
        assert browse(work.audrey).get(sent.get_absolute_url()).status_code == 403

    def test_a_question_with_a_name_is_asked_about(self, sent, pair, work, browse):
        sent_form = {"new_id": random_id(), "applicant": pair[0].pk, "asked_on": TODAY()}
        answer = browse(work.olga, unlocked=True).send(
            url("inquiry", sent), **sent_form, question="Где Кулебякин?"
        )

        assert answer.status_code == 422
        assert not Inquiry.objects.exists()

    def test_a_question_and_its_answer(self, sent, pair, work, browse):
        olga = browse(work.olga)
        form = {"new_id": random_id(), "applicant": pair[0].pk, "asked_on": TODAY(), "question": "Which?"}
        late = olga.send(url("inquiry", sent), **form, due_on=TODAY() - timedelta(days=1))
        assert late.status_code == 422
        assert olga.send(url("inquiry", sent), **form).status_code == 204
        asked = Inquiry.objects.get()
        assert olga.send(url("reply", asked), answer="").status_code == 422
        assert olga.send(url("reply", asked), answer="The new one").status_code == 204
        assert "The new one" in olga.get(sent.get_absolute_url()).content.decode()
        assert browse(work.nina).get(url("reply", asked)).status_code == 404

    def test_the_annex_is_asked_for_where_all_are(self, sent, pair, work, browse):
        olga = browse(work.olga)
        seen = olga.get(url("annex", sent)).content.decode()
        assert reverse("disclosures:ask") in seen
        assert str(pair[0].pk) in seen
        export = make_export(*pair, by=work.olga)
        assert olga.send(url("annex", sent), export=export.pk).status_code == 204
        assert "waits for approval" in olga.get(sent.get_absolute_url()).content.decode()

    def test_a_split_is_proposed_where_a_portal_takes_fewer(self, sent, pair, work, browse):
        load_reference()
        limit = queries.limit_for("FR")
        assert (limit.most, queries.limit_for("DE")) == (6, None)
        assert "takes at most" not in browse(work.olga).get(sent.get_absolute_url()).content.decode()
        type(limit).objects.update(most=1)
        seen = browse(work.olga).get(sent.get_absolute_url()).content.decode()

        assert "France-Visas takes at most 1 together" in seen
        assert "Too large for one: Grey Heron, Grey Egret" in seen or "Too large for one: Grey Egret" in seen

    @pytest.mark.parametrize("number", [1, 6])
    def test_the_page_asks_no_more_for_more(self, applicant, work, browse, number, django_assert_num_queries):
        from tests.relocation.factories import make_submission

        people = [applicant, *(make_applicant(by=work.olga) for _ in range(number - 1))]
        made = make_submission(make_group(None, *people, by=work.olga), *people, by=work.olga)
        make_inquiry(made, applicant, by=work.olga)
        olga = browse(work.olga)
        olga.get("/")
        olga.get(made.get_absolute_url())
        with django_assert_num_queries(20):
            olga.get(made.get_absolute_url())
