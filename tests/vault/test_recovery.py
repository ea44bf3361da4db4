from datetime import timedelta

import pytest
from django.utils import timezone
from shamir_mnemonic import combine_mnemonics

from cases.audit.models import Entry
from cases.staff.models import Announcement
from cases.vault import envelope, operations, organisation, pepper, queries
from cases.vault.due import due_safes
from cases.vault.envelope import KeyPair
from cases.vault.models import AccessRequest, Grant, Safe
from cases.vault.officers import lost_to
from cases.vault.refusals import (
    DoesNotOpen,
    KeyNotBelieved,
    KeyNotConfirmed,
    NothingLost,
    PepperOfAnother,
    ReaderHasNoKey,
)
from cases.vault.share_refusals import SharesOfAnotherOrganisation
from tests.vault.colleagues import make_colleague, make_known, make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def keys(team):
    return organisation.keys_behind(combine_mnemonics(team.papers[1:]))


def start_over(user, *, known=True, stolen=False):
    """Lose everything; return the new unlock, of a key whose words were compared."""
    words = operations.start_over(user=user, language="en", stolen=stolen)
    if known:
        make_known(user)
    return operations.unlock(user=user, passphrase=words.passphrase)


def recover(team, keys, colleague=None):
    return operations.recover_colleague(
        colleague=colleague or team.boris, keys=keys, reason="paper shares", by=None
    )


class TestAColleague:
    def test_opens_again_what_nobody_else_could_open(self, team, keys):
        safes = [make_safe(team.boris), make_safe(team.boris, team.ana)]
        unlocked = start_over(team.boris)

        assert recover(team, keys) == 2
        for safe in safes:
            read = operations.open_item(item=safe.items.get(), reason="x", unlocked=unlocked, by=team.boris)
            assert read == {"name": "Иван Зимин"}
        assert not AccessRequest.objects.filter(answered_at=None).exists()

    def test_also_what_was_sealed_anew_meanwhile(self, team, safe, keys):
        unlocked = start_over(team.boris)
        operations.rekey(safe=safe, unlocked=team.of(team.ana), by=team.ana)
        assert not Grant.objects.filter(user=team.boris).exists()

        assert recover(team, keys) == 1
        read = operations.open_item(item=safe.items.get(), reason="x", unlocked=unlocked, by=team.boris)
        assert read == {"name": "Иван Зимин"}

    def test_also_what_was_taken_because_the_words_were_stolen(self, team, safe, keys):
        start_over(team.boris, stolen=True)

        assert recover(team, keys) == 1
        assert queries.may_open(team.boris, safe)

    def test_the_lost_words_are_worth_nothing_then(self, team, safe, keys):
        start_over(team.boris)
        recover(team, keys)

        assert due_safes().filter(pk=safe.pk).exists()

    def test_what_ran_out_of_days_comes_back(self, team, safe, keys):
        Grant.objects.filter(content_object=safe, user=team.boris).update(
            expires_at=timezone.now() - timedelta(days=2)
        )

        assert recover(team, keys) == 1
        assert queries.may_open(team.boris, safe)

    def test_what_ended_on_purpose_does_not(self, team, safe, keys):
        operations.suspend_access(of=team.boris, by=None, reason="left the team")

        with pytest.raises(NothingLost):
            recover(team, keys)
        assert not queries.may_open(team.boris, safe)

    def test_a_guest_stays_a_guest_and_who_is_over_is_over(self, team, safe, keys):
        over, day = make_safe(team.ana, team.clara), timezone.now() + timedelta(days=2)
        for one in (safe, over):
            operations.give_access(
                safe=one, to=team.olga, unlocked=team.of(team.ana), by=team.ana, reason="x", expires_at=day
            )
        start_over(team.olga)
        past = timezone.now() - timedelta(hours=1)
        Grant.objects.filter(content_object=over, user=team.olga).update(expires_at=past)
        AccessRequest.objects.filter(safe=over).update(expires_at=past)

        assert recover(team, keys, team.olga) == 1
        grant = Grant.objects.get(content_object=safe, user=team.olga)
        assert (grant.firm, grant.expires_at) == (True, day)
        assert not queries.may_open(team.olga, over)

    def test_nothing_lost(self, team, safe, keys):
        with pytest.raises(NothingLost):
            recover(team, keys)

    def test_not_to_a_key_that_nobody_compared(self, team, safe, keys):
        start_over(team.boris, known=False)

        with pytest.raises(KeyNotConfirmed):
            recover(team, keys)
        assert lost_to(team.boris).count() == 1

    def test_not_without_a_vault(self, keys):
        with pytest.raises(ReaderHasNoKey):
            operations.recover_colleague(colleague=make_colleague("nina"), keys=keys, reason="x", by=None)

    def test_everybody_is_told_and_it_is_recorded(self, team, safe, keys, recorded):
        start_over(team.boris)
        paul = make_colleague("paul", role=None)
        recover(team, keys)

        told = Announcement.objects.filter(code="recovered", whom="Boris (boris)")
        assert {one.to for one in told} == {team.ana, team.boris, team.clara, team.olga, paul}
        entry = Entry.objects.latest("id")
        assert (entry.actor, entry.action) == ("system", "vault.recovered")
        assert entry.detail == "boris: 1: paper shares"

    def test_a_planted_wrap_gives_nothing_and_nothing_is_changed(self, team, safe, keys):
        other = make_safe(team.boris)
        start_over(team.boris)
        Safe.objects.filter(pk=other.pk).update(organisation_wrap=safe.organisation_wrap)

        with pytest.raises(DoesNotOpen):
            recover(team, keys)
        assert lost_to(team.boris).count() == 2
        assert not Announcement.objects.exists()


class TestACase:
    def test_is_opened_to_somebody_who_never_held_it(self, team, safe, item, keys, opened):
        assert operations.recover_safes(safes=[safe], to=team.olga, keys=keys, reason="x") == 1

        assert opened(item, team.olga) == {"name": "Иван Зимин"}
        grant = Grant.objects.get(content_object=safe, user=team.olga)
        assert (grant.firm, grant.expires_at > timezone.now() + timedelta(days=89)) == (False, True)

    def test_everybody_is_told(self, team, safe, keys, recorded):
        operations.recover_safes(safes=[safe], to=team.olga, keys=keys, reason="x")

        assert Announcement.objects.filter(code="recovered_case").count() == 4
        assert recorded()[-1] == "vault.recovered_case"


class TestKeys:
    def test_too_few_shares_make_another_key_or_none(self, team):
        from shamir_mnemonic import MnemonicError

        with pytest.raises(MnemonicError):
            combine_mnemonics(team.papers[:1])

    def test_shares_of_another_organisation(self, team):
        with pytest.raises(SharesOfAnotherOrganisation):
            organisation.keys_behind(envelope.new_root())

    def test_another_pepper(self, team, settings):
        root = combine_mnemonics(team.papers[:2])
        settings.PEPPER_FILE.unlink()
        pepper.create()

        with pytest.raises(PepperOfAnother):
            organisation.keys_behind(root)

    def test_another_key_opens_no_wrap(self, team, safe):
        with pytest.raises(DoesNotOpen):
            operations.recover_safes(
                safes=[safe], to=team.olga, keys=KeyPair.from_root(envelope.new_root()), reason="x"
            )
        assert not queries.may_open(team.olga, safe)

    def test_a_planted_key_of_the_colleague(self, team, safe, keys):
        team.olga.keyring.__class__.objects.filter(user=team.olga).update(
            public_key=team.boris.keyring.public_key
        )

        with pytest.raises(KeyNotBelieved):
            operations.recover_safes(safes=[safe], to=team.olga, keys=keys, reason="x")
