from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from cases.staff.models import RoleGrant, User
from cases.vault import operations, queries
from cases.vault.models import Grant, Keyring
from cases.vault.newest import newest_items
from cases.vault.refusals import NotSetUp
from tests.vault.colleagues import make_colleague, make_safe

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


class TestHolding:
    def test_may_open(self, team, safe):
        assert queries.may_open(team.ana, safe)
        assert not queries.may_open(team.olga, safe)

    def test_held_safe_ids(self, team, safe):
        own, foreign = make_safe(team.ana), make_safe(team.olga)

        assert queries.held_safe_ids(team.ana) == {safe.pk, own.pk}
        assert queries.held_safe_ids(team.ana, [own, foreign.pk]) == {own.pk}

    def test_holders(self, team, safe):
        assert set(queries.holders_of(safe)) == {team.ana, team.boris, team.clara}

    @pytest.mark.parametrize("number", [1, 3])
    def test_takes_one_query(self, team, number, django_assert_num_queries):
        for _ in range(number):
            make_safe(team.ana)

        with django_assert_num_queries(1):
            assert len(queries.grants_of(team.ana)) == number


class TestItems:
    def test_newest_of_each_safe(self, team):
        one, two, empty = make_safe(team.ana), make_safe(team.ana), make_safe(team.ana, items={})
        newer = operations.seal(safe=one, kind="identity", content={}, by=team.ana)

        found = newest_items([one, two.pk, empty], "identity")

        assert {item.pk for item in found} == {newer.pk, two.items.get().pk}

    def test_item_of(self, team, safe):
        assert queries.item_of(safe, "identity") == safe.items.get()
        assert queries.item_of(safe, "contact") is None


class TestFaults:
    def test_a_safe_with_one_holder_is_thin(self, team, safe):
        thin = make_safe(team.ana)

        assert list(queries.thin_safes_for(team.ana)) == [thin]
        assert list(queries.thin_safes_for(team.olga)) == []

    def test_a_guest_does_not_mend_it(self, team):
        thin = make_safe(team.ana)
        operations.give_access(
            safe=thin,
            to=team.boris,
            unlocked=team.of(team.ana),
            by=team.ana,
            reason="guest",
            expires_at=timezone.now() + timedelta(days=1),
        )

        assert list(queries.thin_safes_for(team.ana)) == [thin]

    def test_a_second_holder_does(self, team):
        thin = make_safe(team.ana)
        operations.give_access(
            safe=thin, to=team.boris, unlocked=team.of(team.ana), by=team.ana, reason="second"
        )

        assert list(queries.thin_safes_for(team.ana)) == []

    def test_who_left_makes_it_thin(self, team):
        safe = make_safe(team.ana, team.boris)
        User.objects.filter(pk=team.boris.pk).update(is_active=False)

        assert list(queries.thin_safes_for(team.ana)) == [safe]

    def test_who_lost_the_role_makes_it_thin(self, team):
        safe = make_safe(team.ana, team.boris)
        RoleGrant.objects.filter(user=team.boris).delete()

        assert list(queries.thin_safes_for(team.ana)) == [safe]
        assert list(queries.only_held_by(team.ana)) == [safe]


class TestExpiring:
    @pytest.mark.parametrize(("days", "found"), [(13, True), (-3, True), (15, False)])
    def test_soon_or_kept_alive(self, team, days, found):
        make_safe(team.ana)
        Grant.objects.update(expires_at=timezone.now() + timedelta(days=days))

        assert queries.expiring_for(team.ana).exists() is found


class TestRequests:
    def test_of_who_left_do_not_wait(self, team, safe):
        operations.ask_access(safe=safe, by=team.olga, reason="x")
        User.objects.filter(pk=team.olga.pk).update(is_active=False)

        assert not queries.requests_waiting_for(team.ana).exists()

    def test_open_request(self, team, safe):
        assert queries.open_request(safe, team.olga) is None

        request = operations.ask_access(safe=safe, by=team.olga, reason="x")

        assert queries.open_request(safe, team.olga) == request

    @pytest.mark.parametrize("number", [1, 3])
    def test_list_takes_one_query(self, team, number, django_assert_num_queries):
        for _ in range(number):
            operations.ask_access(safe=make_safe(team.ana), by=team.olga, reason="x")

        with django_assert_num_queries(1):
            assert [(r.asker.username, r.safe.kind) for r in queries.requests_waiting_for(team.ana)] == [
                ("olga", "identity")
            ] * number


class TestReaders:
    def test_only_who_has_a_believed_and_confirmed_key(self, team):
        newcomer = make_colleague("nina")
        Keyring.objects.filter(user=team.clara).update(mac=b"planted")
        operations.start_over(user=team.olga, language="en")

        assert queries.ready_readers([team.ana, newcomer, team.boris, team.clara, team.olga]) == [
            team.ana,
            team.boris,
        ]

    def test_the_own_changed_key_is_ready(self, team):
        operations.start_over(user=team.olga, language="en")

        assert queries.ready_readers([team.olga], by=team.olga) == [team.olga]


class TestKeyrings:
    def test_has_key(self, team):
        assert queries.has_key(team.ana)
        assert not queries.has_key(make_colleague("nina"))

    def test_without_one(self, team):
        nina = make_colleague("nina")

        with pytest.raises(NotSetUp):
            queries.keyring_of(nina)
        with pytest.raises(Http404):
            queries.find_keyring(nina.pk)

    def test_words_in_each_language(self, team):
        words = queries.fingerprints_of(queries.keyring_of(team.ana))

        assert [len(text.split()) for _, text in words] == [6, 6, 6]
