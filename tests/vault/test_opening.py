from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.audit.models import Entry
from cases.staff.models import User
from cases.vault import operations, recalled, unlock
from cases.vault.models import Grant, Safe, SealedItem
from cases.vault.newest import newest_items
from cases.vault.operations import NewSafe, opening
from cases.vault.refusals import DoesNotOpen, NoReason, NotGranted, NotUnlocked
from tests.vault.colleagues import make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class TestOpenItem:
    def test_gives_what_was_sealed(self, team, item, opened):
        assert opened(item, team.boris) == {"name": "Иван Зимин"}

    def test_the_row_says_who_what_and_why(self, team, item, opened):
        opened(item, team.boris, reason=" to call him ")

        entry = Entry.objects.latest("id")
        assert (entry.actor, entry.action) == ("boris", "vault.opened")
        assert (entry.about, entry.detail) == (str(item.safe_id), "identity: to call him")

    def test_exactly_one_row_for_each(self, team, item, opened, recorded):
        opened(item, team.boris)
        opened(item, team.boris)

        assert recorded() == ["vault.opened", "vault.opened"]

    def test_the_row_is_committed_before_anything_is_decrypted(self, team, item, opened, monkeypatch):
        seen = []

        def decrypting(*_):
            seen.append((connection.in_atomic_block, Entry.objects.latest("id").action))
            raise DoesNotOpen

        monkeypatch.setattr("cases.vault.envelope.open_sealed", decrypting)
        with pytest.raises(DoesNotOpen):
            opened(item, team.boris)

        assert seen == [(False, "vault.opened")]

    def test_without_the_row_nothing_is_decrypted(self, team, item, opened, monkeypatch):
        def failing(*args, **kwargs):
            raise DatabaseError

        def decrypting(*_):
            pytest.fail("decrypted without a row")

        monkeypatch.setattr("cases.vault.operations.opening.record", failing)
        monkeypatch.setattr("cases.vault.envelope.open_sealed", decrypting)

        with pytest.raises(DatabaseError):
            opened(item, team.boris)

    def test_refuses_to_run_inside_a_transaction(self, team, item, opened):
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            opened(item, team.boris)

    @pytest.mark.parametrize("reason", ["", "  ", "\n"])
    def test_needs_a_reason(self, team, item, opened, recorded, reason):
        with pytest.raises(NoReason):
            opened(item, team.boris, reason=reason)

        assert recorded() == []

    def test_who_holds_nothing_gets_nothing(self, team, item, opened, recorded):
        with pytest.raises(NotGranted):
            opened(item, team.olga)

        assert recorded() == []

    def test_with_the_unlock_of_somebody_else(self, team, item):
        with pytest.raises(NotUnlocked):
            operations.open_item(item=item, reason="x", unlocked=team.of(team.ana), by=team.boris)

    def test_locked(self, team, item):
        with pytest.raises(NotUnlocked):
            operations.open_item(item=item, reason="x", unlocked=None, by=team.boris)

    def test_an_inactive_colleague(self, team, item, opened):
        User.objects.filter(pk=team.boris.pk).update(is_active=False)

        with pytest.raises(NotGranted):
            opened(item, team.boris)


class TestOpenQuietly:
    def test_many_with_one_row(self, team, recorded):
        safes = [make_safe(team.ana, items={"identity": {"name": name}}) for name in ("А", "Б", "В")]
        before = len(recorded())

        found = operations.open_quietly(
            items=newest_items(safes, "identity"),
            purpose="my people",
            unlocked=team.of(team.ana),
            by=team.ana,
        )

        assert sorted(content["name"] for content in found.values()) == ["А", "Б", "В"]
        assert recorded()[before:] == ["vault.opened_quietly"]

    def test_what_one_cannot_open_is_left_out(self, team):
        own, foreign = make_safe(team.ana), make_safe(team.boris)

        found = operations.open_quietly(
            items=[own.items.get(), foreign.items.get()],
            purpose="my people",
            unlocked=team.of(team.ana),
            by=team.ana,
        )

        assert set(found) == {own.items.get().pk}

    def test_a_single_one_is_recorded_with_its_safe(self, team, item):
        operations.open_quietly(items=[item], purpose="contact card", unlocked=team.of(team.ana), by=team.ana)

        entry = Entry.objects.latest("id")
        assert (entry.about, entry.detail) == (str(item.safe_id), "contact card: 1")

    def test_nothing_held_records_nothing(self, team, item, recorded):
        found = operations.open_quietly(items=[item], purpose="x", unlocked=team.of(team.olga), by=team.olga)

        assert (found, recorded()) == ({}, [])

    def test_a_damaged_one_is_recorded_and_the_others_open(self, team, recorded):
        whole, damaged = make_safe(team.ana), make_safe(team.ana)
        SealedItem.objects.filter(safe=damaged).update(envelope=b"\x01" + bytes(1400))

        found = operations.open_quietly(
            items=newest_items([whole, damaged], "identity"),
            purpose="my people",
            unlocked=team.of(team.ana),
            by=team.ana,
        )

        assert set(found) == {whole.items.get().pk}
        assert recorded()[-2:] == ["vault.opened_quietly", "vault.damaged"]
        assert Entry.objects.latest("id").about == str(damaged.pk)

    def test_locked(self, team, item):
        with pytest.raises(NotUnlocked):
            operations.open_quietly(items=[item], purpose="x", unlocked=None, by=team.ana)

    def test_without_the_row_nothing(self, team, item, monkeypatch):
        def failing(*args, **kwargs):
            raise DatabaseError

        monkeypatch.setattr("cases.vault.operations.opening.record", failing)
        with pytest.raises(DatabaseError):
            operations.open_quietly(items=[item], purpose="x", unlocked=team.of(team.ana), by=team.ana)

    def test_once_a_day_one_row_for_each_colleague_and_safe(self, team, item, recorded):
        other = make_safe(team.ana).items.get()
        before = len(recorded())

        for person, one in [(team.ana, item), (team.ana, item), (team.boris, item), (team.ana, other)]:
            found = operations.open_quietly(
                items=[one], purpose="x", unlocked=team.of(person), by=person, once_a_day=True
            )
            assert list(found) == [one.pk]

        rows = Entry.objects.order_by("id").values_list("actor", "action", "about")
        assert list(rows)[-3:] == [
            ("ana", "vault.opened_quietly", str(item.safe_id)),
            ("boris", "vault.opened_quietly", str(item.safe_id)),
            ("ana", "vault.opened_quietly", str(other.safe_id)),
        ]
        assert len(recorded()[before:]) == 3

    def test_the_next_day_begins_with_a_row(self, team, item, recorded, monkeypatch):
        def open_it():
            operations.open_quietly(
                items=[item], purpose="x", unlocked=team.of(team.ana), by=team.ana, once_a_day=True
            )

        open_it()
        tomorrow = timezone.localdate() + timedelta(days=1)
        monkeypatch.setattr("cases.audit.queries.timezone.localdate", lambda: tomorrow)
        open_it()

        assert recorded()[-2:] == ["vault.opened_quietly"] * 2

    def test_the_first_row_of_the_day_is_committed_before_anything_is_decrypted(
        self, team, item, monkeypatch
    ):
        seen = []
        unlocked = team.of(team.ana)

        def decrypting(*_):
            seen.append((connection.in_atomic_block, Entry.objects.latest("id").action))
            raise DoesNotOpen

        monkeypatch.setattr("cases.vault.envelope.open_sealed", decrypting)
        operations.open_quietly(items=[item], purpose="x", unlocked=unlocked, by=team.ana, once_a_day=True)

        assert seen == [(False, "vault.opened_quietly")]

    def test_inside_a_transaction_not_even_the_second_opening_of_a_day(self, team, item):
        def open_it():
            operations.open_quietly(
                items=[item], purpose="x", unlocked=team.of(team.ana), by=team.ana, once_a_day=True
            )

        open_it()
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            open_it()

    @pytest.mark.parametrize("number", [1, 3])
    def test_takes_a_fixed_number_of_queries(self, team, number, django_assert_num_queries):
        safes = [make_safe(team.ana) for _ in range(number)]
        items = list(newest_items(safes, "identity"))

        # The grants; the audit row between begin and commit; whose safes these are.
        with django_assert_num_queries(5):
            operations.open_quietly(items=items, purpose="x", unlocked=team.of(team.ana), by=team.ana)


class TestSearch:
    @pytest.fixture
    def people(self, team):
        names = ["Иван Зимин", "Пётр Зимин", "Анна Летова"]
        plans = [NewSafe("identity", [team.ana], {"identity": {"name": name}}) for name in names]
        return operations.make_safes(new=plans, by=team.ana)

    def look(self, team, test, user=None, **kwargs):
        user = user or team.ana
        where = {"kind": "identity", "item_kind": "identity"} | kwargs
        return operations.search(test=test, unlocked=team.of(user), by=user, **where)

    def test_best_first(self, team, people):
        scores = {"Иван Зимин": 0.5, "Пётр Зимин": 0.9, "Анна Летова": 0.0}

        hits = self.look(team, lambda content: scores[content["name"]])

        assert hits == [(people[1].pk, 0.9), (people[0].pk, 0.5)]

    def test_only_in_what_one_holds(self, team, people):
        assert self.look(team, lambda content: 1.0, user=team.olga) == []

    def test_only_in_what_was_asked_for(self, team, people):
        assert self.look(team, lambda content: 1.0, item_kind="contact") == []
        assert self.look(team, lambda content: 1.0, kind="account") == []

    def test_only_in_the_newest_version(self, team, people):
        operations.seal(safe=people[0], kind="identity", content={"name": "Новый"}, by=team.ana)

        hits = self.look(team, lambda content: float("Иван" in content["name"]))

        assert hits == []

    def test_one_row_without_the_terms(self, team, people, recorded):
        before = len(recorded())

        self.look(team, lambda content: float("Летова" in content["name"]))

        entry = Entry.objects.latest("id")
        assert recorded()[before:] == ["vault.searched"]
        assert (entry.about, entry.detail) == ("", "identity: 3")

    def test_a_damaged_one_hides_no_other(self, team, people):
        Grant.objects.filter(content_object=people[0]).update(sealed_root=bytes(1200))

        assert {safe for safe, _ in self.look(team, lambda content: 1.0)} == {people[1].pk, people[2].pk}

    def test_locked(self, team, people):
        with pytest.raises(NotUnlocked):
            operations.search(
                kind="identity",
                item_kind="identity",
                test=lambda content: 1.0,
                unlocked=team.of(team.ana),
                by=team.boris,
            )


class TestSearchingAgain:
    """What the first search opened is not opened again, and outlives nothing that it should not outlive."""

    @pytest.fixture
    def people(self, team):
        plans = [
            NewSafe("identity", [team.ana], {"identity": {"name": name}}) for name in ("Зимин", "Летова")
        ]
        return operations.make_safes(new=plans, by=team.ana)

    @pytest.fixture
    def look(self, team, people, monkeypatch):
        """Search as Ana; answers with the names that were seen and with how often something was opened."""
        unlocked, opened = team.of(team.ana), []
        real = opening._content
        monkeypatch.setattr(opening, "_content", lambda *given: opened.append(given[0].pk) or real(*given))

        def do(unlocked=unlocked):
            seen = []
            opened.clear()
            where = {"kind": "identity", "item_kind": "identity", "unlocked": unlocked, "by": team.ana}
            hits = operations.search(test=lambda content: seen.append(content["name"]) or 1.0, **where)
            return sorted(seen), len(opened), {safe for safe, _score in hits}

        return do

    def test_nothing_is_opened_twice(self, look, people):
        first = look()

        assert first == (["Зимин", "Летова"], 2, {safe.pk for safe in people})
        assert look() == (first[0], 0, first[2])

    def test_what_is_new_or_taken_away_counts(self, look, people, team):
        look()
        operations.seal(safe=people[0], kind="identity", content={"name": "Сомов"}, by=team.ana)
        Grant.objects.filter(content_object=people[1]).delete()

        assert look() == (["Сомов"], 1, {people[0].pk})
        # What is not held any more is not kept either.
        assert len(recalled.recall(team.of(team.ana))) <= 1

    def test_what_was_put_into_the_place_of_another_is_not_found(self, look, people):
        look()
        Safe.objects.filter(pk=people[0].pk).update(bond=b"of somebody else")

        assert look()[2] == {people[1].pk}

    def test_another_unlock_and_a_lock_begin_anew(self, look, team):
        look()
        later = replace(team.of(team.ana), since=unlock.boottime() + 1)
        assert look(later)[1] == 2
        assert look(later)[1] == 0

        unlock.drop(team.ana.pk)
        assert look(later)[1] == 2

    def test_the_file_tells_nothing_without_the_root(self, look, team, settings):
        look()
        [file] = Path(settings.RUNTIME_DIR).glob("recalled-*")
        held = file.read_bytes()

        assert file.stat().st_mode & 0o777 == 0o600
        assert not any(
            name.encode(code) in held for name in ("Зимин", "Летова") for code in ("utf-8", "utf-16-le")
        )
        other = replace(team.of(team.ana), root=bytes(32))
        assert recalled.recall(other) == {}
        file.write_bytes(held[:-1] + bytes([held[-1] ^ 1]))
        assert look()[1] == 2
