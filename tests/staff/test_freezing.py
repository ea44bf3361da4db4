"""Claire freezes Olga; Ana coordinates, Mira administers, Viktor vets. Who may undo it, and how often one may do it."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.audit.models import Entry
from cases.staff import barring, operations, queries
from cases.staff.models import Announcement, Freeze, Invitation, User
from cases.staff.refusals import (
    AlreadyFrozen,
    DeputyUnfit,
    FreezeOver,
    LastAdministrator,
    LiftAskedAlready,
    NeedsAnAnswerer,
    NoRole,
    NotActive,
    NotByYourself,
    NotTravelling,
    Refused,
    TooManyFreezes,
)
from cases.staff.roles import Role
from tests.staff.factories import make_person
from tests.staff.test_races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    roles = {
        "claire": Role.CASEWORKER,
        "olga": Role.CASEWORKER,
        "ana": Role.COORDINATOR,
        "viktor": Role.VETTING,
        "mira": Role.ADMINISTRATOR,
    }
    return {name: make_person(name, [role]) for name, role in roles.items()}


def freeze(people, whom="olga", by="claire", kind="arrested"):
    return operations.freeze(user=people[whom], kind=kind, reason="searched at the airport", by=people[by])


def later(freeze, **ago):
    """As if it had been asked for some time ago."""
    Freeze.objects.filter(pk=freeze.pk).update(asked_at=timezone.now() - timedelta(**ago))


def is_frozen(person):
    return User.objects.get(pk=person.pk).frozen_at is not None


class TestFreezing:
    def test_shuts_the_account_ends_logins_and_tells_everybody(self, people):
        epoch = people["olga"].epoch
        made = freeze(people)

        olga = User.objects.get(username="olga")
        assert (olga.frozen_at, olga.epoch, olga.is_active) == (made.began_at, epoch + 1, True)
        told = Announcement.objects.filter(code="frozen").values_list("to__username", flat=True)
        assert sorted(told) == ["ana", "mira", "viktor"]
        row = Entry.objects.get(action="staff.frozen")
        assert (row.actor, row.about, row.detail) == ("claire", "olga", "arrested: searched at the airport")

    def test_open_links_to_it_and_made_by_it_end(self, people):
        purpose = Invitation.Purpose.PASSWORD
        to_mira = operations.make_link(user=people["mira"], purpose=purpose, by=people["mira"])
        by_mira = operations.make_link(user=people["viktor"], purpose=purpose, by=people["mira"])
        freeze(people, "mira")

        assert [queries.find_invitation(token) for token in (to_mira, by_mira)] == [None, None]
        operations.make_link(user=people["mira"], purpose=purpose, by=None)
        assert not queries.open_invitations().exists()

    def test_one_s_own_any_time(self, people):
        freeze(people, "ana")
        later(freeze(people, "viktor"), hours=2)
        freeze(people, "claire", by="claire")

        assert is_frozen(people["claire"])

    def test_not_twice_and_not_a_closed_one(self, people):
        freeze(people)
        with pytest.raises(AlreadyFrozen):
            freeze(people, by="ana")
        operations.deactivate(user=people["viktor"], by=people["mira"])
        with pytest.raises(NotActive):
            freeze(people, "viktor", by="ana")


class TestHowOften:
    def test_the_second_within_an_hour_waits_for_a_second_person(self, people):
        freeze(people)
        second = freeze(people, "viktor")

        assert (second.began_at, is_frozen(people["viktor"])) == (None, False)
        told = Announcement.objects.filter(code="freeze_asked").values_list("to__username", flat=True)
        assert sorted(told) == ["ana", "mira"]
        operations.confirm_freeze(freeze=second, by=people["ana"])
        assert is_frozen(people["viktor"])

    @pytest.mark.parametrize("by", ["claire", "viktor"])
    def test_neither_the_asker_nor_the_other_confirms(self, people, by):
        freeze(people)
        second = freeze(people, "viktor")
        with pytest.raises(NotByYourself):
            operations.confirm_freeze(freeze=second, by=people[by])

    def test_freezing_the_same_one_confirms_it(self, people):
        freeze(people)
        second = freeze(people, "viktor")
        freeze(people, "viktor", by="ana")

        second.refresh_from_db()
        assert (second.confirmed_by, Freeze.objects.count()) == (people["ana"], 2)

    def test_after_an_hour_the_second_needs_nobody(self, people):
        later(freeze(people), minutes=61)

        assert freeze(people, "viktor").began_at is not None

    def test_the_third_of_a_day_is_refused(self, people):
        later(freeze(people), hours=5)
        later(freeze(people, "viktor"), hours=4)
        with pytest.raises(TooManyFreezes):
            freeze(people, "mira")
        assert not is_frozen(people["mira"])

    def test_what_a_frozen_colleague_asked_for_is_dropped(self, people):
        freeze(people, "viktor", by="claire")
        waiting = freeze(people, "mira", by="claire")
        freeze(people, "claire", by="ana")

        with pytest.raises(FreezeOver):
            operations.confirm_freeze(freeze=waiting, by=people["olga"])

    def test_after_a_day_nobody_confirms_it(self, people):
        freeze(people)
        second = freeze(people, "viktor")
        later(second, hours=25)
        with pytest.raises(FreezeOver):
            operations.confirm_freeze(freeze=second, by=people["ana"])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_ten_freezes_at_once_shut_one_account_and_leave_one_waiting():
    claire = make_person("Claire", [Role.CASEWORKER])
    others = [make_person(f"Person {number}") for number in range(10)]

    def shut(user):
        return lambda: operations.freeze(user=user, kind="other", reason="x", by=claire)

    at_once(*map(shut, others))

    assert User.objects.filter(frozen_at__isnull=False).count() == 1
    assert barring.unconfirmed().count() == 1


class TestLettingInAgain:
    def ask(self, people, by="claire", held=None):
        held = held or barring.running().get()
        operations.ask_lift(freeze=held, reason="heard her", by=people[by])
        return held

    def test_two_do_and_one_leads(self, people):
        freeze(people)
        held = self.ask(people)
        operations.approve_lift(freeze=held, by=people["ana"])

        assert not is_frozen(people["olga"])
        assert Entry.objects.filter(action="staff.unfrozen", actor="ana", about="olga").exists()
        assert Announcement.objects.filter(code="unfrozen", to=people["viktor"]).exists()

    def test_not_one_alone(self, people):
        freeze(people)
        held = self.ask(people, by="ana")
        with pytest.raises(NotByYourself):
            operations.approve_lift(freeze=held, by=people["ana"])
        with pytest.raises(LiftAskedAlready):
            operations.ask_lift(freeze=held, reason="x", by=people["viktor"])

    def test_not_the_frozen_one(self, people):
        held = freeze(people)
        with pytest.raises(NotByYourself):
            operations.ask_lift(freeze=held, reason="x", by=people["olga"])

    def test_not_two_of_whom_none_leads(self, people):
        freeze(people)
        held = self.ask(people, by="claire")
        with pytest.raises(NeedsAnAnswerer):
            operations.approve_lift(freeze=held, by=people["viktor"])

    def test_any_two_where_the_frozen_one_is_the_only_who_leads(self, people):
        operations.deactivate(user=people["ana"], by=people["mira"])
        freeze(people, "mira")
        held = self.ask(people, by="claire")
        operations.approve_lift(freeze=held, by=people["viktor"])

        assert not is_frozen(people["mira"])

    def test_not_who_has_no_role(self, people):
        held = freeze(people)
        with pytest.raises(NoRole):
            operations.ask_lift(freeze=held, reason="x", by=make_person("Nina", []))

    def test_not_when_the_asker_was_frozen_meanwhile(self, people):
        freeze(people)
        held = self.ask(people, by="ana")
        freeze(people, "ana", by="viktor")
        with pytest.raises(FreezeOver):
            operations.approve_lift(freeze=held, by=people["mira"])

    def test_refused_it_stays_frozen(self, people):
        freeze(people)
        held = self.ask(people)
        operations.refuse_lift(freeze=held, by=people["ana"])

        assert is_frozen(people["olga"])
        with pytest.raises(FreezeOver):
            operations.approve_lift(freeze=held, by=people["mira"])

    def test_the_database_holds_it_too(self, people):
        held = freeze(people)
        with pytest.raises(IntegrityError), transaction.atomic():
            Freeze.objects.filter(pk=held.pk).update(lift_asked_by=people["ana"], lifted_by=people["ana"])
        with pytest.raises(IntegrityError), transaction.atomic():
            Freeze.objects.filter(pk=held.pk).update(lift_asked_by=people["ana"], lifted_by=people["olga"])

    def test_at_the_terminal_where_too_few_are_left(self, people, capsys):
        freeze(people)
        call_command("let_in", "olga")

        assert not is_frozen(people["olga"])
        assert Entry.objects.get(action="staff.unfrozen").actor == "system"
        with pytest.raises(CommandError, match="is not shut"):
            call_command("let_in", "olga")
        with pytest.raises(CommandError, match="no open account"):
            call_command("let_in", "nobody")


def test_the_last_administrator_who_can_log_in_stays(people):
    nina = make_person("Nina", [Role.ADMINISTRATOR])
    freeze(people, "mira")
    with pytest.raises(LastAdministrator):
        operations.end_role(user=nina, role=Role.ADMINISTRATOR, by=people["mira"])


class TestTravel:
    def begin(self, people, deputy="claire", until=None):
        operations.begin_travel(until=until, deputy=people[deputy], by=people["olga"])
        return User.objects.get(username="olga")

    def test_shuts_the_account_and_names_a_deputy(self, people):
        olga = self.begin(people, until=timezone.localdate() + timedelta(days=3))

        assert (olga.is_barred, olga.deputy, olga.is_away) == (True, people["claire"], True)
        assert Announcement.objects.get(code="travel_deputy").to == people["claire"]
        assert list(barring.stands_in_for(people["claire"])) == [olga]

    def test_the_day_does_not_end_it(self, people):
        self.begin(people, until=timezone.localdate())
        User.objects.filter(username="olga").update(away_until=timezone.localdate() - timedelta(days=1))

        assert User.objects.get(username="olga").is_barred

    def test_somebody_else_ends_it(self, people):
        olga = self.begin(people)
        with pytest.raises(NotByYourself):
            operations.end_travel(user=olga, by=olga)
        with pytest.raises(NoRole):
            operations.end_travel(user=olga, by=make_person("Nina", []))
        operations.end_travel(user=olga, by=people["viktor"])

        olga.refresh_from_db()
        assert (olga.is_barred, olga.deputy, olga.away_until) == (False, None, None)
        with pytest.raises(NotTravelling):
            operations.end_travel(user=olga, by=people["viktor"])

    def test_a_freeze_goes_on_after_the_journey(self, people):
        olga = self.begin(people)
        freeze(people)
        operations.end_travel(user=olga, by=people["viktor"])

        assert User.objects.get(username="olga").is_barred

    @pytest.mark.parametrize("unfit", ["olga", "ana"])
    def test_a_deputy_can_log_in(self, people, unfit):
        freeze(people, "ana")
        with pytest.raises(DeputyUnfit):
            self.begin(people, unfit)

    def test_not_into_the_past(self, people):
        with pytest.raises(Refused):
            self.begin(people, until=timezone.localdate() - timedelta(days=1))
        assert not User.objects.get(username="olga").is_barred

    def test_at_the_terminal(self, people):
        self.begin(people)
        call_command("let_in", "olga")

        assert not User.objects.get(username="olga").is_barred

    def test_coordinators_are_asked_once_until_they_read_it(self, people):
        olga = self.begin(people)
        numbers = [operations.ask_coordinators(traveller=olga, by=people["claire"]) for _ in range(2)]

        assert numbers == [1, 0]
        assert Announcement.objects.get(code="deputy_asks").to == people["ana"]
