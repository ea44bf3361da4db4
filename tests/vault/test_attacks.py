"""Who can write to the database, or holds some of the secrets, opens nothing. Each test plants one attack."""

import secrets

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from guardian.core import ObjectPermissionChecker

from cases.staff.models import User
from cases.staff.roles import Role
from cases.vault import envelope, operations, pepper, queries
from cases.vault.envelope import KeyPair
from cases.vault.models import Grant, Keyring, Safe, SealedItem
from cases.vault.operations.safes import grant_info
from cases.vault.refusals import (
    DoesNotOpen,
    KeyNotBelieved,
    KeyNotConfirmed,
    NotComparedYourself,
    NotGranted,
    NotUnlocked,
    WrongPassphrase,
)
from tests.vault.colleagues import give_key, make_colleague, make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def other(team):
    """A second person, whom Olga alone can open."""
    return make_safe(team.olga, items={"identity": {"name": "Анна Летова"}})


def swap(one, two, column):
    """Exchange a column of two rows, as somebody with an SQL prompt would."""
    first, second = getattr(one, column), getattr(two, column)
    type(one).objects.filter(pk=one.pk).update(**{column: second})
    type(two).objects.filter(pk=two.pk).update(**{column: first})


def insert_grant(safe, user, sealed_root):
    return Grant.objects.create(
        content_object=safe,
        user=user,
        permission=Permission.objects.get(codename="open_safe"),
        sealed_root=sealed_root,
        key_version=1,
        granted_by=user,
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )


class TestSuperuser:
    @pytest.fixture
    def root(self, team):
        return make_colleague("root", role=None, is_superuser=True)

    def test_guardian_would_say_yes(self, root, safe):
        assert ObjectPermissionChecker(root).has_perm("open_safe", safe)

    def test_the_vault_says_no(self, root, item):
        unlocked = give_key(root)

        with pytest.raises(NotGranted):
            operations.open_item(item=item, reason="x", unlocked=unlocked, by=root)

    def test_nor_quietly_nor_by_search(self, root, item):
        unlocked = give_key(root)

        assert operations.open_quietly(items=[item], purpose="x", unlocked=unlocked, by=root) == {}
        hits = operations.search(
            kind="identity", item_kind="identity", test=lambda content: 1.0, unlocked=unlocked, by=root
        )
        assert hits == []

    def test_nor_as_somebody_else(self, root, team, item):
        unlocked = give_key(root)
        Grant.objects.filter(user=team.boris).update(user=root)

        with pytest.raises(DoesNotOpen):
            operations.open_item(item=item, reason="x", unlocked=unlocked, by=root)


class TestMovedRows:
    def test_a_grant_moved_to_a_colleague(self, team, item, opened):
        Grant.objects.filter(user=team.boris).update(user=team.olga)

        with pytest.raises(DoesNotOpen):
            opened(item, team.olga)

    def test_a_grant_moved_to_another_safe(self, team, item, other, opened):
        Grant.objects.filter(content_object=other, user=team.olga).update(content_object=item.safe)

        with pytest.raises(DoesNotOpen):
            opened(item, team.olga)

    def test_keys_of_two_grants_exchanged(self, team, safe, item, other, opened):
        swap(safe.grants.get(user=team.ana), other.grants.get(user=team.olga), "sealed_root")

        with pytest.raises(DoesNotOpen):
            opened(item, team.ana)

    def test_keys_of_two_colleagues_exchanged(self, team, safe, item, opened):
        swap(safe.grants.get(user=team.ana), safe.grants.get(user=team.boris), "sealed_root")

        for user in (team.ana, team.boris):
            with pytest.raises(DoesNotOpen):
                opened(item, user)

    def test_an_item_moved_into_the_own_safe(self, team, item, other, opened):
        SealedItem.objects.filter(pk=other.items.get().pk).update(safe=item.safe, version=2)

        with pytest.raises(DoesNotOpen):
            opened(queries.item_of(item.safe, "identity"), team.ana)

    def test_contents_of_two_items_exchanged(self, team, safe, item, opened):
        contact = operations.seal(safe=safe, kind="contact", content={"phone": "+7"}, by=team.ana)
        swap(item, contact, "envelope")

        for moved in safe.items.all():
            with pytest.raises(DoesNotOpen):
                opened(moved, team.ana)

    @pytest.mark.parametrize("change", [{"version": 7}, {"kind": "contact"}])
    def test_an_item_said_to_be_another(self, team, item, opened, change):
        SealedItem.objects.filter(pk=item.pk).update(**change)

        with pytest.raises(DoesNotOpen):
            opened(SealedItem.objects.get(pk=item.pk), team.ana)

    def test_an_older_version_put_in_place_of_the_newest(self, team, safe, item, opened):
        newest = operations.seal(safe=safe, kind="identity", content={"name": "Пётр"}, by=team.ana)
        SealedItem.objects.filter(pk=newest.pk).update(envelope=item.envelope)

        with pytest.raises(DoesNotOpen):
            opened(queries.item_of(safe, "identity"), team.ana)

    def test_the_key_version_of_a_grant_changed(self, team, safe, item, opened):
        safe.grants.update(key_version=2)

        with pytest.raises(DoesNotOpen):
            opened(item, team.ana)

    def test_a_wrap_moved_to_a_colleague(self, team):
        words = operations.set_up(user=make_colleague("nina"), language="en")
        nina = User.objects.get(username="nina")
        wrap, other = (user.keyring.wraps.get(kind="passphrase") for user in (nina, team.ana))
        for column in ("sealed_root", "salt"):
            swap(wrap, other, column)

        with pytest.raises(WrongPassphrase):
            operations.unlock(user=team.ana, passphrase=words.passphrase)


class TestPlantedKeys:
    """Somebody puts a key of his own where names are sealed to, and waits."""

    ROOT = bytes(range(32))
    PUBLIC = KeyPair.from_root(ROOT).public

    def test_the_key_of_a_safe_replaced(self, team, safe, item, opened):
        Safe.objects.filter(pk=safe.pk).update(public_key=self.PUBLIC.raw)

        with pytest.raises(KeyNotBelieved):
            operations.seal(safe=safe, kind="contact", content={"phone": "+7"}, by=team.ana)
        with pytest.raises(KeyNotBelieved):
            opened(SealedItem.objects.get(pk=item.pk), team.ana)

    def test_key_and_mac_of_a_safe_taken_from_another(self, team, safe, other):
        Safe.objects.filter(pk=safe.pk).update(public_key=other.public_key, mac=other.mac)

        with pytest.raises(KeyNotBelieved):
            operations.seal(safe=safe, kind="contact", content={}, by=team.ana)

    def test_a_whole_safe_with_grants_replaced(self, team, safe, item, opened):
        about = grant_info(safe.pk, team.ana.pk, 1)
        reader = envelope.PublicKey.parse(bytes(team.ana.keyring.public_key))
        Safe.objects.filter(pk=safe.pk).update(public_key=self.PUBLIC.raw)
        safe.grants.filter(user=team.ana).update(sealed_root=envelope.seal(reader, about, self.ROOT))

        with pytest.raises(KeyNotBelieved):
            opened(SealedItem.objects.get(pk=item.pk), team.ana)

    def test_a_root_that_does_not_fit_the_safe(self, team, safe, item, opened):
        about = grant_info(safe.pk, team.ana.pk, 1)
        reader = envelope.PublicKey.parse(bytes(team.ana.keyring.public_key))
        safe.grants.filter(user=team.ana).update(sealed_root=envelope.seal(reader, about, self.ROOT))

        with pytest.raises(DoesNotOpen):
            opened(item, team.ana)

    def test_a_root_that_does_not_fit_is_not_passed_on(self, team, safe):
        about = grant_info(safe.pk, team.ana.pk, 1)
        reader = envelope.PublicKey.parse(bytes(team.ana.keyring.public_key))
        safe.grants.filter(user=team.ana).update(sealed_root=envelope.seal(reader, about, self.ROOT))

        with pytest.raises(DoesNotOpen):
            operations.give_access(
                safe=safe, to=team.olga, unlocked=team.of(team.ana), by=team.ana, reason="x"
            )

    def test_the_key_of_a_colleague_replaced(self, team, safe):
        Keyring.objects.filter(user=team.olga).update(public_key=self.PUBLIC.raw)

        with pytest.raises(KeyNotBelieved):
            operations.give_access(
                safe=safe, to=team.olga, unlocked=team.of(team.ana), by=team.ana, reason="x"
            )

    def test_the_key_of_another_colleague_with_its_mac(self, team, safe):
        boris = team.boris.keyring
        Keyring.objects.filter(user=team.olga).update(public_key=boris.public_key, mac=boris.mac)

        with pytest.raises(KeyNotBelieved):
            make_safe(team.ana, team.olga)

    def test_a_mac_guessed(self, team, safe):
        Keyring.objects.filter(user=team.olga).update(public_key=self.PUBLIC.raw, mac=secrets.token_bytes(32))

        with pytest.raises(KeyNotBelieved):
            make_safe(team.ana, team.olga)

    def test_who_is_told_to_be_confirmed_is_still_not_believed(self, team):
        Keyring.objects.filter(user=team.olga).update(
            public_key=self.PUBLIC.raw, version=2, confirmed_at=timezone.now(), confirmed_by=team.ana
        )

        with pytest.raises(KeyNotBelieved):
            make_safe(team.ana, team.olga)


class TestInsertedRows:
    def test_a_grant_of_noise(self, team, safe, item, opened):
        insert_grant(safe, team.olga, secrets.token_bytes(1200))

        with pytest.raises(DoesNotOpen):
            opened(item, team.olga)

    def test_a_grant_with_the_key_of_another_safe(self, team, safe, item, other, opened):
        insert_grant(safe, team.olga, other.grants.get(user=team.olga).sealed_root)

        with pytest.raises(DoesNotOpen):
            opened(item, team.olga)

    def test_a_grant_with_a_colleagues_key(self, team, safe, item, opened):
        insert_grant(safe, team.olga, safe.grants.get(user=team.boris).sealed_root)

        with pytest.raises(DoesNotOpen):
            opened(item, team.olga)

    def test_a_grant_with_the_wrap_of_the_organisation(self, team, safe, item, opened):
        insert_grant(safe, team.olga, safe.organisation_wrap)

        with pytest.raises(DoesNotOpen):
            opened(item, team.olga)

    def test_it_gives_nothing_on_either(self, team, safe):
        insert_grant(safe, team.olga, secrets.token_bytes(1200))

        with pytest.raises(DoesNotOpen):
            operations.give_access(
                safe=safe, to=make_ready("nina"), unlocked=team.of(team.olga), by=team.olga, reason="x"
            )


def make_ready(username):
    user = make_colleague(username)
    give_key(user)
    return user


class TestPepper:
    def test_a_wrong_one_opens_nothing(self, team, item, opened, settings):
        settings.PEPPER_FILE.unlink()
        pepper.create()

        with pytest.raises(KeyNotBelieved):
            opened(item, team.ana)

    def test_nor_seals_anything(self, team, safe, settings):
        settings.PEPPER_FILE.unlink()
        pepper.create()

        with pytest.raises(KeyNotBelieved):
            operations.seal(safe=safe, kind="contact", content={}, by=team.ana)
        with pytest.raises(KeyNotBelieved):
            make_safe(team.ana)


def test_what_is_sealed_is_bound_to_its_place(team, safe, other, item):
    moved = SealedItem(pk=item.pk, safe=other, kind=item.kind, version=item.version)

    assert operations.safes.item_info(moved) != operations.safes.item_info(item)
    assert len({grant_info(s.pk, user.pk, 1) for s in (safe, other) for user in (team.ana, team.boris)}) == 4


def test_every_byte_of_a_sealed_item_counts(team, item):
    """Flipped one by one in memory: the opening itself is tested in the database elsewhere."""
    grant = queries.grant_for(team.ana, item.safe)
    _, keys = operations.opening.open_safe(grant, team.of(team.ana))
    whole = bytes(item.envelope)

    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        with pytest.raises(DoesNotOpen):
            envelope.open_sealed(keys, operations.safes.item_info(item), flipped)

    assert envelope.unpad(envelope.open_sealed(keys, operations.safes.item_info(item), whole)) == {
        "name": "Иван Зимин"
    }


def test_the_length_of_a_name_does_not_show(team):
    short = make_safe(team.ana, items={"identity": {"name": "Ян"}}).items.get()
    long = make_safe(team.ana, items={"identity": {"name": "Константин Константинопольский"}}).items.get()

    assert len(bytes(short.envelope)) == len(bytes(long.envelope))


def test_the_public_half_alone_opens_nothing(team, item):
    public = envelope.PublicKey.parse(bytes(item.safe.public_key))

    with pytest.raises((DoesNotOpen, TypeError, AttributeError)):
        envelope.open_sealed(public, operations.safes.item_info(item), item.envelope)


class TestAMadeUpColleague:
    """An administrator alone can make accounts and name holders; nothing is sealed to a key that nobody knows."""

    @pytest.fixture
    def fake(self, team):
        fake = make_colleague("fake", Role.INTAKE)
        operations.set_up(user=fake, language="en")
        return fake

    def test_reads_nothing(self, team, fake):
        assert queries.ready_readers([team.ana, fake], by=team.ana) == [team.ana]
        with pytest.raises(KeyNotConfirmed):
            make_safe(team.ana, fake, by=team.ana)

    def test_is_not_made_known_by_another_one(self, team, fake):
        other = make_colleague("other", Role.INTAKE)
        passphrase = operations.set_up(user=other, language="en").passphrase
        unlocked = operations.unlock(user=other, passphrase=passphrase)
        words = queries.fingerprint_of(queries.keyring_of(fake))

        with pytest.raises(NotComparedYourself):
            operations.confirm_key(of=fake, fingerprint=words, unlocked=unlocked, by=other)

        assert queries.unconfirmed(queries.keyring_of(fake))

    def test_is_not_made_known_by_a_login_alone(self, team, fake):
        words = queries.fingerprint_of(queries.keyring_of(fake))

        for stolen in (None, team.of(team.boris)):
            with pytest.raises(NotUnlocked):
                operations.confirm_key(of=fake, fingerprint=words, unlocked=stolen, by=team.ana)

        assert queries.unconfirmed(queries.keyring_of(fake))

    def test_is_not_made_known_where_everybody_known_was_closed_or_unmade(self, team, fake):
        other = make_colleague("other", Role.INTAKE)
        passphrase = operations.set_up(user=other, language="en").passphrase
        unlocked = operations.unlock(user=other, passphrase=passphrase)
        User.objects.filter(keyring__confirmed_at__isnull=False).update(is_active=False)
        Keyring.objects.update(confirmed_at=None, confirmed_by=None)
        words = queries.fingerprint_of(queries.keyring_of(fake))

        with pytest.raises(NotComparedYourself):
            operations.confirm_key(of=fake, fingerprint=words, unlocked=unlocked, by=other)

    def test_is_not_made_known_in_the_database(self, team, fake):
        known = queries.keyring_of(team.ana)
        Keyring.objects.filter(user=fake).update(
            confirmed_at=timezone.now(), confirmed_by=team.ana, confirmation=known.confirmation
        )

        assert queries.unconfirmed(queries.keyring_of(fake))
        assert queries.ready_readers([fake], by=team.ana) == []

    def test_is_known_once_somebody_known_has_compared_the_words(self, team, fake):
        words = queries.fingerprint_of(queries.keyring_of(fake))
        operations.confirm_key(of=fake, fingerprint=words, unlocked=team.of(team.ana), by=team.ana)

        assert queries.ready_readers([fake], by=team.ana) == [fake]
        assert queries.may_confirm(fake)

    def test_the_very_first_one_is_made_known_at_the_terminal(self, vault):
        first = make_colleague("first")
        operations.set_up(user=first, language="en")
        words = queries.fingerprint_of(queries.keyring_of(first))

        assert not queries.may_confirm(first)
        operations.confirm_key(of=first, fingerprint=words, unlocked=None, by=None)

        assert queries.may_confirm(first)

    def test_what_was_done_at_the_terminal_cannot_be_written_into_the_database(self, team, fake):
        confirmation = queries.keyring_of(team.ana).confirmation
        Keyring.objects.filter(user=fake).update(
            confirmed_at=timezone.now(), confirmed_by=None, confirmation=confirmation
        )

        assert queries.unconfirmed(queries.keyring_of(fake))
