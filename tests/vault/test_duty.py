"""Two duty officers, Ana and Boris, and Clara as a third: any two can, one alone cannot, whatever lies in the database."""

from datetime import timedelta

import pytest
from django.utils import timezone
from shamir_mnemonic import combine_mnemonics

from cases.audit.models import Entry
from cases.staff.models import Announcement, RoleGrant
from cases.vault import envelope, operations, organisation, queries
from cases.vault.due import due_safes
from cases.vault.envelope import KeyPair
from cases.vault.models import DutyLayer, DutyOfficer, DutyRequest, Grant, OfficerPair
from cases.vault.officers import is_officer, officers
from cases.vault.operations import duty
from cases.vault.refusals import (
    AlreadyHeld,
    DoesNotOpen,
    DutyOver,
    KeyNotConfirmed,
    NoReason,
    NotByYourself,
    NotGranted,
    NothingLost,
    NotOfficer,
    NotUnlocked,
    OfficersOutdated,
    TooFewOfficers,
)
from cases.vault.share_refusals import SharesOfAnotherOrganisation
from tests.vault.colleagues import give_key, make_colleague, make_known, make_safe
from tests.vault.test_recovery import start_over

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def root(team):
    return combine_mnemonics(team.papers[:2])


@pytest.fixture
def duty_team(team, root):
    """Dan and Eva hold one name; the three officers cannot open it."""
    operations.name_officers(users=[team.ana, team.boris, team.clara], root=root)
    team.dan, team.eva = make_colleague("dan"), make_colleague("eva")
    team.unlocks = {user.pk: give_key(user) for user in (team.dan, team.eva)}
    team.name = make_safe(team.dan, team.eva)
    return team


def ask(team, by=None, **fields):
    by = by or team.ana
    given = {"kind": "open", "colleague": team.olga, "safe": team.name, "reason": "Dan was arrested"}
    given |= {"by": by} | fields
    if "unlocked" not in given:
        given["unlocked"] = team.of(by)
    return operations.ask_duty(**given)


def approve(team, request, by=None, **fields):
    by = by or team.boris
    operations.approve_duty(request=request, **{"unlocked": team.of(by), "by": by} | fields)


def read(team, user, unlocked=None):
    item = team.name.items.get()
    return operations.open_item(item=item, reason="x", unlocked=unlocked or team.of(user), by=user)


class TestNaming:
    def test_each_pair_in_both_orders(self, duty_team):
        pairs = OfficerPair.objects.values_list("first__user__username", "second__user__username")

        names = ("ana", "boris", "clara")
        assert sorted(pairs) == [(one, two) for one in names for two in names if one != two]
        assert list(officers()) == [duty_team.ana, duty_team.boris, duty_team.clara]

    def test_everybody_is_told_and_it_is_recorded(self, duty_team):
        told = Announcement.objects.filter(code="officers_named")
        assert told.count() == 4
        assert told[0].whom == "Ana (ana), Boris (boris), Clara (clara)"
        entry = Entry.objects.filter(action="vault.officers_named").latest("id")
        assert (entry.actor, entry.detail) == ("system", "ana, boris, clara")

    def test_not_one_alone(self, team, root):
        with pytest.raises(TooFewOfficers):
            operations.name_officers(users=[team.ana], root=root)

    def test_not_with_other_shares(self, team):
        with pytest.raises(SharesOfAnotherOrganisation):
            operations.name_officers(users=[team.ana, team.boris], root=envelope.new_root())
        assert not DutyOfficer.objects.exists()

    def test_not_whose_key_nobody_compared(self, team, root):
        start_over(team.boris, known=False)

        with pytest.raises(KeyNotConfirmed):
            operations.name_officers(users=[team.ana, team.boris], root=root)

    def test_named_anew_ends_what_was_and_what_waits(self, duty_team, root):
        request = ask(duty_team)
        operations.name_officers(users=[duty_team.boris, duty_team.clara], root=root)

        assert OfficerPair.objects.count() == 2
        assert not DutyLayer.objects.exists()
        with pytest.raises(NotOfficer):
            approve(duty_team, request)

    def test_nobody(self, duty_team, root):
        operations.name_officers(users=[], root=root)

        assert (DutyOfficer.objects.count(), OfficerPair.objects.count()) == (0, 0)
        assert Announcement.objects.filter(code="officers_ended").exists()


class TestOpeningInNeed:
    def test_two_open_one_name_for_three_hours(self, duty_team):
        approve(duty_team, ask(duty_team))

        assert read(duty_team, duty_team.olga) == {"name": "Иван Зимин"}
        grant = Grant.objects.get(content_object=duty_team.name, user=duty_team.olga)
        assert grant.firm
        assert abs(grant.expires_at - timezone.now() - timedelta(hours=3)) < timedelta(minutes=1)

    def test_any_two_in_any_order(self, duty_team):
        approve(duty_team, ask(duty_team, by=duty_team.clara), by=duty_team.ana)

        assert queries.may_open(duty_team.olga, duty_team.name)

    def test_only_that_one(self, duty_team):
        other = make_safe(duty_team.dan, duty_team.eva)
        approve(duty_team, ask(duty_team))

        assert queries.held_safe_ids(duty_team.olga) == {duty_team.name.pk}
        assert other.grants.count() == 2

    def test_afterwards_it_is_sealed_anew(self, duty_team):
        approve(duty_team, ask(duty_team))
        past = timezone.now() - timedelta(seconds=1)
        Grant.objects.filter(user=duty_team.olga).update(expires_at=past)

        assert due_safes().filter(pk=duty_team.name.pk).exists()
        with pytest.raises(NotGranted):
            read(duty_team, duty_team.olga)

    def test_an_officer_may_be_the_one(self, duty_team):
        approve(duty_team, ask(duty_team, colleague=duty_team.boris))

        assert read(duty_team, duty_team.boris) == {"name": "Иван Зимин"}

    def test_all_holders_are_told_and_it_is_recorded(self, duty_team, recorded):
        approve(duty_team, ask(duty_team))

        told = list(Announcement.objects.filter(code="duty_opened"))
        assert {one.to for one in told} == {duty_team.dan, duty_team.eva}
        assert {(one.who, one.whom, one.reason, one.about) for one in told} == {
            ("Ana (ana), Boris (boris)", "Olga (olga)", "Dan was arrested", duty_team.name.pk)
        }
        assert recorded()[-2:] == ["vault.duty_asked", "vault.duty_done"]
        entry = Entry.objects.latest("id")
        assert (entry.actor, entry.about) == ("boris", str(duty_team.name.pk))
        assert entry.detail == "open for olga, asked by ana: Dan was arrested"

    def test_not_what_can_be_opened_already(self, duty_team):
        with pytest.raises(AlreadyHeld):
            ask(duty_team, colleague=duty_team.dan)


class TestRestoring:
    @pytest.fixture
    def lost(self, duty_team):
        duty_team.unlocked = start_over(duty_team.dan)
        return duty_team

    def restore(self, team, **fields):
        return ask(team, kind="restore", colleague=team.dan, safe=None, reason="lost the sheet", **fields)

    def test_two_restore_everything(self, lost):
        approve(lost, self.restore(lost))

        assert read(lost, lost.dan, lost.unlocked) == {"name": "Иван Зимин"}
        assert Announcement.objects.filter(code="duty_restored").count() == 6

    def test_not_where_nothing_is_lost(self, duty_team):
        with pytest.raises(NothingLost):
            self.restore(duty_team)

    def test_nobody_restores_the_own(self, lost, root):
        operations.name_officers(users=[lost.ana, lost.dan], root=root)

        with pytest.raises(NotByYourself):
            ask(lost, by=lost.dan, kind="restore", colleague=lost.dan, safe=None, unlocked=lost.unlocked)
        with pytest.raises(OfficersOutdated):
            self.restore(lost)

    def test_not_to_a_key_that_nobody_compared(self, duty_team):
        start_over(duty_team.dan, known=False)

        with pytest.raises(KeyNotConfirmed):
            self.restore(duty_team)


class TestAsking:
    def test_only_officers(self, duty_team):
        with pytest.raises(NotOfficer):
            ask(duty_team, by=duty_team.olga)

    @pytest.mark.parametrize("unlocked", ["nobody", "boris"])
    def test_only_unlocked(self, duty_team, unlocked):
        held = None if unlocked == "nobody" else duty_team.of(duty_team.boris)

        with pytest.raises(NotUnlocked):
            ask(duty_team, unlocked=held)

    def test_only_with_a_reason(self, duty_team):
        with pytest.raises(NoReason):
            ask(duty_team, reason="  ")

    def test_the_others_are_told(self, duty_team):
        ask(duty_team)

        told = Announcement.objects.filter(code="duty_asked")
        assert {one.to for one in told} == {duty_team.boris, duty_team.clara}


class TestApproving:
    def test_not_by_the_asker(self, duty_team):
        request = ask(duty_team)

        with pytest.raises(NotByYourself):
            approve(duty_team, request, by=duty_team.ana)
        assert not queries.may_open(duty_team.olga, duty_team.name)

    def test_not_by_somebody_else(self, duty_team):
        with pytest.raises(NotOfficer):
            approve(duty_team, ask(duty_team), by=duty_team.olga)

    @pytest.mark.parametrize("unlocked", ["nobody", "ana"])
    def test_not_locked(self, duty_team, unlocked):
        request = ask(duty_team)
        held = None if unlocked == "nobody" else duty_team.of(duty_team.ana)

        with pytest.raises(NotUnlocked):
            approve(duty_team, request, unlocked=held)

    def test_once(self, duty_team):
        request = ask(duty_team)
        approve(duty_team, request)

        with pytest.raises(DutyOver):
            approve(duty_team, request, by=duty_team.clara)

    def test_not_after_a_day(self, duty_team):
        request = ask(duty_team)
        DutyRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        with pytest.raises(DutyOver):
            approve(duty_team, request)
        duty.forget_old_layers()
        assert not DutyLayer.objects.exists()

    def test_what_waits_is_not_forgotten(self, duty_team):
        ask(duty_team)
        duty.forget_old_layers()

        assert DutyLayer.objects.count() == 2

    @pytest.mark.parametrize(("who", "answer"), [("ana", "withdrawn"), ("clara", "refused")])
    def test_refused_or_withdrawn(self, duty_team, who, answer):
        request = ask(duty_team)
        operations.refuse_duty(request=request, by=getattr(duty_team, who))

        request.refresh_from_db()
        assert (request.answer, DutyLayer.objects.count()) == (answer, 0)
        with pytest.raises(DutyOver):
            approve(duty_team, request)

    def test_others_refuse_nothing(self, duty_team):
        with pytest.raises(NotOfficer):
            operations.refuse_duty(request=ask(duty_team), by=duty_team.olga)

    def test_the_layers_are_gone_afterwards(self, duty_team):
        approve(duty_team, ask(duty_team))

        assert not DutyLayer.objects.exists()

    def test_not_when_the_asker_is_no_officer_any_more(self, duty_team):
        request = ask(duty_team)
        RoleGrant.objects.filter(user=duty_team.ana).delete()

        assert not is_officer(duty_team.ana)
        with pytest.raises(NotOfficer):
            approve(duty_team, request)


class TestOneAlone:
    """One officer with everything that is in the database, and with the own root."""

    def opens(self, team, user, row):
        for about in abouts(team):
            try:
                return envelope.open_sealed(team.of(user).keypair, about, row)
            except DoesNotOpen:
                continue
        return None

    def test_gets_from_the_pairs_only_what_is_sealed_to_another(self, duty_team, root):
        found = [self.opens(duty_team, duty_team.ana, pair.sealed_root) for pair in OfficerPair.objects.all()]

        inner = [one for one in found if one is not None]
        assert len(inner) == 2
        assert all(root not in one for one in inner)
        assert [self.opens(duty_team, duty_team.ana, one) for one in inner] == [None, None]

    def test_nor_from_the_layers_of_the_own_request(self, duty_team):
        ask(duty_team)

        layers = DutyLayer.objects.all()
        assert [self.opens(duty_team, duty_team.ana, one.sealed) for one in layers] == [None, None]

    def test_two_together_would(self, duty_team, root):
        """The plant: were the layers openable by one, this search would find it."""
        pair = OfficerPair.objects.get(first__user=duty_team.ana, second__user=duty_team.boris)
        inner = self.opens(duty_team, duty_team.ana, pair.sealed_root)

        assert self.opens(duty_team, duty_team.boris, inner) == root

    def test_a_request_changed_in_the_database_is_worth_nothing(self, duty_team):
        for change in ({"colleague": duty_team.ana}, {"reason": "x"}, {"safe": make_safe(duty_team.eva)}):
            request = ask(duty_team)
            DutyRequest.objects.filter(pk=request.pk).update(**change)

            with pytest.raises(OfficersOutdated):
                approve(duty_team, request)
            operations.refuse_duty(request=request, by=duty_team.ana)

    def test_a_request_inserted_in_the_name_of_another(self, duty_team):
        """Boris plants a request of Ana: there is no layer that she would have had to open."""
        request = DutyRequest.objects.create(
            kind="open",
            asker=duty_team.ana,
            colleague=duty_team.boris,
            safe=duty_team.name,
            reason="x",
            expires_at=timezone.now() + timedelta(hours=1),
        )
        pair = OfficerPair.objects.get(first__user=duty_team.boris, second__user=duty_team.ana)
        own = self.opens(duty_team, duty_team.boris, pair.sealed_root)
        for planted in (pair.sealed_root, own):
            DutyLayer.objects.update_or_create(
                request=request, officer=duty_team.boris, defaults={"sealed": planted}
            )
            with pytest.raises(OfficersOutdated):
                approve(duty_team, request)

    def test_a_root_of_ones_own_is_refused(self, duty_team):
        """Pairs can be planted, since anybody can seal: what comes out is compared with the organisation's key."""
        request = ask(duty_team)
        pair = OfficerPair.objects.get(first__user=duty_team.ana, second__user=duty_team.boris)
        key = duty_team.of(duty_team.boris).keypair.public
        inner = envelope.seal(key, duty._pair_info("inner", pair), bytes(32))
        layer = envelope.seal(key, duty._request_info(request, duty_team.boris), inner)
        DutyLayer.objects.filter(officer=duty_team.boris).update(sealed=layer)

        with pytest.raises(SharesOfAnotherOrganisation):
            approve(duty_team, request)


class TestAChangedKey:
    def test_who_starts_over_is_no_officer_any_more(self, duty_team):
        start_over(duty_team.clara)

        assert list(officers()) == [duty_team.ana, duty_team.boris]
        assert OfficerPair.objects.count() == 2
        approve(duty_team, ask(duty_team))

    def test_a_pair_of_the_old_key_put_back_does_not_open(self, duty_team):
        officer = DutyOfficer.objects.get(user=duty_team.boris)
        rows = [*OfficerPair.objects.filter(first=officer), *OfficerPair.objects.filter(second=officer)]
        unlocked = start_over(duty_team.boris)
        officer.save(force_insert=True)
        for row in rows:
            row.save(force_insert=True)

        with pytest.raises(OfficersOutdated):
            ask(duty_team, by=duty_team.boris, unlocked=unlocked)
        request = ask(duty_team)
        with pytest.raises(OfficersOutdated):
            approve(duty_team, request, unlocked=unlocked)

    def test_with_two_of_whom_one_started_over_nothing_can_be_asked(self, team, root):
        operations.name_officers(users=[team.ana, team.boris], root=root)
        team.name = make_safe(team.clara)
        start_over(team.boris)
        make_known(team.boris)

        with pytest.raises(OfficersOutdated):
            ask(team)


def test_the_root_is_that_of_the_organisation(duty_team, root):
    assert KeyPair.from_root(root).public.raw == organisation.public().raw


def abouts(team):
    yield from (
        duty._pair_info(layer, pair)
        for layer in ("inner", "outer")
        for pair in OfficerPair.objects.select_related("first", "second")
    )
    yield from (
        duty._request_info(request, user)
        for request in DutyRequest.objects.all()
        for user in (team.ana, team.boris, team.clara)
    )
