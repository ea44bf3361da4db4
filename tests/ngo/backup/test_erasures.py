"""An older backup brings nobody back who was erased since, not for one request."""

import shutil

import pytest

from cases.applicants import operations
from cases.vault import ledger
from ngo.backup.drilling import drill
from ngo.backup.making import make_backup
from tests.applicants.factories import make_applicant
from tests.ngo.backup.places import _file

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def older(world):
    """A backup that holds two people and a file; one of them is erased afterwards."""
    world.gone, world.stays = (make_applicant(by=world.people.ana) for _ in range(2))
    _file(world.gone.identity_safe, world.people.ana)
    world.asked = operations.ask_erasure(applicants=[world.gone], reason="wish", by=world.people.ana)
    world.backup = make_backup()
    operations.approve_erasure(erasure=world.asked, by=world.people.clara)
    return world


@pytest.fixture
def restore(older, keys, elsewhere, settings):
    def do(path=None):
        private = ["--identity", keys.identity, "--pepper", settings.PEPPER_FILE]
        return elsewhere.manage("restore", path or older.backup.path, *private)

    return do


def cases_in(place):
    return [pseudonym for (pseudonym,) in place.ask("SELECT pseudonym FROM applicants_applicant")]


def test_who_was_erased_is_erased_again_before_anybody_is_served(older, restore, elsewhere):
    done = restore()

    assert (done.returncode, done.stderr) == (0, "")
    assert "Erasures in the ledger: 1." in done.stdout
    assert "NEW" not in done.stdout
    assert cases_in(elsewhere) == [older.stays.pseudonym]
    gone = [older.gone.identity_safe_id, older.gone.account_safe_id]
    assert not {pk for (pk,) in elsewhere.ask("SELECT id FROM vault_safe")} & set(gone)
    [[answer, people, files]] = elsewhere.ask(
        "SELECT answer, (SELECT count(*) FROM applicants_erasedcase), files FROM applicants_erasure"
    )
    assert (answer, people, files) == ("repeated", 1, 1)
    # The file of the other safe alone is left.
    assert len(list((elsewhere.folder / "files").glob("*/*"))) == 1
    assert "vault.erased" in {action for (action,) in elsewhere.ask("SELECT action FROM audit_entry")}


def test_a_restore_that_was_cut_off_is_ended_by_the_start(older, restore, elsewhere, settings, tmp_path):
    """As if the machine fell when the database was there and the ledger not yet gone through."""
    restore(alone(older.backup, tmp_path))
    assert older.gone.pseudonym in cases_in(elsewhere)
    (elsewhere.folder / "backups").mkdir(exist_ok=True)
    shutil.copy(settings.ERASURE_LEDGER, elsewhere.folder / "backups" / "erasures.log")

    started = elsewhere.python("-m", "ngo.prepare", "serve")

    assert older.gone.pseudonym not in cases_in(elsewhere), started.stderr
    assert older.stays.pseudonym in cases_in(elsewhere)


def test_the_drill_erases_too(older, keys, settings):
    drill(path=older.backup.path, identity=keys.identity, pepper=settings.PEPPER_FILE)


def test_without_the_ledger_it_says_loudly_that_people_are_back(older, restore, elsewhere, tmp_path):
    done = restore(alone(older.backup, tmp_path))

    assert (done.returncode, done.stderr[:9]) == (0, "NO LEDGER")
    assert sorted(cases_in(elsewhere)) == sorted([older.gone.pseudonym, older.stays.pseudonym])


def test_a_newer_backup_carries_the_ledger(older, restore, elsewhere, tmp_path):
    restore(alone(make_backup(), tmp_path))

    assert (elsewhere.folder / "backups" / "erasures.log").read_bytes() == ledger_bytes(older)
    assert cases_in(elsewhere) == [older.stays.pseudonym]


@pytest.mark.parametrize("harm", ["changed", "another's"])
def test_a_ledger_that_was_changed_stops_the_restore(older, restore, elsewhere, settings, harm):
    content = settings.ERASURE_LEDGER.read_bytes()
    harmed = content.replace(older.asked.pk.hex.encode(), b"0" * 32) if harm == "changed" else b"x y z\n"
    settings.ERASURE_LEDGER.write_bytes(harmed)

    done = restore()

    assert done.returncode == 1
    assert "Line 1 of the ledger of erasures was not written by this system" in done.stderr
    assert elsewhere.is_empty


def test_a_ledger_that_was_cut_stops_the_restore_of_what_knows_more(older, restore, elsewhere, settings):
    newer = make_backup()
    settings.ERASURE_LEDGER.write_bytes(b"")

    done = restore(newer.path)

    assert done.returncode == 1
    assert "it was cut or changed" in done.stderr
    assert elsewhere.is_empty


def alone(backup, tmp_path):
    """A copy of a backup on a stick, without what lies beside it."""
    path = tmp_path / "stick of somebody" / backup.path.name
    path.parent.mkdir()
    shutil.copy(backup.path, path)
    return path


def ledger_bytes(world):
    content = (world.backup.path.parent / "erasures.log").read_bytes()
    assert [line.erasure for line in ledger.read()] == [world.asked.pk]
    return content
