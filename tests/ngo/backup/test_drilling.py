import psycopg
import pytest
from django.core.management import CommandError, call_command

from cases.audit.models import Entry
from cases.vault import pepper
from cases.vault.models import SealedItem
from ngo import postgres
from ngo.backup import BackupError, age, drilling
from ngo.backup.drilling import drill
from ngo.backup.making import make_backup
from tests.ngo.backup.places import address
from tests.ngo.backup.test_restoring import manifest_with, rewritten

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def made(world):
    return make_backup()


@pytest.fixture
def try_it(made, keys, settings):
    return lambda path=None: drill(
        path=path or made.path, identity=keys.identity, pepper=settings.PEPPER_FILE
    )


@pytest.fixture
def no_programs(monkeypatch):
    """As where an organisation has a PostgreSQL of its own and left the embedded one out."""
    monkeypatch.setattr(postgres, "installed", lambda: False)


def databases():
    with psycopg.connect(address("owner", "template1")) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}


def test_it_is_proven_and_nothing_stays(try_it, made, world):
    before = set(world.state.iterdir())

    try_it()

    entry = Entry.objects.latest("id")
    assert entry.action == "backup.proven"
    assert f"{made.path.name}, sha256 {made.sha256}" in entry.detail
    assert "safes 1" in entry.detail
    assert set(world.state.iterdir()) - before == {world.state / "drill.lock"}


def test_the_running_system_stays_as_it_is(try_it, world):
    items = list(SealedItem.objects.order_by("pk").values_list("pk", "envelope"))
    secret = pepper.load()

    try_it()

    assert list(SealedItem.objects.order_by("pk").values_list("pk", "envelope")) == items
    assert pepper.load() == secret


def test_beside_a_server_of_ones_own(try_it, no_programs):
    before = databases()

    try_it()

    assert Entry.objects.latest("id").action == "backup.proven"
    assert databases() == before


def test_what_a_killed_drill_left_is_removed(try_it, no_programs, world):
    (world.state / "drill-abc" / "files").mkdir(parents=True)
    with psycopg.connect(address("owner", "template1"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE drill_0123456789abcdef")

    try_it()

    assert not (world.state / "drill-abc").exists()
    assert "drill_0123456789abcdef" not in databases()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda made: manifest_with(counts=made.manifest.counts | {"safes": 7}), "safes: 1 instead of 7"),
        (lambda made: manifest_with(pepper_check="0" * 64), "does not belong to these data"),
    ],
    ids=["counts", "pepper"],
)
def test_what_does_not_hold_is_recorded_and_told(try_it, made, keys, tmp_path, no_programs, change, sentence):
    path = rewritten(made, keys, tmp_path, change(made))
    before = databases()

    with pytest.raises(BackupError, match=sentence):
        try_it(path)

    entry = Entry.objects.latest("id")
    assert entry.action == "backup.drill_failed"
    assert sentence in entry.detail
    assert databases() == before


def test_a_fault_that_came_on_the_way_is_told(try_it, keys, tmp_path, no_programs, world):
    """What the dump holds was damaged, and the manifest does not know of it."""
    SealedItem.objects.filter(kind="identity").update(key_version=7)
    damaged = make_backup(to=tmp_path / "damaged")
    path = rewritten(damaged, keys, tmp_path, manifest_with(findings={}))

    with pytest.raises(BackupError, match="1 sealed item is still sealed with an earlier key"):
        try_it(path)


class TestCommand:
    def test_the_newest(self, made, keys, capsys):
        call_command("drill", latest=True, identity=keys.identity)

        said = capsys.readouterr().out
        assert f"{made.path.name} was restored, checked and deleted again" in said
        assert "--shares proves" in said

    def test_without_the_private_key_it_says_where_that_is(self, made):
        with pytest.raises(CommandError, match="does not lie on this machine"):
            call_command("drill", latest=True)

    def test_no_backup_yet(self, world, keys):
        with pytest.raises(CommandError, match="There is no backup in"):
            call_command("drill", latest=True, identity=keys.identity)

    def test_another_private_key(self, made, tmp_path):
        other = tmp_path / "other.txt"
        other.write_text(str(age.Identity.generate()))

        with pytest.raises(CommandError, match="made for other keys"):
            call_command("drill", str(made.path), identity=other)

        assert Entry.objects.latest("id").action == "backup.drill_failed"

    def test_with_shares(self, made, keys, world, monkeypatch, capsys, no_programs):
        answers = iter(world.papers[:2])
        monkeypatch.setattr("ngo.backup.terminal.ask", lambda question: next(answers))

        call_command("drill", latest=True, identity=keys.identity, shares=True)

        assert "The shares open the pepper." in capsys.readouterr().out


def test_one_at_a_time(try_it, world):
    with drilling._alone(), pytest.raises(BackupError, match="Another drill"):
        try_it()
