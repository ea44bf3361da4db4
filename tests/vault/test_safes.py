import pytest

from cases.audit.models import Entry
from cases.staff.roles import Role
from cases.vault import marks, operations, queries
from cases.vault.models import Grant, Keyring, Safe, SealedItem
from cases.vault.operations import NewSafe
from cases.vault.refusals import KeyNotBelieved, KeyNotConfirmed, NoOrganisationKey, ReaderHasNoKey
from tests.vault.colleagues import give_key, make_colleague, make_safe

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


class TestMakeSafes:
    def test_in_the_order_given(self, team):
        plans = [NewSafe(kind, [team.ana], {"identity": {}}) for kind in ("identity", "account", "identity")]

        safes = operations.make_safes(new=plans, by=team.ana)

        assert [safe.kind for safe in safes] == ["identity", "account", "identity"]
        assert set(Safe.objects.values_list("pk", flat=True)) == {safe.pk for safe in safes}

    def test_each_reader_can_open(self, team, opened):
        safe = make_safe(team.ana, team.boris, by=team.clara)

        for reader in (team.ana, team.boris):
            assert opened(safe.items.get(), reader) == {"name": "Иван Зимин"}

    def test_who_made_it_need_not_be_able_to_read(self, team):
        safe = make_safe(team.ana, by=team.olga)

        assert set(queries.holders_of(safe)) == {team.ana}

    def test_several_items(self, team, opened):
        safe = make_safe(team.ana, items={"identity": {"name": "А"}, "contact": {"phone": "+7"}})

        assert opened(queries.item_of(safe, "contact"), team.ana) == {"phone": "+7"}
        assert opened(queries.item_of(safe, "identity"), team.ana) == {"name": "А"}

    def test_a_reader_named_twice_gets_one_grant(self, team):
        assert make_safe(team.ana, team.ana).grants.count() == 1

    def test_is_recorded_once_and_last(self, team, recorded):
        safe = make_safe(team.ana, team.boris)

        assert recorded() == ["vault.safes_made"]
        assert Entry.objects.latest("id").about == str(safe.pk)

    def test_nothing_readable_is_stored(self, team):
        safe = make_safe(team.ana, items={"identity": {"name": "Zimin-Canary"}})

        columns = [
            bytes(safe.items.get().envelope),
            bytes(safe.organisation_wrap),
            bytes(safe.grants.get().sealed_root),
        ]
        assert all(
            b"Canary" not in column and "Canary".encode("utf-16le") not in column for column in columns
        )

    def test_a_reader_without_key_is_refused_and_nothing_made(self, team):
        newcomer = make_colleague("nina")

        with pytest.raises(ReaderHasNoKey):
            make_safe(team.ana, newcomer)

        assert Safe.objects.count() == 0

    @pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.AUDITOR])
    def test_a_reader_who_may_not_use_the_vault_is_refused(self, team, role):
        outsider = make_colleague("nina", role)
        give_key(outsider)

        with pytest.raises(ReaderHasNoKey):
            make_safe(team.ana, outsider)

    def test_a_planted_key_of_a_reader_is_refused(self, team):
        Keyring.objects.filter(user=team.boris).update(public_key=team.olga.keyring.public_key)

        with pytest.raises(KeyNotBelieved):
            make_safe(team.ana, team.boris)

    def test_a_changed_key_waits_for_its_confirmation(self, team):
        operations.start_over(user=team.boris, language="en")

        with pytest.raises(KeyNotConfirmed) as refusal:
            make_safe(team.ana, team.boris)

        assert refusal.value.user_id == team.boris.pk

    def test_the_own_changed_key_needs_none(self, team):
        operations.start_over(user=team.boris, language="en")

        assert make_safe(team.boris).grants.count() == 1

    def test_without_organisation_key(self, vault):
        ana = make_colleague("ana")
        give_key(ana)

        with pytest.raises(NoOrganisationKey):
            make_safe(ana)

    def test_unknown_kind_is_refused(self, team):
        with pytest.raises(ValueError, match="other"):
            make_safe(team.ana, kind="other")

    def test_many_take_a_fixed_number_of_queries(self, team, django_assert_num_queries):
        plans = [
            NewSafe("identity", [team.ana, team.boris], {"identity": {"name": str(n)}}) for n in range(30)
        ]
        team.ana.roles, team.boris.roles  # noqa: B018

        # Key, readers, permission; safes, items, grants, marks in one statement each; the audit row; the savepoint.
        with django_assert_num_queries(10):
            operations.make_safes(new=plans, by=team.ana)

    def test_nothing_to_make(self, team):
        assert operations.make_safes(new=[], by=team.ana) == []


class TestSeal:
    def test_needs_neither_grant_nor_unlock(self, team, safe, opened):
        item = operations.seal(safe=safe, kind="contact", content={"phone": "+7"}, by=team.olga)

        assert (item.version, item.sealed_by) == (1, "olga")
        assert opened(item, team.ana) == {"phone": "+7"}

    def test_the_newest_counts_and_the_older_stays(self, team, safe, opened):
        operations.seal(safe=safe, kind="identity", content={"name": "Пётр Зимин"}, by=team.boris)

        newest = queries.item_of(safe, "identity")
        assert (newest.version, opened(newest, team.ana)) == (2, {"name": "Пётр Зимин"})
        assert opened(safe.items.get(version=1), team.ana) == {"name": "Иван Зимин"}

    def test_is_recorded_with_the_digest(self, team, safe, recorded):
        item = operations.seal(safe=safe, kind="contact", content={}, by=team.ana)

        entry = Entry.objects.latest("id")
        assert recorded() == ["vault.sealed"]
        assert (
            entry.detail == f"contact 1, digest {marks.digest([(item.pk, marks.leaf_of_item(item))]).hex()}"
        )

    def test_nothing_is_sealed_to_a_planted_key(self, team, safe):
        Safe.objects.filter(pk=safe.pk).update(public_key=make_safe(team.olga).public_key)

        with pytest.raises(KeyNotBelieved):
            operations.seal(safe=safe, kind="contact", content={}, by=team.ana)

        assert SealedItem.objects.filter(kind="contact").count() == 0


def test_grants_carry_who_gave_them_and_for_how_long(team, safe):
    grant = Grant.objects.get(content_object=safe, user=team.boris)

    assert (grant.granted_by, grant.key_version, grant.firm) == (team.ana, 1, False)
    assert (grant.expires_at - grant.created_at).days in (89, 90)
