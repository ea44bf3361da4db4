from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cases.audit.models import Entry
from cases.vault import operations, pepper, queries, unlock
from cases.vault.envelope import KeyPair
from cases.vault.models import AccessRequest, Keyring, Wrap
from cases.vault.refusals import (
    AlreadySetUp,
    Busy,
    KeyNotBelieved,
    NoPepper,
    NotGranted,
    NotSetUp,
    NotUnlocked,
    TooManyTries,
    UnknownWord,
    WrongPassphrase,
)
from tests.vault.colleagues import give_key, make_colleague, make_known, make_safe

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
WRONG = " ".join(["abandon"] * 7)


@pytest.fixture
def nina(vault):
    return make_colleague("nina")


@pytest.fixture
def words(nina):
    return operations.set_up(user=nina, language="en")


def all_columns():
    rows = [*Keyring.objects.values_list(), *Wrap.objects.values_list(), *Entry.objects.values_list()]
    return b" ".join(
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        for row in rows
        for cell in row
    )


class TestSetUp:
    @pytest.mark.parametrize("language", ["en", "fr", "ru"])
    def test_seven_words_and_twelve(self, nina, language):
        words = operations.set_up(user=nina, language=language)

        assert (len(words.passphrase.split()), len(words.sheet_code.split())) == (7, 12)
        assert queries.language_of(nina, Wrap.Kind.PASSPHRASE) == language

    def test_words_are_not_printed_by_accident(self, words):
        assert repr(words) == "SetUp()"

    def test_neither_words_nor_root_are_stored(self, nina, words):
        root = operations.unlock(user=nina, passphrase=words.passphrase).root

        stored = all_columns()
        assert root not in stored
        assert words.passphrase.encode() not in stored
        assert words.sheet_code.encode() not in stored

    def test_public_key_is_vouched_for(self, nina, words):
        assert queries.believed(queries.keyring_of(nina))

    def test_is_recorded(self, nina, recorded):
        operations.set_up(user=nina, language="en")

        assert recorded() == ["vault.key_made"]

    def test_may_be_repeated_while_it_was_never_used(self, nina, words):
        again = operations.set_up(user=nina, language="en")

        with pytest.raises(WrongPassphrase):
            operations.unlock(user=nina, passphrase=words.passphrase)
        assert operations.unlock(user=nina, passphrase=again.passphrase).user_id == nina.pk

    def test_not_after_the_first_unlock(self, nina):
        give_key(nina)

        with pytest.raises(AlreadySetUp):
            operations.set_up(user=nina, language="en")

    def test_not_while_something_was_given(self, team, nina, words):
        make_known(nina)
        make_safe(nina, team.ana, by=team.ana)

        with pytest.raises(AlreadySetUp):
            operations.set_up(user=nina, language="en")

    def test_without_pepper_nothing_is_made(self, nina, settings):
        settings.PEPPER_FILE.unlink()

        with pytest.raises(NoPepper):
            operations.set_up(user=nina, language="en")

        assert Keyring.objects.count() == 0


class TestUnlock:
    def test_opens_the_own_key(self, nina, words):
        unlocked = operations.unlock(user=nina, passphrase=words.passphrase)

        assert unlocked.keypair.public.raw == bytes(nina.keyring.public_key)
        assert timezone.now() < unlocked.until < timezone.now() + timedelta(minutes=31)

    def test_however_it_is_typed(self, nina, words):
        typed = " - ".join(word[:4].upper() for word in words.passphrase.split())

        assert operations.unlock(user=nina, passphrase=typed).user_id == nina.pk

    def test_is_recorded(self, nina, words, recorded):
        operations.unlock(user=nina, passphrase=words.passphrase)

        assert recorded() == ["vault.unlocked"]

    def test_wrong_words(self, nina, words, recorded):
        with pytest.raises(WrongPassphrase):
            operations.unlock(user=nina, passphrase=WRONG)

        assert recorded() == ["vault.unlock_failed"]

    def test_the_words_of_another(self, team, nina, words):
        with pytest.raises(WrongPassphrase):
            operations.unlock(user=team.ana, passphrase=words.passphrase)

    def test_the_sheet_is_no_passphrase(self, nina, words):
        Wrap.objects.filter(kind="passphrase").update(
            **Wrap.objects.filter(kind="sheet").values("sealed_root", "salt").get()
        )

        with pytest.raises(WrongPassphrase):
            operations.unlock(user=nina, passphrase=" ".join(words.sheet_code.split()[:7]))

    def test_before_set_up(self, nina):
        with pytest.raises(NotSetUp):
            operations.unlock(user=nina, passphrase=WRONG)

    def test_without_that_way_in(self, nina, words):
        Wrap.objects.filter(kind="sheet").delete()

        with pytest.raises(NotSetUp):
            operations.restore_with_sheet(user=nina, code=words.sheet_code)

    def test_another_pepper(self, nina, words, settings):
        settings.PEPPER_FILE.unlink()
        pepper.create()

        with pytest.raises(WrongPassphrase):
            operations.unlock(user=nina, passphrase=words.passphrase)

    def test_a_planted_public_key(self, nina, words):
        Keyring.objects.update(public_key=KeyPair.from_root(bytes(32)).public.raw)

        with pytest.raises(KeyNotBelieved):
            operations.unlock(user=nina, passphrase=words.passphrase)


class TestTries:
    def fail(self, user, times):
        for _ in range(times):
            with pytest.raises(WrongPassphrase):
                operations.unlock(user=user, passphrase=WRONG)

    def test_the_sixth_is_refused_even_if_right(self, nina, words, recorded):
        self.fail(nina, 5)

        with pytest.raises(TooManyTries):
            operations.unlock(user=nina, passphrase=words.passphrase)

        assert recorded()[-1] == "vault.too_many_tries"

    def test_it_is_refused_before_the_work(self, nina, words, monkeypatch):
        self.fail(nina, 5)
        monkeypatch.setattr("cases.vault.operations.keys.stretch", lambda *_: pytest.fail("worked"))

        with pytest.raises(TooManyTries):
            operations.unlock(user=nina, passphrase=WRONG)

    def test_a_right_one_ends_the_count(self, nina, words):
        self.fail(nina, 4)
        operations.unlock(user=nina, passphrase=words.passphrase)
        self.fail(nina, 4)

        assert operations.unlock(user=nina, passphrase=words.passphrase).user_id == nina.pk

    def test_the_count_ends_after_fifteen_minutes(self, nina, words):
        self.fail(nina, 5)
        Keyring.objects.update(tries_since=timezone.now() - timedelta(minutes=15, seconds=1))

        assert operations.unlock(user=nina, passphrase=words.passphrase).user_id == nina.pk
        self.fail(nina, 4)

    def test_waiting_in_vain_does_not_prolong_it(self, nina, words):
        self.fail(nina, 5)
        since = Keyring.objects.get().tries_since
        with pytest.raises(TooManyTries):
            operations.unlock(user=nina, passphrase=WRONG)

        assert Keyring.objects.get().tries_since == since

    def test_a_typing_error_costs_none(self, nina, words):
        for _ in range(8):
            with pytest.raises(UnknownWord):
                operations.unlock(user=nina, passphrase="xyzzy " * 7)

        assert operations.unlock(user=nina, passphrase=words.passphrase).user_id == nina.pk

    def test_the_sheet_counts_as_well(self, nina, words):
        self.fail(nina, 3)
        for _ in range(2):
            with pytest.raises(WrongPassphrase):
                operations.restore_with_sheet(user=nina, code="abandon " * 12)

        with pytest.raises(TooManyTries):
            operations.restore_with_sheet(user=nina, code=words.sheet_code)

    def test_others_are_not_counted(self, team, nina, words):
        self.fail(team.ana, 5)

        assert operations.unlock(user=nina, passphrase=words.passphrase).user_id == nina.pk

    def test_the_limit_holds_for_what_comes_at_once(self, nina, words):
        Keyring.objects.update(tries=5, tries_since=timezone.now())
        stale = queries.keyring_of(nina)
        stale.tries = 0

        with pytest.raises(TooManyTries):
            operations.keys.count_try(stale, nina)

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_a_try_is_not_taken_back_with_a_transaction(self, nina, words):
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            operations.unlock(user=nina, passphrase=WRONG)


class TestLock:
    def test_removes_what_was_unlocked(self, team, vault, recorded):
        (vault.runtime_dir / f"unlocked-{team.ana.pk}").write_bytes(b"x")

        operations.lock(user=team.ana)

        assert not (vault.runtime_dir / f"unlocked-{team.ana.pk}").exists()
        assert recorded() == ["vault.locked"]


class TestChangePassphrase:
    def test_new_words_open_and_old_do_not(self, nina, words):
        unlocked = operations.unlock(user=nina, passphrase=words.passphrase)

        new = operations.change_passphrase(unlocked=unlocked, by=nina, language="ru")

        assert operations.unlock(user=nina, passphrase=new).root == unlocked.root
        with pytest.raises((WrongPassphrase, UnknownWord)):
            operations.unlock(user=nina, passphrase=words.passphrase)

    def test_the_sheet_stays_good(self, nina, words):
        unlocked = operations.unlock(user=nina, passphrase=words.passphrase)
        operations.change_passphrase(unlocked=unlocked, by=nina, language="ru")

        assert len(operations.restore_with_sheet(user=nina, code=words.sheet_code).split()) == 7

    def test_only_for_oneself(self, team, nina, words):
        with pytest.raises(NotUnlocked):
            operations.change_passphrase(unlocked=team.of(team.ana), by=nina, language="en")

    def test_is_recorded(self, team, recorded):
        operations.change_passphrase(unlocked=team.of(team.ana), by=team.ana, language="en")

        assert recorded() == ["vault.passphrase_changed"]


class TestSheet:
    def test_gives_a_new_passphrase_and_loses_nothing(self, team, nina, words):
        make_known(nina)
        item = make_safe(nina, team.ana, by=team.ana).items.get()

        passphrase = operations.restore_with_sheet(user=nina, code=words.sheet_code)

        unlocked = operations.unlock(user=nina, passphrase=passphrase)
        assert operations.open_item(item=item, reason="x", unlocked=unlocked, by=nina) == {
            "name": "Иван Зимин"
        }

    def test_the_old_passphrase_is_void(self, nina, words):
        operations.restore_with_sheet(user=nina, code=words.sheet_code)

        with pytest.raises(WrongPassphrase):
            operations.unlock(user=nina, passphrase=words.passphrase)

    def test_may_be_used_again(self, nina, words):
        operations.restore_with_sheet(user=nina, code=words.sheet_code)

        assert len(operations.restore_with_sheet(user=nina, code=words.sheet_code).split()) == 7

    def test_a_new_one_makes_the_old_void(self, nina, words):
        unlocked = operations.unlock(user=nina, passphrase=words.passphrase)
        new = operations.new_sheet(unlocked=unlocked, by=nina, language="fr")

        assert len(operations.restore_with_sheet(user=nina, code=new).split()) == 7
        with pytest.raises((WrongPassphrase, UnknownWord)):
            operations.restore_with_sheet(user=nina, code=words.sheet_code)

    def test_only_for_oneself(self, team, nina):
        with pytest.raises(NotUnlocked):
            operations.new_sheet(unlocked=team.of(team.ana), by=nina, language="en")

    def test_is_recorded(self, nina, words, recorded):
        operations.restore_with_sheet(user=nina, code=words.sheet_code)

        assert recorded() == ["vault.restored_with_sheet"]


class TestStartOver:
    def test_access_is_gone_and_asked_for_again(self, team, safe, item):
        words = operations.start_over(user=team.boris, language="en")

        unlocked = operations.unlock(user=team.boris, passphrase=words.passphrase)
        with pytest.raises(NotGranted):
            operations.open_item(item=item, reason="x", unlocked=unlocked, by=team.boris)
        [request] = queries.requests_waiting_for(team.ana)
        assert (request.asker, request.safe, request.after_loss) == (team.boris, safe, True)

    def test_old_unlock_and_old_words_are_void(self, team, safe, item, opened):
        operations.start_over(user=team.boris, language="en")

        with pytest.raises(NotGranted):
            opened(item, team.boris)
        with pytest.raises(WrongPassphrase):
            operations.unlock(user=team.boris, passphrase=WRONG)

    def test_old_unlock_opens_nothing_given_later(self, team, safe, item, opened):
        operations.start_over(user=team.boris, language="en")
        fingerprint = queries.fingerprint_of(queries.keyring_of(team.boris))
        operations.confirm_key(
            of=team.boris, fingerprint=fingerprint, unlocked=team.of(team.ana), by=team.ana
        )
        [request] = queries.requests_waiting_for(team.ana)
        operations.answer_request(request=request, give=True, unlocked=team.of(team.ana), by=team.ana)

        with pytest.raises(Exception, match="does not open"):
            opened(item, team.boris)

    def test_an_open_request_is_not_doubled(self, team, safe):
        AccessRequest.objects.create(safe=safe, asker=team.boris)

        operations.start_over(user=team.boris, language="en")

        assert AccessRequest.objects.filter(asker=team.boris).count() == 1
        assert not queries.grants_of(team.boris).exists()

    def test_the_key_is_a_changed_one(self, team):
        operations.start_over(user=team.boris, language="en")

        keyring = queries.keyring_of(team.boris)
        assert (keyring.version, queries.unconfirmed(keyring), queries.believed(keyring)) == (2, True, True)
        assert list(queries.keys_to_confirm_for(team.ana)) == [keyring]
        assert list(queries.keys_to_confirm_for(team.boris)) == []

    def test_a_confirmation_is_for_one_key_only(self, team):
        for _ in range(2):
            operations.start_over(user=team.boris, language="en")
            assert queries.unconfirmed(queries.keyring_of(team.boris))
            fingerprint = queries.fingerprint_of(queries.keyring_of(team.boris))
            operations.confirm_key(
                of=team.boris, fingerprint=fingerprint, unlocked=team.of(team.ana), by=team.ana
            )

    def test_locks(self, team, vault, django_capture_on_commit_callbacks):
        path = vault.runtime_dir / f"unlocked-{team.boris.pk}"
        path.write_bytes(b"x")

        with django_capture_on_commit_callbacks(execute=True):
            operations.start_over(user=team.boris, language="en")

        assert not path.exists()

    def test_says_beforehand_what_is_lost(self, team, safe):
        alone = make_safe(team.boris)

        assert list(queries.only_held_by(team.boris)) == [alone]
        assert queries.loss_of(team.boris) == queries.Loss(safes=2, alone=1)

    def test_without_a_key(self, nina):
        with pytest.raises(NotSetUp):
            operations.start_over(user=nina, language="en")

    def test_is_recorded(self, team, safe, recorded):
        operations.start_over(user=team.boris, language="en")

        assert recorded() == ["vault.started_over"]
        assert Entry.objects.latest("id").detail == "safes 1, version 2"


def test_an_old_wrap_put_back_opens_nothing(team):
    old = Wrap.objects.filter(keyring__user=team.boris, kind="passphrase").values("sealed_root", "salt").get()
    words = operations.start_over(user=team.boris, language="en")
    Wrap.objects.filter(keyring__user=team.boris, kind="passphrase").update(**old)

    with pytest.raises(WrongPassphrase):
        operations.unlock(user=team.boris, passphrase=words.passphrase)


def test_module_of_unlocks_is_not_the_operation():
    assert callable(operations.unlock)
    assert unlock.current is not None
    assert connection.vendor == "postgresql"


def test_a_first_key_after_starting_over_opens_and_is_to_be_compared(team):
    operations.start_over(user=team.olga, language="en")
    words = operations.set_up(user=team.olga, language="en")

    assert operations.unlock(user=team.olga, passphrase=words.passphrase).user_id == team.olga.pk
    assert queries.unconfirmed(queries.keyring_of(team.olga))


def test_a_busy_machine_is_no_wrong_try(team, monkeypatch):
    words = operations.change_passphrase(unlocked=team.of(team.ana), by=team.ana, language="en")

    def busy(*args, **kwargs):
        raise Busy

    with monkeypatch.context() as patched:
        patched.setattr("cases.vault.operations.keys.stretch", busy)
        for _ in range(7):
            with pytest.raises(Busy):
                operations.unlock(user=team.ana, passphrase=words)

    assert operations.unlock(user=team.ana, passphrase=words).user_id == team.ana.pk
