import subprocess
import sys

import pytest

from ngo.backup.making import make_backup
from tests.ngo.backup.places import ROOT

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
EARLIER = "0005_sealed_files"


@pytest.fixture
def place(world, keys, elsewhere, settings):
    """An organisation that worked with an earlier version of the program, before there were marks."""
    made = make_backup()
    done = elsewhere.manage(
        "restore", made.path, "--identity", keys.identity, "--pepper", settings.PEPPER_FILE
    )
    assert done.returncode == 0
    assert elsewhere.manage("migrate", "vault", EARLIER, "--database=owner").returncode == 0
    elsewhere.environment["BACKUP_RECIPIENTS"] = settings.BACKUP_RECIPIENTS[0]
    elsewhere.upgrade = lambda *arguments, **environment: subprocess.run(
        [sys.executable, "-m", "ngo.upgrade", *arguments],
        env=elsewhere.environment | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    yield elsewhere
    with elsewhere.server() as server:
        server.execute(f"DROP DATABASE IF EXISTS {elsewhere.database}_before WITH (FORCE)")


def last_migration(place):
    return place.ask("SELECT max(name) FROM django_migrations WHERE app = 'vault'")[0][0]


def last_action(place):
    return place.ask("SELECT action FROM audit_entry ORDER BY id DESC LIMIT 1")[0][0]


def copies(place):
    with place.server() as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{place.database}%"]
        )
        return sorted(name.removeprefix(place.database) for (name,) in found.fetchall())


def test_it_brings_the_data_to_this_version(place):
    done = place.upgrade()

    assert (done.returncode, done.stderr) == (0, "")
    assert last_migration(place) > EARLIER
    assert last_action(place) == "backup.upgraded"
    assert place.ask("SELECT count(*) FROM vault_mark") == [(3,)]
    assert copies(place) == [""]
    assert len(list((place.folder / "backups").glob("*.age"))) == 1


def test_a_step_that_fails_is_taken_back(place):
    place.do("CREATE TABLE vault_mark (n int)")

    done = place.upgrade()

    assert done.returncode == 1
    assert "the data are again as they were" in done.stderr
    assert last_migration(place) == EARLIER
    assert last_action(place) == "backup.upgrade_undone"
    assert place.ask("SELECT count(*) FROM vault_sealeditem") == [(2,)]
    assert copies(place) == [""]


def test_a_vault_that_is_not_whole_afterwards_is_taken_back(place):
    place.do("UPDATE vault_safe SET mac = '\\x00'")

    done = place.upgrade()

    assert done.returncode == 1
    assert "1 safe has a key that this system did not make." in done.stderr
    assert last_migration(place) == EARLIER


def test_a_name_with_one_holder_is_no_reason_to_go_back(place):
    place.do("DELETE FROM vault_grant WHERE id = (SELECT min(id) FROM vault_grant)")

    assert place.upgrade().returncode == 0


def test_the_rights_are_those_of_before(place):
    place.do("CREATE TABLE vault_mark (n int)")

    place.upgrade()

    rights = "has_database_privilege('app', current_database(), %s)"
    [[connect]] = place.ask(f"SELECT {rights % repr('CONNECT')}")
    [[temporary]] = place.ask(f"SELECT {rights % repr('TEMPORARY')}")
    assert (connect, temporary) == (True, False)


def test_without_a_backup_nothing_is_touched(place):
    (place.folder / "organisation.pub").unlink()

    done = place.upgrade()

    assert "Without a backup there is no upgrade" in done.stderr
    assert last_migration(place) == EARLIER


def test_while_somebody_works_nothing_is_touched(place):
    with place.connected():
        done = place.upgrade()

    assert "Somebody uses the database" in done.stderr
    assert last_migration(place) == EARLIER
    assert copies(place) == [""]


class TestCutOff:
    @pytest.fixture(autouse=True)
    def cut_off(self, place):
        with place.server() as server:
            server.execute(f"CREATE DATABASE {place.database}_before TEMPLATE {place.database}")
        place.do("CREATE TABLE half (n int)")

    def test_it_asks_which_way(self, place):
        done = place.upgrade()

        assert done.returncode == 1
        assert "An earlier upgrade was cut off" in done.stderr
        assert copies(place) == ["", "_before"]

    def test_back(self, place):
        assert place.upgrade("--back").returncode == 0

        assert place.ask("SELECT to_regclass('half')") == [(None,)]
        assert copies(place) == [""]

    def test_keep(self, place):
        assert place.upgrade("--keep").returncode == 0

        assert place.ask("SELECT to_regclass('half')") == [("half",)]
        assert copies(place) == [""]
