import pytest
from shamir_mnemonic import combine_mnemonics

from cases.vault import envelope, organisation, pepper
from cases.vault.envelope import KeyPair
from cases.vault.models import OrganisationKey
from cases.vault.refusals import (
    KeyNotBelieved,
    NoOrganisationKey,
    OrganisationKeyDiffers,
    OrganisationKeyExists,
)
from tests.vault.colleagues import make_colleague, make_organisation_key, make_safe

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def papers(vault):
    return make_organisation_key()


def root_from(papers):
    return combine_mnemonics(papers[:2])


class TestCreate:
    def test_papers_open_what_the_file_pins(self, papers, settings):
        pinned = bytes.fromhex(settings.ORGANISATION_KEY_FILE.read_text().strip())

        assert KeyPair.from_root(root_from(papers)).public.raw == pinned == organisation.public().raw

    def test_any_two_papers_do(self, papers):
        assert combine_mnemonics(papers[1:]) == root_from(papers)
        assert len(papers) == 3

    def test_the_private_half_is_nowhere_else(self, papers, settings):
        row = OrganisationKey.objects.get()

        kept = bytes(row.public_key) + bytes(row.mac) + settings.ORGANISATION_KEY_FILE.read_bytes()
        assert root_from(papers) not in kept
        assert root_from(papers).hex().encode() not in kept

    def test_is_recorded_without_the_papers(self, papers, recorded):
        from cases.audit.models import Entry

        entry = Entry.objects.filter(action="vault.organisation_key_made").latest("id")
        assert entry.detail == "2 of 3"

    def test_there_is_never_a_second(self, papers):
        with pytest.raises(OrganisationKeyExists):
            make_organisation_key()

    def test_nor_one_beside_a_forgotten_file(self, papers):
        OrganisationKey.objects.all().delete()

        with pytest.raises(OrganisationKeyExists):
            make_organisation_key()


class TestPublic:
    def test_before_set_up(self, vault):
        with pytest.raises(NoOrganisationKey):
            organisation.public()

    @pytest.mark.parametrize("content", ["", "zz", "01" + "00" * 1216])
    def test_another_file_is_refused(self, papers, settings, content):
        settings.ORGANISATION_KEY_FILE.write_text(content)

        with pytest.raises(OrganisationKeyDiffers):
            organisation.public()

    def test_a_missing_file_is_refused(self, papers, settings):
        settings.ORGANISATION_KEY_FILE.unlink()

        with pytest.raises(OrganisationKeyDiffers):
            organisation.public()

    def test_a_key_planted_in_the_database_is_refused(self, papers):
        OrganisationKey.objects.update(public_key=KeyPair.from_root(bytes(32)).public.raw)

        with pytest.raises(OrganisationKeyDiffers):
            organisation.public()

    def test_a_key_planted_in_both_is_refused(self, papers, settings):
        planted = KeyPair.from_root(bytes(32)).public.raw
        OrganisationKey.objects.update(public_key=planted)
        settings.ORGANISATION_KEY_FILE.write_text(planted.hex())

        with pytest.raises(KeyNotBelieved):
            organisation.public()

    def test_another_pepper_is_refused(self, papers, settings):
        settings.PEPPER_FILE.unlink()
        pepper.create()

        with pytest.raises(KeyNotBelieved):
            organisation.public()


def test_papers_open_every_safe(team):
    safe = make_safe(team.ana, team.boris)
    keys = KeyPair.from_root(root_from(team.papers))

    root = envelope.open_sealed(keys, organisation.wrap_info(safe.pk, 1), safe.organisation_wrap)

    assert KeyPair.from_root(root).public.raw == bytes(safe.public_key)


def test_nothing_is_sealed_while_they_differ(team, settings):
    settings.ORGANISATION_KEY_FILE.write_text("00")

    with pytest.raises(OrganisationKeyDiffers):
        make_safe(team.ana)


def test_it_can_be_made_by_the_first_administrator(vault):
    root = make_colleague("root", role=None)

    assert len(organisation.create(threshold=3, shares=5, by=root)) == 5
