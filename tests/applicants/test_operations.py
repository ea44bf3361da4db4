from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.applicants import operations, queries, viewers
from cases.applicants.models import Applicant, Deadline, Household, Membership, Note, StageChange, Task
from cases.applicants.operations import Opening, Outcome
from cases.applicants.refusals import (
    ChangedMeanwhile,
    IdTaken,
    NobodyCanOpen,
    NobodyLeads,
    NotInHousehold,
    OwnerKeepsAccess,
    SameHousehold,
)
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.staff.roles import Role
from cases.vault.models import AccessRequest, Grant
from cases.vault.queries import may_open
from cases.vault.refusals import TooFewHolders
from tests.applicants.factories import IDENTITY, make_applicant
from tests.staff.factories import make_person, make_team
from tests.vault.colleagues import give_key

pytestmark = pytest.mark.django_db


def edit(applicant, by, version=1, **changes):
    return operations.edit_applicant(applicant=applicant, changes=changes, version=version, by=by)


class TestEditing:
    def test_facts_are_saved_and_recorded_by_field(self, work, applicant, recorded):
        edit(applicant, work.tim, urgency=4, special_needs="insulin")

        applicant.refresh_from_db()
        assert (applicant.urgency, applicant.special_needs, applicant.version) == (4, "insulin", 2)
        assert recorded()[-1:] == ["applicants.edited"]
        assert Entry.objects.first().detail == "Grey Heron: special_needs, urgency"

    def test_saving_the_same_again_changes_nothing(self, work, applicant, recorded):
        before = recorded()
        edit(applicant, work.tim, version=99, country="KZ")

        applicant.refresh_from_db()
        assert applicant.version == 1
        assert recorded() == before

    def test_only_facts_are_edited_here(self, work, applicant):
        edit(applicant, work.tim, stage="granted", pseudonym="Mr Bean", name_known=False)

        applicant.refresh_from_db()
        assert (applicant.stage, applicant.pseudonym, applicant.name_known) == ("contact", "Grey Heron", True)

    def test_the_second_of_two_is_told_what_stands_there_now(self, work, applicant):
        edit(applicant, work.olga, country="AM")

        with pytest.raises(ChangedMeanwhile) as meanwhile:
            edit(applicant, work.tim, version=1, urgency=4)

        assert (meanwhile.value.now["country"], meanwhile.value.now["version"]) == ("AM", 2)
        applicant.refresh_from_db()
        assert applicant.urgency == 2


class TestSealing:
    def test_a_new_identity_takes_the_place_of_the_old_and_the_age_follows(self, work, applicant, recorded):
        born = (timezone.localdate() - timedelta(days=17 * 366)).isoformat()
        operations.seal_identity(applicant=applicant, identity=IDENTITY | {"birth_date": born}, by=work.vera)

        applicant.refresh_from_db()
        assert applicant.age_band in ("15-17", "14")
        assert applicant.next_age_threshold.day == 1
        assert recorded()[-2:] == ["vault.sealed", "applicants.identity_sealed"]
        assert Entry.objects.first().about == str(applicant.pk)

    def test_without_a_birth_date_no_age_is_left(self, work, applicant):
        operations.seal_identity(applicant=applicant, identity={"name": "Ким"}, by=work.olga)

        applicant.refresh_from_db()
        assert (applicant.name_known, applicant.age_band, applicant.next_age_threshold) == (True, "", None)

    def test_a_contact_card_is_sealed(self, work, recorded):
        applicant = make_applicant(by=work.olga)
        operations.seal_contact(applicant=applicant, contact={"phone": "+7 1"}, by=work.tim)

        assert [item.kind for item in applicant.identity_safe.items.all()] == ["contact"]
        assert recorded()[-1] == "applicants.contact_sealed"

    def test_what_nobody_could_open_is_not_sealed(self, work):
        keyless = make_person("Kim Keyless", [Role.INTAKE])
        applicant = make_applicant(by=keyless)

        with pytest.raises(NobodyCanOpen):
            operations.seal_identity(applicant=applicant, identity=IDENTITY, by=keyless)

    def test_an_empty_safe_without_readers_is_made_anew_once_there_are_some(self, work):
        keyless = make_person("Kim Keyless", [Role.INTAKE])
        applicant = make_applicant(by=keyless)
        give_key(keyless)

        operations.seal_identity(applicant=applicant, identity=IDENTITY, by=keyless)

        applicant.refresh_from_db()
        assert may_open(keyless, applicant.identity_safe)
        assert may_open(keyless, applicant.account_safe)


class TestMoving:
    def test_a_move_is_kept_with_its_deadlines(self, work, applicant, recorded):
        operations.move_stage(applicants=[applicant], target="intake", reason=" agreed ", by=work.tim)

        applicant.refresh_from_db()
        change = StageChange.objects.get()
        assert applicant.stage == "intake"
        assert (change.source, change.target, change.reason, change.by) == (
            "contact",
            "intake",
            "agreed",
            work.tim,
        )
        assert Deadline.objects.get(rule="applicants.answer").met_at
        assert Deadline.objects.get(rule="applicants.intake").met_at is None
        assert recorded()[-1] == "applicants.stage_moved"

    def test_moving_twice_moves_once(self, work, applicant):
        for _ in range(2):
            operations.move_stage(applicants=[applicant], target="intake", reason="", by=work.tim)

        assert StageChange.objects.count() == 1

    def test_a_stage_entered_again_starts_its_deadline_again(self, work, applicant):
        for target in ("intake", "withdrawn"):
            operations.move_stage(applicants=[applicant], target=target, reason="r", by=work.tim)
        assert not Deadline.objects.filter(met_at=None).exists()

        operations.move_stage(applicants=[applicant], target="intake", reason="came back", by=work.cora)

        assert Deadline.objects.filter(rule="applicants.intake", met_at=None).count() == 1
        assert Deadline.objects.filter(rule="applicants.intake").count() == 2

    def test_a_deadline_of_a_rule_is_moved_not_doubled(self, work, applicant, recorded):
        when = timezone.now()
        wish = {
            "applicant": applicant,
            "rule": "papers.visa",
            "title": "Visa ends",
            "source": "visa",
            "by": None,
        }
        operations.set_deadline(**wish, subject="1", due_at=when)
        operations.set_deadline(**wish, subject="1", due_at=when + timedelta(days=1))
        operations.set_deadline(**wish, subject="2", due_at=when)

        found = Deadline.objects.filter(rule="papers.visa").order_by("subject")
        assert [(one.subject, one.due_at) for one in found] == [("1", when + timedelta(days=1)), ("2", when)]

        operations.meet_deadline(deadline=found[0], by=work.tim)
        operations.meet_deadline(deadline=found[0], by=work.tim)
        assert recorded()[-1:] == ["applicants.deadline_met"]
        assert recorded().count("applicants.deadline_met") == 1


class TestWork:
    def test_a_note_sent_twice_stands_once(self, work, applicant, recorded):
        note_id = random_id()
        for text in ("He called.", "changed on the way"):
            operations.add_note(id=note_id, applicant=applicant, text=text, by=work.tim)

        assert Note.objects.get().text == "He called."
        assert recorded().count("applicants.note_added") == 1

    def test_nobody_writes_into_a_note_or_task_of_another(self, work, applicant):
        note = operations.add_note(id=random_id(), applicant=applicant, text="a", by=work.tim)
        task = {"title": "t", "due_on": None, "owner": work.tim}
        made = operations.add_task(id=random_id(), applicant=applicant, by=work.tim, **task)

        with pytest.raises(IdTaken):
            operations.add_note(id=note.pk, applicant=applicant, text="b", by=work.olga)
        with pytest.raises(IdTaken):
            operations.add_task(id=made.pk, applicant=make_applicant(by=work.olga), by=work.tim, **task)

    def test_a_task_is_set_done_and_reopened_once_each(self, work, applicant, recorded):
        task_id, due = random_id(), date(2026, 12, 1)
        for _ in range(2):
            task = operations.add_task(
                id=task_id, applicant=applicant, title="Call", due_on=due, owner=work.tim, by=work.olga
            )
        for _ in range(2):
            operations.finish_task(task=task, by=work.tim)
        saved = Task.objects.get()
        assert (saved.title, saved.due_on, saved.owner, saved.done_by) == ("Call", due, work.tim, work.tim)

        for _ in range(2):
            operations.reopen_task(task=task, by=work.olga)
        saved.refresh_from_db()
        assert (saved.done_at, saved.done_by) == (None, None)
        assert recorded()[-3:] == [
            "applicants.task_added",
            "applicants.task_done",
            "applicants.task_reopened",
        ]


class TestSharing:
    def share(self, work, applicant, person, **fields):
        wish = {"to": "work", "expires_at": None, "by": work.olga} | fields
        return operations.share_with_person(applicant=applicant, person=person, **wish)

    def opening(self, work, applicant, unlocked=None):
        return Opening([applicant.identity_safe], unlocked)

    def test_reading_then_working_then_reading(self, work, applicant):
        for to in ("read", "work", "read"):
            self.share(work, applicant, work.vera, to=to)
            assert queries.applicants_for(work.vera, "work").exists() == (to == "work")
            assert queries.applicants_for(work.vera).exists()

    def test_who_is_unlocked_and_holds_gives_the_name_at_once(self, work, applicant, recorded):
        opening = self.opening(work, applicant, work.unlocked(work.olga))
        outcomes = self.share(work, applicant, work.vera, opening=opening)

        assert outcomes == {"identity": Outcome.GIVEN}
        assert may_open(work.vera, applicant.identity_safe)
        assert not may_open(work.vera, applicant.account_safe)
        assert recorded()[-2:] == ["vault.access_given", "applicants.shared"]
        assert self.share(work, applicant, work.vera, opening=opening) == {"identity": Outcome.HELD_ALREADY}

    def test_who_is_locked_puts_a_request_before_the_holders(self, work, applicant):
        outcomes = self.share(work, applicant, work.vera, opening=self.opening(work, applicant))

        request = AccessRequest.objects.get()
        assert outcomes == {"identity": Outcome.LOCKED}
        assert (request.asker, request.safe) == (work.vera, applicant.identity_safe)
        assert "Grey Heron" in request.reason
        assert not may_open(work.vera, applicant.identity_safe)
        assert list(viewers.requests_for(applicant)) == [request]

    def test_who_cannot_open_the_name_asks_those_who_can(self, work, applicant):
        self.share(work, applicant, work.cora)
        opening = self.opening(work, applicant, work.unlocked(work.cora))
        outcomes = self.share(work, applicant, work.vera, opening=opening, by=work.cora)

        assert outcomes == {"identity": Outcome.NOT_HELD}
        assert AccessRequest.objects.get().asker == work.vera

    def test_who_has_no_vault_yet_waits(self, work, applicant):
        keyless = make_person("Kim Keyless", [Role.CASEWORKER])
        opening = self.opening(work, applicant, work.unlocked(work.olga))

        assert self.share(work, applicant, keyless, opening=opening) == {"identity": Outcome.NO_VAULT}
        assert AccessRequest.objects.get().asker == keyless

    def test_a_guest_opens_the_name_until_the_same_day(self, work, applicant):
        until = timezone.now() + timedelta(days=3)
        opening = self.opening(work, applicant, work.unlocked(work.olga))
        self.share(work, applicant, work.vera, opening=opening, expires_at=until)

        grant = Grant.objects.get(user=work.vera)
        assert (grant.expires_at, grant.firm) == (until, True)

    def test_taking_back_takes_the_name_too(self, work, applicant, recorded):
        opening = self.opening(work, applicant, work.unlocked(work.olga))
        self.share(work, applicant, work.vera, opening=opening)

        operations.stop_sharing(applicant=applicant, whom=work.vera, by=work.olga)

        assert not queries.applicants_for(work.vera).exists()
        assert not may_open(work.vera, applicant.identity_safe)
        assert recorded()[-2:] == ["vault.access_revoked", "applicants.unshared"]

    def test_who_sees_the_case_through_a_team_keeps_the_name(self, work, applicant):
        self.share(work, applicant, work.tim)

        operations.stop_sharing(applicant=applicant, whom=work.tim, by=work.olga)

        assert queries.applicants_for(work.tim).exists()
        assert may_open(work.tim, applicant.identity_safe)

    def test_nobody_is_taken_out_of_the_last_two(self, work):
        work.team.holders.set([work.tim])
        applicant = make_applicant(by=work.tim, owner=work.nina, team=work.team, identity=IDENTITY)
        operations.assign(applicant=applicant, owner=work.vera, team=None, by=work.olga)

        with pytest.raises(TooFewHolders):
            operations.stop_sharing(applicant=applicant, whom=work.nina, by=work.olga)

        assert queries.applicants_for(work.nina).exists()
        assert may_open(work.nina, applicant.identity_safe)

    def test_a_team_loses_the_case_as_a_whole(self, work, applicant):
        north = make_team(work.nina, work.vera, name="Team North")
        operations.share_with_team(applicant=applicant, team=north, to="work", expires_at=None, by=work.olga)
        assert queries.applicants_for(work.nina, "work").exists()

        operations.stop_sharing(applicant=applicant, whom=north, by=work.olga)
        assert not queries.applicants_for(work.nina).exists()

    def test_owner_and_team_keep_seeing_their_case(self, work, applicant):
        for whom in (work.olga, work.team):
            with pytest.raises(OwnerKeepsAccess):
                operations.stop_sharing(applicant=applicant, whom=whom, by=work.olga)

    def test_a_new_owner_works_and_opens(self, work, applicant, recorded):
        outcomes = operations.assign(
            applicant=applicant,
            owner=work.nina,
            team=work.team,
            by=work.olga,
            unlocked=work.unlocked(work.olga),
        )

        applicant.refresh_from_db()
        assert applicant.owner == work.nina
        assert queries.applicants_for(work.nina, "work").exists()
        assert outcomes == {"identity": Outcome.GIVEN, "account": Outcome.GIVEN}
        assert recorded()[-1] == "applicants.assigned"

    def test_a_case_may_stand_without_an_owner(self, work, applicant):
        operations.share_with_person(
            applicant=applicant, person=work.cora, to="work", expires_at=None, by=work.olga
        )
        assert operations.assign(applicant=applicant, owner=None, team=None, by=work.cora) == {}

        applicant.refresh_from_db()
        assert (applicant.owner, applicant.team) == (None, None)


class TestHouseholds:
    def join(self, work, applicant, other, kinship="spouse", **fields):
        facts = {"has_certificate": None, "travels_with": True, "by": work.olga} | fields
        return operations.join_household(applicant=applicant, with_applicant=other, kinship=kinship, **facts)

    def test_the_first_who_is_joined_becomes_the_principal(self, work, applicant, recorded):
        wife = make_applicant(by=work.olga, category="partner")
        membership = self.join(work, wife, applicant, has_certificate=False, travels_with=False)

        assert (membership.has_certificate, membership.travels_with) == (False, False)
        assert set(Membership.objects.values_list("applicant__pseudonym", "kinship")) == {
            ("Grey Heron", "principal"),
            (wife.pseudonym, "spouse"),
        }
        assert recorded()[-1] == "applicants.household_joined"

    def test_joining_twice_is_refused(self, work, applicant):
        wife = make_applicant(by=work.olga)
        self.join(work, wife, applicant)

        for one, other in ((wife, applicant), (applicant, wife), (applicant, applicant)):
            with pytest.raises(SameHousehold):
                self.join(work, one, other)

    def test_a_partner_may_travel_alone_and_the_principal_never_along(self, work, applicant):
        partner = make_applicant(by=work.olga, pseudonym="Grey Wife", category="partner")
        facts = {"kinship": "partner", "has_certificate": False, "travels_with": True}
        operations.join_household(applicant=partner, with_applicant=applicant, **facts, by=work.olga)
        operations.travel_together(applicant=partner, together=False, by=work.olga)

        assert not partner.memberships.get().travels_with
        for nobody in (applicant, make_applicant(by=work.olga)):
            with pytest.raises(NotInHousehold):
                operations.travel_together(applicant=nobody, together=False, by=work.olga)

    def test_leaving_keeps_the_history_and_ends_a_household_of_one(self, work, applicant):
        wife = make_applicant(by=work.olga)
        self.join(work, wife, applicant)

        operations.leave_household(applicant=wife, by=work.olga)

        assert Membership.objects.filter(until=None).count() == 0
        assert Membership.objects.count() == 2
        with pytest.raises(NotInHousehold):
            operations.leave_household(applicant=wife, by=work.olga)

    def family(self, work, applicant):
        """A principal applicant with a wife, a son and a mother."""
        wife, son, mother = (make_applicant(by=work.olga) for _ in range(3))
        for member, kinship in ((wife, "spouse"), (son, "child"), (mother, "parent")):
            self.join(work, member, applicant, kinship)
        return wife, son, mother

    def living(self, *people):
        places = Membership.objects.filter(until=None, applicant__in=people)
        return {place.applicant_id: (place.household_id, place.kinship) for place in places}

    def test_a_wife_leaves_with_her_son_and_both_histories_stay(self, work, applicant):
        wife, son, mother = self.family(work, applicant)
        before = self.living(applicant, wife, son, mother)

        operations.leave_household(applicant=wife, along=[son.pk], by=work.olga)

        after = self.living(applicant, wife, son, mother)
        assert {one: after[one.pk] for one in (applicant, mother)} == {
            one: before[one.pk] for one in (applicant, mother)
        }
        [theirs] = {after[wife.pk][0], after[son.pk][0]}
        assert theirs != before[wife.pk][0]
        assert (after[wife.pk][1], after[son.pk][1]) == ("principal", "child")
        ended = Membership.objects.exclude(until=None).values_list("applicant", "household", "kinship")
        assert set(ended) == {(wife.pk, *before[wife.pk]), (son.pk, *before[son.pk])}

    def test_who_leads_leaves_only_when_it_is_said_who_leads_the_rest(self, work, applicant):
        wife, son, mother = self.family(work, applicant)
        for principal in (None, applicant.pk, make_applicant(by=work.olga).pk):
            with pytest.raises(NobodyLeads):
                operations.leave_household(applicant=applicant, principal=principal, by=work.olga)

        operations.leave_household(applicant=applicant, along=[mother.pk], principal=wife.pk, by=work.olga)

        after = self.living(applicant, wife, son, mother)
        assert [after[one.pk][1] for one in (applicant, wife, son, mother)] == [
            "principal",
            "principal",
            "child",
            "other",
        ]
        assert after[wife.pk][0] == after[son.pk][0] != after[applicant.pk][0] == after[mother.pk][0]

    def test_of_two_who_stay_none_is_left_without_the_other_in_a_household_of_one(self, work, applicant):
        wife, son, mother = self.family(work, applicant)
        operations.leave_household(applicant=applicant, along=[wife.pk, son.pk], by=work.olga)

        assert set(self.living(applicant, wife, son, mother)) == {applicant.pk, wife.pk, son.pk}

    def test_nobody_of_another_household_is_taken_along(self, work, applicant):
        wife, *_ = self.family(work, applicant)
        stranger = make_applicant(by=work.olga)
        with pytest.raises(NotInHousehold):
            operations.leave_household(applicant=wife, along=[stranger.pk], by=work.olga)

        assert Membership.objects.filter(until=None).count() == 4

    def test_a_partner_marries_and_what_was_before_stays(self, work, applicant):
        partner = make_applicant(by=work.olga)
        self.join(work, partner, applicant, "partner")
        for _ in range(2):
            operations.change_membership(
                applicant=partner, kinship="spouse", has_certificate=True, by=work.olga
            )

        places = Membership.objects.filter(applicant=partner).order_by("since")
        assert [(one.kinship, one.until is None) for one in places] == [("partner", False), ("spouse", True)]
        with pytest.raises(NotInHousehold):
            operations.change_membership(
                applicant=applicant, kinship="spouse", has_certificate=None, by=work.olga
            )

    def test_who_changes_the_household_leaves_the_old_one(self, work, applicant):
        wife, son, friend = (make_applicant(by=work.olga) for _ in range(3))
        self.join(work, wife, applicant)
        self.join(work, son, applicant, "child")
        self.join(work, wife, friend, "partner")

        assert Household.objects.count() == 2
        living = Membership.objects.filter(until=None).values_list("applicant__pseudonym", "kinship")
        assert set(living) == {
            ("Grey Heron", "principal"),
            (son.pseudonym, "child"),
            (friend.pseudonym, "principal"),
            (wife.pseudonym, "partner"),
        }
        assert Applicant.objects.count() == 4
