"""After revoking, a new key: the old one, stolen, opens nothing that is still there and nothing that comes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.audit.models import Entry
from cases.staff import operations as staff
from cases.staff.models import RoleGrant, User
from cases.vault import envelope, marks, operations, organisation, pepper, queries, soundness
from cases.vault.due import due_for, due_safes
from cases.vault.envelope import KeyPair
from cases.vault.marks import item_info
from cases.vault.models import AccessRequest, Grant, Keyring, Safe, SealedItem
from cases.vault.operations.opening import open_safe
from cases.vault.operations.safes import grant_info
from cases.vault.refusals import (
    DoesNotOpen,
    GuestsDoNotGive,
    KeyNotBelieved,
    NotGranted,
    NotUnlocked,
    OrganisationKeyDiffers,
)
from tests.vault.colleagues import give_key, make_colleague, make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def root_of(safe, user, team):
    """What a thief keeps who was unlocked once."""
    root, _keys = open_safe(queries.grant_for(user, Safe.objects.get(pk=safe.pk)), team.of(user))
    return root


def opens_with(root, item):
    try:
        envelope.open_sealed(KeyPair.from_root(root), item_info(item), item.envelope)
    except DoesNotOpen:
        return False
    return True


@pytest.fixture
def rekey(team):
    def do(safe, by=None):
        by = by or team.ana
        return operations.rekey(safe=safe, unlocked=team.of(by), by=by)

    return do


@pytest.fixture
def revoke(team, safe):
    def do(of=None):
        operations.revoke_access(safe=safe, of=of or team.boris, by=team.clara, reason="left")

    return do


def faults():
    """Without the marks of earlier tests, which are gone while the log of them stays."""
    return {one.code: one.count for one in soundness.check() if one.code != "marks"}


def is_due(safe):
    return due_safes().filter(pk=safe.pk).exists()


class TestAStolenRoot:
    def test_opens_nothing_that_is_there_and_nothing_that_comes(self, team, safe, item, revoke, rekey):
        operations.seal(safe=safe, kind="identity", content={"name": "Пётр Зимин"}, by=team.olga)
        stolen = root_of(safe, team.boris, team)
        assert all(opens_with(stolen, one) for one in safe.items.all())

        revoke()
        assert rekey(safe)

        operations.seal(safe=safe, kind="contact", content={"phone": "+7"}, by=team.olga)
        assert [opens_with(stolen, one) for one in safe.items.all()] == [False, False, False]

    def test_before_the_new_key_it_would_still_open(self, team, safe, revoke):
        stolen = root_of(safe, team.boris, team)
        revoke()

        late = operations.seal(safe=safe, kind="contact", content={"phone": "+7"}, by=team.olga)

        assert opens_with(stolen, late)

    def test_a_revoked_row_inserted_again_opens_nothing(self, team, safe, item, revoke, rekey, opened):
        row = Grant.objects.get(content_object=safe, user=team.boris)
        revoke()
        rekey(safe)
        row.save(force_insert=True)

        with pytest.raises(DoesNotOpen):
            opened(item, team.boris)

        Grant.objects.filter(pk=row.pk).update(key_version=2)
        with pytest.raises(DoesNotOpen):
            opened(item, team.boris)

    def test_the_old_public_key_is_believed_no_more(self, team, safe, revoke, rekey):
        old = Safe.objects.get(pk=safe.pk)
        revoke()
        rekey(safe)
        Safe.objects.filter(pk=safe.pk).update(public_key=old.public_key)

        with pytest.raises(KeyNotBelieved):
            operations.seal(safe=safe, kind="contact", content={}, by=team.olga)

    def test_the_whole_old_row_put_back_shows(self, team, safe, revoke, rekey):
        """MAC and all: it seals to the old key again, which only the check of the vault can tell."""
        old = Safe.objects.get(pk=safe.pk)
        revoke()
        rekey(safe)
        old.save()

        assert faults().keys() >= {"changed_safes", "old_keys"}


class TestANewKey:
    def test_everybody_else_reads_on(self, team, safe, item, revoke, rekey, opened):
        revoke()
        rekey(safe)

        for user in (team.ana, team.clara):
            assert opened(item, user) == {"name": "Иван Зимин"}
        with pytest.raises(NotGranted):
            opened(item, team.boris)

    def test_the_paper_shares_open_it(self, team, safe, item, revoke, rekey):
        from shamir_mnemonic import combine_mnemonics

        revoke()
        rekey(safe)
        safe.refresh_from_db()

        keys = KeyPair.from_root(combine_mnemonics(team.papers[:2]))
        root = envelope.open_sealed(keys, organisation.wrap_info(safe.pk, 2), safe.organisation_wrap)
        assert opens_with(root, safe.items.get())

    def test_guests_stay_until_their_day(self, team, safe, item, revoke, rekey, opened):
        day = timezone.now() + timedelta(days=3)
        operations.give_access(
            safe=safe, to=team.olga, unlocked=team.of(team.ana), by=team.ana, reason="guest", expires_at=day
        )
        revoke()
        rekey(safe)

        grant = safe.grants.get(user=team.olga)
        assert opened(item, team.olga) == {"name": "Иван Зимин"}
        assert (grant.expires_at, grant.firm) == (day, True)

    def test_who_only_ran_out_of_days_stays_suspended_and_can_come_back(
        self, team, safe, item, revoke, rekey, opened
    ):
        four = make_colleague("dan")
        unlocked = give_key(four)
        operations.give_access(safe=safe, to=four, unlocked=team.of(team.ana), by=team.ana, reason="x")
        Grant.objects.filter(user=four).update(expires_at=timezone.now() - timedelta(days=1))
        revoke()
        rekey(safe)
        assert not queries.may_open(four, safe)

        User.objects.filter(pk=team.clara.pk).update(is_active=False)
        read = operations.open_item(item=item, reason="x", unlocked=unlocked, by=four)
        assert read == {"name": "Иван Зимин"}

    def test_what_is_due_is_done_once(self, safe, revoke, rekey, recorded):
        assert not rekey(safe)
        revoke()

        assert [rekey(safe), rekey(safe)] == [True, False]
        assert recorded() == ["vault.access_revoked", "vault.rekeyed"]
        assert Safe.objects.get(pk=safe.pk).version == 2

    def test_the_vault_is_whole_afterwards(self, team, safe, revoke, rekey):
        operations.seal(safe=safe, kind="identity", content={"name": "Пётр"}, by=team.ana)
        revoke()
        rekey(safe)

        assert faults() == {}

    def test_is_recorded_with_what_was_sealed(self, team, safe, revoke, rekey):
        revoke()
        rekey(safe)
        safe.refresh_from_db()
        item = safe.items.get()

        pairs = [(safe.pk, marks.leaf_of_safe(safe)), (item.pk, marks.leaf_of_item(item))]
        entry = Entry.objects.latest("id")
        assert (entry.actor, entry.about) == ("ana", str(safe.pk))
        assert entry.detail == f"version 2, items 1, unread 0, kept 2, digest {marks.digest(pairs).hex()}"

    def test_sealed_by_a_locked_colleague_meanwhile_goes_to_the_new_key(self, team, safe, revoke, rekey):
        stale = Safe.objects.get(pk=safe.pk)
        revoke()
        rekey(safe)

        item = operations.seal(safe=stale, kind="contact", content={"phone": "+7"}, by=team.olga)

        assert item.key_version == 2
        read = operations.open_item(item=item, reason="x", unlocked=team.of(team.ana), by=team.ana)
        assert read == {"phone": "+7"}

    def test_a_page_that_was_opened_before_reads_on(self, team, safe, item, revoke, rekey, opened):
        _loaded = item.safe.public_key
        revoke()
        rekey(safe)

        assert opened(item, team.clara) == {"name": "Иван Зимин"}
        quiet = operations.open_quietly(
            items=[item], purpose="x", unlocked=team.of(team.clara), by=team.clara
        )
        assert quiet == {item.pk: {"name": "Иван Зимин"}}

    def test_an_item_that_does_not_open_stays_as_it_is_and_stops_nothing(
        self, team, safe, item, revoke, rekey
    ):
        SealedItem.objects.filter(pk=item.pk).update(envelope=b"\x01" + bytes(1200))
        operations.seal(safe=safe, kind="contact", content={"phone": "+7"}, by=team.ana)
        revoke()

        assert rekey(safe)
        assert Entry.objects.latest("id").detail.startswith("version 2, items 1, unread 1,")
        assert faults() == {"old_items": 1, "changed_items": 1}


class TestWhoHasNoKey:
    @pytest.fixture
    def newcomer(self, team):
        """Registers before anybody compared the words of the key: nobody else seals anything to it."""
        nina = make_colleague("nina")
        words = operations.set_up(user=nina, language="en")
        safe = make_safe(nina, team.ana, team.boris, by=nina)
        nina.unlocked = operations.unlock(user=nina, passphrase=words.passphrase)
        return nina, safe

    def test_is_asked_again(self, team, newcomer, rekey):
        nina, safe = newcomer
        operations.revoke_access(safe=safe, of=team.boris, by=team.ana, reason="x")
        rekey(safe)

        request = AccessRequest.objects.get(asker=nina, safe=safe)
        assert (request.after_rekey, request.after_loss, request.answered_at) == (True, False, None)
        assert not Grant.objects.filter(user=nina).exists()
        assert "asked again nina" in Entry.objects.latest("id").detail

    def test_keeps_it_where_the_newcomer_gives_the_new_key(self, team, newcomer):
        nina, safe = newcomer
        operations.revoke_access(safe=safe, of=team.boris, by=team.ana, reason="x")

        assert operations.rekey(safe=safe, unlocked=nina.unlocked, by=nina)
        assert set(queries.holders_of(safe)) == {nina, team.ana}

    def test_a_planted_key_gets_no_part(self, team, safe, revoke, rekey):
        revoke()
        Keyring.objects.filter(user=team.clara).update(public_key=team.olga.keyring.public_key)
        rekey(safe)

        assert set(Grant.objects.filter(content_object=safe).values_list("user", flat=True)) == {team.ana.pk}
        assert AccessRequest.objects.get().asker == team.clara


class TestWhenItIsDue:
    def test_not_while_nothing_happened(self, safe):
        Grant.objects.update(expires_at=timezone.now() - timedelta(days=9))

        assert not is_due(safe)

    def test_revoked(self, safe, revoke):
        revoke()

        assert is_due(safe)

    def test_closed_account(self, team, safe, rekey):
        staff.deactivate(user=team.boris, by=team.clara)
        assert is_due(safe)

        rekey(safe)
        assert not is_due(safe)
        assert not Grant.objects.filter(user=team.boris).exists()

    def test_a_role_that_ends_by_itself(self, team, safe, rekey):
        RoleGrant.objects.filter(user=team.boris).update(expires_at=timezone.now() - timedelta(days=1))
        assert is_due(safe)

        rekey(safe)
        assert not is_due(safe)

    def test_a_guest_whose_day_came(self, team, safe, rekey):
        operations.give_access(
            safe=safe,
            to=team.olga,
            unlocked=team.of(team.ana),
            by=team.ana,
            reason="guest",
            expires_at=timezone.now() + timedelta(days=1),
        )
        assert not is_due(safe)
        Grant.objects.filter(user=team.olga).update(expires_at=timezone.now() - timedelta(seconds=1))
        assert is_due(safe)

        rekey(safe)
        assert (is_due(safe), Grant.objects.filter(user=team.olga).exists()) == (False, False)

    def test_left_a_team(self, team, safe, rekey):
        operations.suspend_access(of=team.boris, by=None, reason="left the team")
        assert is_due(safe)

        rekey(safe)
        assert set(queries.holders_of(safe)) == {team.ana, team.clara}
        assert not is_due(safe)

    def test_not_where_the_one_who_left_is_still_needed(self, team):
        safe = make_safe(team.ana, team.boris)
        operations.suspend_access(of=team.boris, by=None, reason="left the team")

        assert not is_due(safe)

    @pytest.mark.parametrize("stolen", [True, False])
    def test_started_over(self, team, safe, rekey, stolen):
        operations.start_over(user=team.boris, language="en", stolen=stolen)
        assert is_due(safe)

        rekey(safe)
        assert not is_due(safe)
        assert AccessRequest.objects.get(asker=team.boris).after_loss

    def test_started_over_and_given_again_before(self, team, safe, rekey):
        """The words that were lost would open the old key, whoever finds them."""
        operations.start_over(user=team.boris, language="en")
        from tests.vault.colleagues import make_known

        make_known(team.boris)
        operations.give_access(safe=safe, to=team.boris, unlocked=team.of(team.ana), by=team.ana, reason="x")

        assert is_due(safe)
        rekey(safe)
        assert queries.may_open(team.boris, safe)

    def test_refused_after_a_loss(self, team, safe):
        operations.start_over(user=team.boris, language="en")
        request = AccessRequest.objects.get(asker=team.boris)
        operations.answer_request(request=request, give=False, unlocked=None, by=team.ana)

        assert is_due(safe)

    def test_nothing_is_taken_from_the_only_one(self, team):
        """Nobody else could give it a new key: what the lost words open waits for them."""
        safe = make_safe(team.ana)
        operations.start_over(user=team.ana, language="en")

        assert not any(due_for(user).exists() for user in (team.ana, team.boris, team.clara, team.olga))
        assert queries.lost_grants_of(team.ana).filter(content_object=safe).exists()


class TestWhoDoesIt:
    def test_who_is_locked_does_not(self, team, safe, revoke):
        revoke()

        with pytest.raises(NotUnlocked):
            operations.rekey(safe=safe, unlocked=None, by=team.ana)
        with pytest.raises(NotUnlocked):
            operations.rekey_step(unlocked=team.of(team.boris), by=team.ana)

    @pytest.mark.parametrize("who", ["boris", "olga"])
    def test_nor_who_cannot_open_it(self, team, safe, revoke, rekey, who):
        revoke()

        with pytest.raises(NotGranted):
            rekey(safe, by=getattr(team, who))

    def test_nor_a_guest(self, team, safe, revoke, rekey):
        operations.give_access(
            safe=safe,
            to=team.olga,
            unlocked=team.of(team.ana),
            by=team.ana,
            reason="guest",
            expires_at=timezone.now() + timedelta(days=1),
        )
        revoke()

        assert not due_for(team.olga).exists()
        with pytest.raises(GuestsDoNotGive):
            rekey(safe, by=team.olga)

    def test_nothing_happens_without_the_right_organisation_key(self, team, safe, revoke, settings):
        revoke()
        settings.ORGANISATION_KEY_FILE.write_text(team.ana.keyring.public_key.hex())

        with pytest.raises(OrganisationKeyDiffers):
            operations.rekey_step(unlocked=team.of(team.ana), by=team.ana)
        assert Safe.objects.get(pk=safe.pk).version == 1

    def test_nor_with_another_pepper(self, team, safe, revoke, rekey, settings):
        revoke()
        settings.PEPPER_FILE.unlink()
        pepper.create()

        with pytest.raises(KeyNotBelieved):
            rekey(safe)
        assert Safe.objects.get(pk=safe.pk).version == 1


class TestSteps:
    @pytest.fixture
    def due(self, team):
        safes = [make_safe(team.ana, team.boris, team.clara) for _ in range(5)]
        operations.suspend_access(of=team.boris, by=None, reason="left")
        return safes

    def test_all_of_it_in_as_many_steps_as_time_allows(self, team, due):
        after, done, steps = None, 0, 0
        while True:
            step = operations.rekey_step(unlocked=team.of(team.ana), by=team.ana, after=after, seconds=0)
            after, done, steps = step.last, done + step.done, steps + 1
            if not step.left:
                break

        assert (done, steps) == (5, 5)
        assert not due_safes().exists()

    def test_left_and_taken_up_again_by_somebody_else(self, team, due):
        operations.rekey_step(unlocked=team.of(team.ana), by=team.ana, seconds=0)
        step = operations.rekey_step(unlocked=team.of(team.clara), by=team.clara)

        assert (step.done, step.failed, step.left) == (4, 0, 0)

    def test_one_that_does_not_open_does_not_stop_the_others(self, team, due, recorded):
        Grant.objects.filter(content_object=due[0], user=team.ana).update(key_version=9)
        step = operations.rekey_step(unlocked=team.of(team.ana), by=team.ana)

        assert (step.done, step.failed, step.left) == (4, 1, 0)
        assert recorded().count("vault.damaged") == 1

    def test_a_fault_in_the_middle_leaves_all_of_a_safe_as_it_was(self, team, due, monkeypatch):
        def dies(*args, **kwargs):
            raise RuntimeError("switched off")

        monkeypatch.setattr("cases.vault.operations.rekeying.marks.keep", dies)
        with pytest.raises(RuntimeError):
            operations.rekey_step(unlocked=team.of(team.ana), by=team.ana)

        assert set(
            Safe.objects.filter(pk__in=[safe.pk for safe in due]).values_list("version", flat=True)
        ) == {1}
        for safe in due:
            read = operations.open_item(
                item=safe.items.get(), reason="x", unlocked=team.of(team.clara), by=team.clara
            )
            assert read == {"name": "Иван Зимин"}


def test_the_info_of_a_grant_changes_with_the_key(team, safe):
    assert grant_info(safe.pk, team.ana.pk, 1) != grant_info(safe.pk, team.ana.pk, 2)
