import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from cases.audit.models import Entry
from cases.audit.operations import record
from cases.staff.models import User, random_id
from cases.vault import marks, operations, soundness
from cases.vault.envelope import KeyPair
from cases.vault.files import chunks
from cases.vault.models import (
    Grant,
    Keyring,
    Mark,
    OfficerPair,
    OrganisationKey,
    Safe,
    SealedFile,
    SealedItem,
)
from cases.vault.operations import NewSafe
from cases.vault.shares import combine
from tests.vault.colleagues import make_safe, make_team

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def safes(team):
    """Three names, each with two documents, two of them made in one go, and one that was changed since."""
    plan = NewSafe("identity", [team.ana, team.boris], {"identity": {"name": "Иван Зимин"}, "contact": {}})
    made = operations.make_safes(new=[plan, plan], by=team.ana)
    made.append(make_safe(team.boris, team.clara, items={"identity": {"name": "Пётр"}, "contact": {}}))
    operations.seal(safe=made[2], kind="identity", content={"name": "Пётр Зимин"}, by=team.olga)
    return made


def found():
    return {one.code: one.count for one in soundness.check()}


def item_of(safe, kind="identity"):
    return SealedItem.objects.filter(safe=safe, kind=kind).order_by("-version").first()


def test_nothing_is_found_in_a_whole_vault(safes):
    assert found() == {}


def test_nothing_is_found_in_an_empty_one(team):
    operations.make_safes(new=[], by=team.ana)

    assert found() == {}


class TestHolding:
    def test_a_safe_with_one_holder(self, team, safes):
        Grant.objects.filter(content_object=safes[0], user=team.boris).delete()

        assert found() == {"thin_safes": 1}

    def test_a_guest_does_not_count(self, team, safes):
        Grant.objects.filter(content_object=safes[0], user=team.boris).update(
            firm=True, expires_at=timezone.now() + timedelta(days=1)
        )

        assert found() == {"thin_safes": 1}

    def test_a_key_of_a_closed_account(self, team, safes):
        User.objects.filter(pk=team.clara.pk).update(is_active=False)

        assert found() == {"thin_safes": 1, "closed_accounts": 1}

    def test_keys_and_items_of_an_earlier_version(self, team, safes):
        Grant.objects.filter(content_object=safes[0], user=team.boris).update(key_version=7)
        SealedItem.objects.filter(safe=safes[1]).update(key_version=7)

        assert found() == {"old_keys": 1, "old_items": 2}


class TestOfficers:
    @pytest.fixture
    def named(self, team, safes):
        operations.name_officers(users=[team.ana, team.olga], root=combine(team.papers[:2]))

    def test_two_who_can_act(self, named):
        assert found() == {}

    def test_one_whose_account_was_closed(self, team, named):
        User.objects.filter(pk=team.olga.pk).update(is_active=False)

        assert found() == {"officers": 1}

    def test_pairs_of_an_earlier_key_put_back(self, team, named):
        OfficerPair.objects.filter(first__user=team.olga).update(first_version=7)

        assert found() == {"pairs": 1}


class TestKeys:
    def test_a_planted_key_of_a_safe(self, safes):
        Safe.objects.filter(pk=safes[0].pk).update(public_key=KeyPair.from_root(bytes(32)).public.raw)

        assert found() == {"unvouched_safes": 1, "changed_safes": 1}

    def test_a_planted_key_of_a_colleague(self, team, safes):
        Keyring.objects.filter(user=team.olga).update(public_key=KeyPair.from_root(bytes(32)).public.raw)

        assert found() == {"unvouched_keyrings": 1, "unvouched_confirmations": 1}

    def test_a_planted_confirmation(self, team, safes):
        Keyring.objects.filter(user=team.olga).update(confirmed_by=team.ana)

        assert found() == {"unvouched_confirmations": 1}

    def test_a_key_that_waits_to_be_compared_is_no_fault(self, team, safes):
        Keyring.objects.filter(user=team.olga).update(confirmed_at=None, confirmed_by=None, confirmation=None)

        assert found() == {}

    def test_another_organisation_key(self, safes):
        OrganisationKey.objects.update(public_key=KeyPair.from_root(bytes(32)).public.raw)

        assert found() == {"organisation_key": 1}

    def test_another_file_of_it(self, safes, settings):
        settings.ORGANISATION_KEY_FILE.write_text(KeyPair.from_root(bytes(32)).public.raw.hex())

        assert found() == {"organisation_key": 1}

    def test_a_wrap_that_cannot_be_one(self, safes):
        Safe.objects.filter(pk=safes[1].pk).update(organisation_wrap=bytes(200))

        assert found() == {"wraps": 1, "changed_safes": 1}

    def test_a_wrap_of_another_safe(self, safes):
        Safe.objects.filter(pk=safes[1].pk).update(organisation_wrap=safes[0].organisation_wrap)

        assert found() == {"changed_safes": 1}

    def test_without_the_pepper_nothing_is_said_to_be_whole(self, safes, settings):
        settings.PEPPER_FILE.unlink()

        assert found() == {"pepper": 1}


class TestRows:
    def test_a_changed_byte(self, safes):
        item = item_of(safes[0])
        envelope = bytearray(item.envelope)
        envelope[700] ^= 1
        SealedItem.objects.filter(pk=item.pk).update(envelope=bytes(envelope))

        assert found() == {"changed_items": 1}

    def test_two_items_swapped(self, safes):
        first, second = item_of(safes[0]), item_of(safes[1])
        SealedItem.objects.filter(pk=first.pk).update(envelope=second.envelope)
        SealedItem.objects.filter(pk=second.pk).update(envelope=first.envelope)

        assert found() == {"changed_items": 2}

    def test_the_newest_version_deleted(self, safes):
        item_of(safes[2]).delete()

        assert found() == {"missing": 1}

    def test_the_newest_version_overwritten_by_the_one_before(self, safes):
        old = SealedItem.objects.get(safe=safes[2], kind="identity", version=1)
        SealedItem.objects.filter(safe=safes[2], kind="identity", version=2).update(envelope=old.envelope)

        assert found() == {"changed_items": 1}

    def test_an_item_that_somebody_put_there(self, safes):
        item = item_of(safes[0])
        item.pk, item.version = marks.UUID(int=7), 2
        item.save(force_insert=True)

        assert found() == {"unrecorded": 1}

    def test_a_whole_safe_deleted(self, safes):
        SealedItem.objects.filter(safe=safes[0]).delete()
        Grant.objects.filter(content_object=safes[0]).delete()
        safes[0].delete()

        assert found() == {"missing": 3}

    def test_what_is_sealed_again_and_recorded_is_as_it_should_be(self, safes):
        item = item_of(safes[0])
        item.envelope = bytes(item.envelope) + b"."
        item.save()
        record("vault.sealed", by=None, detail=f"digest {marks.keep(items=[item])}")

        assert found() == {}

    def test_back_to_what_it_was_before_that(self, safes):
        item = item_of(safes[0])
        before = bytes(item.envelope)
        item.envelope = before + b"."
        item.save()
        record("vault.sealed", by=None, detail=f"digest {marks.keep(items=[item])}")
        SealedItem.objects.filter(pk=item.pk).update(envelope=before)

        assert found() == {"changed_items": 1}

    def test_what_is_removed_and_recorded_is_not_missed(self, safes):
        item = item_of(safes[0])
        record("vault.removed", by=None, detail=f"digest {marks.keep(removed=[item.pk])}")
        item.delete()

        assert found() == {}


class TestMarks:
    """Who deletes or plants an item would also have to bend the marks; the log then tells."""

    def last_sealed(self):
        entry = Entry.objects.filter(action="vault.sealed").latest("id")
        return Mark.objects.filter(batch=bytes.fromhex(entry.detail[-64:]))

    def test_the_item_and_its_mark_deleted(self, safes):
        item_of(safes[2]).delete()
        self.last_sealed().delete()

        assert found() == {"marks": 1}

    def test_the_mark_moved_to_another_item(self, safes):
        item_of(safes[2]).delete()
        self.last_sealed().update(thing=item_of(safes[0]).pk)

        assert found() == {"marks": 1}

    def test_the_mark_of_the_earlier_content_put_last_again(self, safes):
        item = item_of(safes[0])
        first = Entry.objects.get(action="vault.safes_made", detail__startswith="safes 2").detail
        before = bytes(item.envelope)
        item.envelope = before + b"."
        item.save()
        record("vault.sealed", by=None, detail=f"digest {marks.keep(items=[item])}")
        SealedItem.objects.filter(pk=item.pk).update(envelope=before)
        record("vault.sealed", by=None, detail=first)

        assert found() == {"changed_items": 1}

    def test_a_mark_made_without_the_pepper(self, safes, settings):
        item = item_of(safes[0])
        envelope = bytes(item.envelope) + b"."
        SealedItem.objects.filter(pk=item.pk).update(envelope=envelope)
        item.envelope = envelope
        pepper = settings.PEPPER_FILE.read_text()
        settings.PEPPER_FILE.write_text("11" * 32)
        digest = marks.keep(items=[item])
        settings.PEPPER_FILE.write_text(pepper)
        record("vault.sealed", by=None, detail=f"digest {digest}")

        assert found() == {"marks": 1, "changed_items": 1}

    def test_a_forged_new_beginning(self, safes):
        item_of(safes[2]).delete()
        record("vault.adopted", by=None, detail="safes 0, items 0, digest " + 64 * "a")

        assert found() == {"missing": 1, "marks": 1}

    def test_everything_deleted(self, safes):
        Mark.objects.all().delete()

        assert found() == {"marks": 3, "unrecorded": 10}


def test_a_missing_part_of_a_file(team, safes):
    fields = {"safe": safes[0], "key_item": item_of(safes[0]), "uploaded_by": team.ana, "key_check": b"."}
    file = SealedFile.objects.create(size=70, state="whole", kind="mp3", finished_at=timezone.now(), **fields)
    chunks.write(file, 0, bytes(70), bytes(32))
    assert found() == {}

    chunks.write(file, 0, bytes(69), bytes(32))
    assert found() == {"files": 1}

    chunks.remove_all(file)
    assert found() == {"files": 1}


def test_what_was_sealed_before_there_were_marks_is_adopted(safes):
    import importlib

    from django.apps import apps

    migration = importlib.import_module("cases.vault.migrations.0008_adopt_what_is_sealed")
    Mark.objects.all().delete()
    assert found() != {}

    with connection.schema_editor() as editor:
        migration.mark_what_is_there(apps, editor)

    assert found() == {}
    assert Entry.objects.latest("id").action == "vault.adopted"
    item_of(safes[2]).delete()
    assert found() == {"missing": 1}


@pytest.mark.parametrize(("code", "sentences"), soundness.findings.SENTENCES.items())
def test_every_finding_is_a_sentence(code, sentences):
    for count in (1, 5):
        said = str(soundness.Finding(code, count))
        assert said.endswith(".")
        assert "%" not in said


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
class TestCommand:
    def call(self, *arguments):
        said = StringIO()
        try:
            call_command("vault_check", *arguments, stdout=said)
        except SystemExit as end:
            return end.code, said.getvalue()
        return 0, said.getvalue()

    @pytest.fixture
    def safe(self, vault):
        people = make_team()
        safe = make_safe(people.ana, people.boris)
        # The log outlives the tests before this one, what they sealed does not: begin here.
        adopted = marks.keep(safes=[safe], items=safe.items.all(), removed=[random_id()])
        record("vault.adopted", by=None, detail=f"digest {adopted}")
        return safe

    def test_whole(self, safe, recorded):
        assert self.call() == (0, "The vault is whole.\n")
        assert recorded()[-1] == "vault.found_whole"

    def test_faulty(self, safe):
        SealedItem.objects.update(key_version=7)

        assert self.call() == (
            1,
            "1 sealed item is still sealed with an earlier key of its safe.\n",
        )
        entry = Entry.objects.latest("id")
        assert (entry.action, entry.detail) == ("vault.found_faulty", "old_items 1")

    def test_for_a_program(self, safe):
        SealedItem.objects.all().delete()

        code, said = self.call("--json")

        assert code == 1
        assert json.loads(said) == {
            "whole": False,
            "findings": [
                {
                    "code": "missing",
                    "count": 1,
                    "sentence": "1 safe or sealed item that was recorded is gone.",
                }
            ],
        }

    def test_what_is_sealed_meanwhile_is_no_fault(self, safe, monkeypatch):
        """It comes between two statements of the check, from another connection."""
        real = soundness.rows._recorded

        def slowly():
            first = real()
            from threading import Thread

            def seal():
                operations.seal(safe=safe, kind="contact", content={}, by=User.objects.get(username="ana"))
                connections.close_all()

            other = Thread(target=seal)
            other.start()
            other.join()
            return first

        monkeypatch.setattr(soundness.rows, "_recorded", slowly)

        assert operations.check_vault(by=None) == []
        monkeypatch.undo()
        assert operations.check_vault(by=None) == []
        assert SealedItem.objects.filter(kind="contact").count() == 1
