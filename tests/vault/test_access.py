from datetime import timedelta

import pytest
from django.utils import timezone

from cases.audit.models import Entry
from cases.staff import operations as staff
from cases.staff.models import RoleGrant, User
from cases.staff.roles import Role
from cases.vault import operations, queries
from cases.vault.models import AccessRequest, Grant, Keyring, Safe
from cases.vault.refusals import (
    AlreadyAnswered,
    AlreadyHeld,
    GuestsDoNotGive,
    GuestTimeOver,
    KeyNotBelieved,
    KeyNotConfirmed,
    NotGranted,
    NotUnlocked,
    ReaderHasNoKey,
    TooFewHolders,
    WordsDiffer,
)
from tests.vault.colleagues import give_key, make_colleague, make_safe

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def give(team, safe):
    def do(to, by=None, safe=safe, **kwargs):
        by = by or team.ana
        given = {"reason": "helps with the interview", "unlocked": team.of(by)} | kwargs
        return operations.give_access(safe=safe, to=to, by=by, **given)

    return do


def in_days(days):
    return timezone.now() + timedelta(days=days)


def expire(safe, *users, days=1):
    Grant.objects.filter(content_object=safe, user__in=users).update(expires_at=in_days(-days))


class TestGive:
    def test_who_was_given_it_can_open(self, team, item, give, opened):
        give(team.olga)

        assert opened(item, team.olga) == {"name": "Иван Зимин"}

    def test_lasts_ninety_days(self, team, give):
        grant = give(team.olga)

        assert abs(grant.expires_at - in_days(90)) < timedelta(minutes=1)
        assert (grant.firm, grant.granted_by, grant.reason) == (False, team.ana, "helps with the interview")

    def test_a_guest_until_the_day(self, team, give):
        day = in_days(3)

        grant = give(team.olga, expires_at=day)

        assert (grant.expires_at, grant.firm) == (day, True)

    def test_is_recorded(self, team, safe, give, recorded):
        give(team.olga)

        entry = Entry.objects.latest("id")
        assert recorded() == ["vault.access_given"]
        assert (entry.actor, entry.about, entry.detail) == (
            "ana",
            str(safe.pk),
            "olga: helps with the interview",
        )

    def test_who_holds_nothing_gives_nothing(self, team, give):
        with pytest.raises(NotGranted):
            give(make_colleague("nina"), by=team.olga)

    def test_who_is_locked_gives_nothing(self, team, give):
        with pytest.raises(NotUnlocked):
            give(team.olga, unlocked=None)

    def test_the_unlock_of_another_does_not_count(self, team, give):
        with pytest.raises(NotUnlocked):
            give(team.olga, unlocked=team.of(team.boris))

    def test_who_has_it_already(self, team, give):
        with pytest.raises(AlreadyHeld):
            give(team.boris)

    def test_what_was_suspended_is_given_anew(self, team, safe, give, opened, item):
        expire(safe, team.boris)
        give(team.olga)

        give(team.boris)

        assert opened(item, team.boris) == {"name": "Иван Зимин"}
        assert safe.grants.filter(user=team.boris).count() == 1

    def test_a_guest_may_become_a_holder(self, team, safe, give):
        give(team.olga, expires_at=in_days(1))
        give(team.olga)

        assert safe.grants.get(user=team.olga).firm is False

    def test_a_guest_gives_nothing(self, team, give):
        give(team.olga, expires_at=in_days(1))
        nina = make_colleague("nina")
        give_key(nina)

        with pytest.raises(GuestsDoNotGive):
            give(nina, by=team.olga)

    def test_a_guest_does_not_prolong_the_own_stay(self, team, safe, give):
        give(team.olga, expires_at=in_days(1))

        with pytest.raises(GuestsDoNotGive):
            give(team.olga, by=team.olga)

        assert operations.renew_access(safes=[safe], by=team.olga) == 0

    def test_without_a_vault(self, give):
        with pytest.raises(ReaderHasNoKey):
            give(make_colleague("nina"))

    def test_an_administrator_of_accounts_gets_none(self, give):
        administrator = make_colleague("root", Role.ADMINISTRATOR, is_superuser=True)
        give_key(administrator)

        with pytest.raises(ReaderHasNoKey):
            give(administrator)

    def test_a_planted_key_gets_none(self, team, give):
        Keyring.objects.filter(user=team.olga).update(public_key=team.boris.keyring.public_key)

        with pytest.raises(KeyNotBelieved):
            give(team.olga)

    def test_a_changed_key_only_after_the_words_were_compared(self, team, give, item, opened):
        words = operations.start_over(user=team.olga, language="fr")
        with pytest.raises(KeyNotConfirmed):
            give(team.olga)

        fingerprint = queries.fingerprint_of(queries.keyring_of(team.olga))
        operations.confirm_key(of=team.olga, fingerprint=fingerprint, unlocked=team.of(team.ana), by=team.ana)
        give(team.olga)

        unlocked = operations.unlock(user=team.olga, passphrase=words.passphrase)
        assert operations.open_item(item=item, reason="x", unlocked=unlocked, by=team.olga) == {
            "name": "Иван Зимин"
        }

    def test_words_that_differ_confirm_nothing(self, team):
        operations.start_over(user=team.olga, language="fr")

        with pytest.raises(WordsDiffer):
            operations.confirm_key(
                of=team.olga, fingerprint="other words", unlocked=team.of(team.ana), by=team.ana
            )

        assert queries.unconfirmed(queries.keyring_of(team.olga))


class TestExpiry:
    def test_suspends(self, team, safe, give, item, opened):
        give(team.olga)
        expire(safe, team.olga)

        with pytest.raises(NotGranted):
            opened(item, team.olga)

        assert safe.grants.filter(user=team.olga).exists()

    def test_never_takes_the_last_two_away(self, team, safe, item, opened):
        expire(safe, team.ana, days=3)
        expire(safe, team.boris, days=2)
        expire(safe, team.clara, days=1)

        assert set(queries.holders_of(safe)) == {team.boris, team.clara}
        assert opened(item, team.boris) == {"name": "Иван Зимин"}
        with pytest.raises(NotGranted):
            opened(item, team.ana)

    def test_a_clock_that_jumped_locks_nobody_out(self, team, safe):
        Grant.objects.update(expires_at=in_days(-4000))

        assert queries.holders_of(safe).count() == 2

    def test_a_guest_goes_on_the_day_even_as_one_of_two(self, team):
        safe = make_safe(team.ana)
        operations.give_access(
            safe=safe,
            to=team.olga,
            unlocked=team.of(team.ana),
            by=team.ana,
            reason="guest",
            expires_at=in_days(1),
        )
        expire(safe, team.olga)

        assert set(queries.holders_of(safe)) == {team.ana}

    def test_guests_do_not_take_the_place_of_the_last_two(self, team):
        safe = make_safe(team.ana)
        for guest in (team.olga, team.boris):
            operations.give_access(
                safe=safe,
                to=guest,
                unlocked=team.of(team.ana),
                by=team.ana,
                reason="guest",
                expires_at=in_days(5),
            )
        expire(safe, team.ana)

        assert queries.may_open(team.ana, safe)

    def test_who_left_is_no_holder(self, team, safe):
        expire(safe, team.ana, days=9)
        User.objects.filter(pk=team.clara.pk).update(is_active=False)

        assert set(queries.holders_of(safe)) == {team.ana, team.boris}

    @pytest.mark.parametrize("role", [None, Role.AUDITOR])
    def test_who_lost_the_role_is_no_holder_and_keeps_no_place(self, team, safe, role):
        expire(safe, team.ana, days=9)
        RoleGrant.objects.filter(user=team.clara).update(expires_at=in_days(-1))
        if role:
            RoleGrant.objects.create(user=team.clara, role=role)

        assert set(queries.holders_of(safe)) == {team.ana, team.boris}
        assert queries.lasting_holders(safe) == {team.ana.pk, team.boris.pk}

    def test_one_living_role_is_enough(self, team, safe):
        RoleGrant.objects.filter(user=team.clara).update(expires_at=in_days(-1))
        RoleGrant.objects.create(user=team.clara, role=Role.VETTING, expires_at=in_days(1))
        RoleGrant.objects.create(user=team.clara, role=Role.CASEWORKER)

        assert queries.living_grants().filter(user=team.clara, content_object=safe).count() == 1

    def test_with_the_role_access_comes_back(self, team, safe, item, opened):
        lost = RoleGrant.objects.filter(user=team.clara)
        lost.update(expires_at=in_days(-1))
        with pytest.raises(NotGranted):
            opened(item, team.clara)

        lost.update(expires_at=None)
        assert opened(item, team.clara) == {"name": "Иван Зимин"}


class TestRenew:
    def test_ninety_days_from_now(self, team, safe):
        Grant.objects.filter(user=team.ana).update(expires_at=in_days(2))

        assert operations.renew_access(safes=[safe], by=team.ana) == 1
        assert abs(safe.grants.get(user=team.ana).expires_at - in_days(90)) < timedelta(minutes=1)

    def test_only_the_own(self, team, safe):
        before = safe.grants.get(user=team.boris).expires_at

        operations.renew_access(safes=[safe], by=team.ana)

        assert safe.grants.get(user=team.boris).expires_at == before

    def test_not_what_was_suspended(self, team, safe):
        expire(safe, team.ana)

        assert operations.renew_access(safes=[safe], by=team.ana) == 0

    def test_is_recorded(self, team, safe, recorded):
        operations.renew_access(safes=[safe], by=team.ana)

        assert recorded() == ["vault.access_renewed"]


class TestRevoke:
    def revoke(self, team, safe, of):
        operations.revoke_access(safe=safe, of=of, by=team.clara, reason="left the team")

    def test_takes_effect_at_once(self, team, safe, item, opened):
        self.revoke(team, safe, team.boris)

        with pytest.raises(NotGranted):
            opened(item, team.boris)

    def test_who_lost_the_role_does_not_count_as_the_second(self, team, safe):
        RoleGrant.objects.filter(user=team.clara).update(expires_at=in_days(-1))

        with pytest.raises(TooFewHolders):
            self.revoke(team, safe, team.boris)

    def test_never_below_two(self, team, safe):
        self.revoke(team, safe, team.boris)

        with pytest.raises(TooFewHolders):
            self.revoke(team, safe, team.ana)

        assert set(queries.holders_of(safe)) == {team.ana, team.clara}

    def test_guests_do_not_count_among_the_two(self, team, safe, give):
        give(team.olga, expires_at=in_days(1))
        self.revoke(team, safe, team.boris)

        with pytest.raises(TooFewHolders):
            self.revoke(team, safe, team.ana)

    def test_a_guest_can_always_go(self, team):
        safe = make_safe(team.ana)
        operations.give_access(
            safe=safe,
            to=team.olga,
            unlocked=team.of(team.ana),
            by=team.ana,
            reason="guest",
            expires_at=in_days(1),
        )

        self.revoke(team, safe, team.olga)

        assert set(queries.holders_of(safe)) == {team.ana}

    def test_who_was_suspended_anyway_can_go(self, team, safe):
        expire(safe, team.boris)

        self.revoke(team, safe, team.boris)

        assert set(queries.holders_of(safe)) == {team.ana, team.clara}

    def test_what_may_open_again_is_not_thrown_away_where_nobody_else_holds(self, team):
        safe = make_safe(team.ana)
        operations.start_over(user=team.ana, language="fr")

        with pytest.raises(TooFewHolders):
            self.revoke(team, safe, team.ana)

        assert queries.lost_grants_of(team.ana).exists()

    def test_who_holds_nothing(self, team, safe):
        with pytest.raises(NotGranted):
            self.revoke(team, safe, team.olga)

    def test_is_recorded(self, team, safe, recorded):
        self.revoke(team, safe, team.boris)

        entry = Entry.objects.latest("id")
        assert recorded() == ["vault.access_revoked"]
        assert (entry.actor, entry.detail) == ("clara", "boris: left the team")


class TestLimit:
    def limit(self, team, safe, of, days=2):
        end = in_days(days)
        operations.limit_access(safe=safe, of=of, until=end, by=team.clara, reason="guest now")
        return end

    def test_who_held_it_lastingly_holds_it_as_a_guest(self, team, safe):
        end = self.limit(team, safe, team.boris)

        grant = safe.grants.get(user=team.boris)
        assert (grant.expires_at, grant.firm) == (end, True)
        assert queries.may_open(team.boris, safe)
        assert operations.renew_access(safes=[safe], by=team.boris) == 0

    def test_a_later_day_becomes_the_earlier_one_and_an_earlier_one_stays(self, team, safe, give):
        give(team.olga, expires_at=in_days(60))

        ends = [self.limit(team, safe, team.olga, days) for days in (5, 30)]

        assert safe.grants.get(user=team.olga).expires_at == ends[0]

    def test_never_below_two(self, team):
        safe = make_safe(team.ana, team.boris)

        with pytest.raises(TooFewHolders):
            self.limit(team, safe, team.boris)

        assert not safe.grants.get(user=team.boris).firm

    def test_what_is_suspended_stays_so_and_comes_back_for_nobody(self, team, safe, give):
        give(team.olga)
        expire(safe, team.olga)
        self.limit(team, safe, team.olga)
        Grant.objects.exclude(user=team.olga).update(expires_at=in_days(-9))
        User.objects.filter(pk__in=[team.boris.pk, team.clara.pk]).update(is_active=False)

        assert set(queries.holders_of(safe)) == {team.ana}

    def test_what_waits_for_lost_words_is_limited_too(self, team, safe):
        operations.start_over(user=team.boris, language="fr")
        end = self.limit(team, safe, team.boris)

        assert safe.grants.get(user=team.boris).expires_at == end
        assert AccessRequest.objects.get(asker=team.boris).expires_at == end

    def test_what_is_asked_for_ends_then_too(self, team, safe):
        request = operations.ask_access(safe=safe, by=team.olga, reason="takes over")

        ends = [self.limit(team, safe, team.olga, days) for days in (5, 30)]

        request.refresh_from_db()
        assert request.expires_at == ends[0]

    def test_is_recorded_when_something_changes(self, team, safe, recorded):
        end = self.limit(team, safe, team.boris)
        self.limit(team, safe, team.boris, days=5)
        self.limit(team, safe, team.olga)

        entry = Entry.objects.latest("id")
        assert recorded() == ["vault.access_limited"]
        assert (entry.actor, entry.detail) == ("clara", f"boris until {end:%Y-%m-%d}: guest now")


class TestSuspend:
    def suspend(self, team, of, **fields):
        operations.suspend_access(of=of, by=team.ana, reason="left", **fields)

    def test_two_others_go_on_and_nothing_is_deleted(self, team, safe, item, opened):
        self.suspend(team, team.clara)

        with pytest.raises(NotGranted):
            opened(item, team.clara)
        assert set(queries.holders_of(safe)) == {team.ana, team.boris}
        assert safe.grants.filter(user=team.clara).exists()

    def test_a_holder_gives_it_anew(self, team, give, item, opened):
        self.suspend(team, team.clara)
        give(team.clara)

        assert opened(item, team.clara) == {"name": "Иван Зимин"}

    def test_never_below_two(self, team):
        safe = make_safe(team.ana, team.boris)
        self.suspend(team, team.boris)

        assert queries.lasting_holders(safe) == {team.ana.pk, team.boris.pk}

    def test_goes_behind_those_who_are_past_their_own_day(self, team, safe):
        expire(safe, team.ana, days=9)
        expire(safe, team.boris, days=400)
        self.suspend(team, team.clara)

        assert set(queries.holders_of(safe)) == {team.ana, team.boris}

    def test_one_after_the_other_two_stay(self, team, safe):
        for who in (team.ana, team.boris, team.clara):
            self.suspend(team, who)

        assert set(queries.holders_of(safe)) == {team.ana, team.boris}

    def test_opens_again_when_the_others_are_gone(self, team, safe):
        self.suspend(team, team.clara)
        User.objects.filter(pk=team.boris.pk).update(is_active=False)

        assert set(queries.holders_of(safe)) == {team.ana, team.clara}

    def test_a_guest_ends(self, team, safe, give):
        give(team.olga, expires_at=in_days(5))
        self.suspend(team, team.olga)

        assert not queries.may_open(team.olga, safe)

    def test_what_waits_for_lost_words_does_not_come_back_with_them(self, team, safe):
        operations.start_over(user=team.clara, language="fr")
        self.suspend(team, team.clara)
        Grant.objects.filter(user=team.clara).update(lost_at=None)

        assert not queries.may_open(team.clara, safe)

    def test_only_in_the_safes_that_are_meant(self, team, safe):
        other = make_safe(team.ana, team.boris, team.clara)
        self.suspend(team, team.clara, safes=Safe.objects.filter(pk=safe.pk))

        assert queries.held_safe_ids(team.clara) == {other.pk}

    def test_is_recorded_with_what_was_kept(self, team, safe, recorded):
        make_safe(team.boris, team.clara, by=team.ana)
        self.suspend(team, team.clara)
        self.suspend(team, team.olga)

        assert recorded()[-2:] == ["vault.safes_made", "vault.access_suspended"]
        assert Entry.objects.latest("id").detail == "clara: 1, kept 1: left"

    def test_a_reopened_account_opens_nothing_until_it_is_given_anew(self, team, safe, give):
        staff.deactivate(user=team.clara, by=team.ana)
        staff.reactivate(user=team.clara, by=team.ana)
        assert not queries.may_open(team.clara, safe)

        give(team.clara)
        staff.reactivate(user=team.clara, by=team.ana)
        assert queries.may_open(team.clara, safe)


class TestAsk:
    @pytest.fixture
    def request_(self, team, safe):
        return operations.ask_access(safe=safe, by=team.olga, reason="takes over")

    def answer(self, team, request, give, by=None, **kwargs):
        by = by or team.boris
        operations.answer_request(request=request, give=give, by=by, **{"unlocked": team.of(by)} | kwargs)

    def test_waits_for_every_holder(self, team, request_):
        for holder in (team.ana, team.boris, team.clara):
            assert list(queries.requests_waiting_for(holder)) == [request_]

    def test_not_for_others(self, team, request_):
        assert list(queries.requests_waiting_for(team.olga)) == []
        assert list(queries.requests_of(team.olga)) == [request_]

    def test_asking_twice_is_one_request(self, team, safe, request_, recorded):
        assert operations.ask_access(safe=safe, by=team.olga, reason="again") == request_
        assert recorded() == []

    def test_who_has_it_does_not_ask(self, team, safe):
        with pytest.raises(AlreadyHeld):
            operations.ask_access(safe=safe, by=team.ana, reason="x")

    def test_given(self, team, item, request_, opened):
        self.answer(team, request_, give=True)

        request_.refresh_from_db()
        assert opened(item, team.olga) == {"name": "Иван Зимин"}
        assert (request_.answer, request_.answered_by) == ("given", team.boris)
        assert list(queries.requests_waiting_for(team.ana)) == []

    def test_refused(self, team, item, request_, opened):
        self.answer(team, request_, give=False, unlocked=None, reason="not yours")

        request_.refresh_from_db()
        assert (request_.answer, request_.answered_by) == ("refused", team.boris)
        with pytest.raises(NotGranted):
            opened(item, team.olga)

    def test_giving_needs_an_unlock(self, team, request_):
        with pytest.raises(NotUnlocked):
            self.answer(team, request_, give=True, unlocked=None)

    @pytest.mark.parametrize("give", [True, False])
    def test_only_a_holder_answers(self, team, request_, give):
        nina = make_colleague("nina")
        unlocked = give_key(nina)

        with pytest.raises(NotGranted):
            operations.answer_request(request=request_, give=give, unlocked=unlocked, by=nina)

    @pytest.mark.parametrize("give", [True, False])
    def test_nobody_answers_the_own(self, team, request_, give):
        with pytest.raises(NotGranted):
            self.answer(team, request_, give=give, by=team.olga)

    def test_once(self, team, request_):
        self.answer(team, request_, give=False)

        with pytest.raises(AlreadyAnswered):
            self.answer(team, request_, give=True)

    def test_giving_directly_answers_it_too(self, team, request_, give):
        give(team.olga)

        request_.refresh_from_db()
        assert (request_.answer, request_.answered_by) == ("given", team.ana)

    def test_after_a_refusal_one_may_ask_again(self, team, safe, request_):
        self.answer(team, request_, give=False)

        operations.ask_access(safe=safe, by=team.olga, reason="now really")

        assert AccessRequest.objects.filter(asker=team.olga).count() == 2

    @pytest.mark.parametrize(("asked", "seen", "given"), [(9, 4, 4), (4, 9, 4), (None, 4, 4), (4, None, 4)])
    def test_what_is_given_ends_on_the_earlier_day(self, team, safe, request_, asked, seen, given):
        days = {number: in_days(number) for number in (4, 9)} | {None: None}
        operations.ask_access(safe=safe, by=team.olga, reason="x", expires_at=days[asked])
        self.answer(team, request_, give=True, until=days[seen])

        grant = safe.grants.get(user=team.olga)
        assert (grant.expires_at, grant.firm) == (days[given], True)

    def test_what_ended_meanwhile_is_not_given(self, team, safe, request_):
        with pytest.raises(GuestTimeOver):
            self.answer(team, request_, give=True, until=in_days(-1))

    def test_a_request_is_dropped_by_another(self, team, safe, request_, recorded):
        operations.drop_request(safe=safe, of=team.olga, by=team.clara, reason="taken back")

        request_.refresh_from_db()
        assert (request_.answer, request_.answered_by) == ("refused", team.clara)
        assert recorded() == ["vault.access_refused"]

    def test_ones_own_request_just_goes(self, team, safe, request_):
        operations.drop_request(safe=safe, of=team.olga, by=team.olga, reason="taken back")

        assert not AccessRequest.objects.exists()

    def test_where_nothing_waits_nothing_is_dropped(self, team, safe, recorded):
        operations.drop_request(safe=safe, of=team.ana, by=team.clara, reason="taken back")

        assert recorded() == []

    def test_is_recorded(self, team, request_, recorded):
        self.answer(team, request_, give=False, reason="not yours")

        assert recorded() == ["vault.access_refused"]
