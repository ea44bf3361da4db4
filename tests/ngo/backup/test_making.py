import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time

import pytest
from django.core.management import CommandError, call_command

from cases.audit.models import Entry
from ngo.backup import BackupError, age, archive, examining
from ngo.backup.making import make_backup
from tests.ngo.backup.places import NAME, ROOT, TOKEN

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def opened(made, keys):
    with age.decrypted(made.path, [keys.key]) as stream:
        return stream.read()


def test_the_file_holds_everything(world, keys):
    made = make_backup()

    with tarfile.open(fileobj=io.BytesIO(opened(made, keys))) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
        dump = b"".join(tar.extractfile(name).read() for name in names if name.startswith("database/"))
    assert dump.startswith(b"PGDMP")
    assert f"files/{world.file.pk.hex}/{world.file.pk.hex}-0" in names
    assert {"pepper.sealed", "organisation.pub"} <= set(names)
    assert names[-1] == "manifest.json"
    assert (manifest["counts"]["safes"], manifest["counts"]["items"]) == (1, 2)
    assert (manifest["kind"], manifest["postgres"] >= 14, manifest["findings"]) == ("demo", True, {})
    assert "vault.0008_adopt_what_is_sealed" in manifest["migrations"]


def test_it_is_whole_for_its_reader(world, keys):
    made = make_backup()

    assert examining.examine(made.path, [keys.key]).sha256 == made.sha256


def test_it_is_recorded_with_the_hash_of_the_file(world):
    made = make_backup()

    entry = Entry.objects.latest("id")
    assert entry.action == "backup.made"
    assert f"{made.path.name}, {made.path.stat().st_size} bytes, sha256 {made.sha256}" in entry.detail


def test_nobody_else_can_read_the_file(world, settings):
    made = make_backup()

    assert made.path.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in settings.BACKUP_DIR.iterdir()} == {made.path.name, "erasures.log"}
    assert settings.BACKUP_DIR.stat().st_mode & 0o777 == 0o700


def test_what_was_kept_beside_the_database_goes_along(world, keys, settings):
    settings.BACKUP_DIR.mkdir()
    settings.ERASURE_LEDGER.write_text("erased\n")
    (world.state / "audit-heads.log").write_text("head\n")

    kept = examining.examine(make_backup().path, [keys.key]).kept

    assert (kept["erasures.log"], kept["audit-heads.log"]) == (b"erased\n", b"head\n")


def test_neither_the_pepper_nor_a_name_is_in_it(world, keys, settings):
    made = make_backup()
    inside = opened(made, keys)

    for secret in (
        TOKEN,
        settings.PEPPER_FILE.read_bytes().strip(),
        bytes.fromhex(settings.PEPPER_FILE.read_text()),
        settings.SECRET_KEY.encode(),
    ):
        assert secret not in inside
        assert secret not in made.path.read_bytes()


def test_a_planted_name_would_be_found(world, keys, settings):
    (world.state / "audit-heads.log").write_text(NAME)

    made = make_backup()

    assert TOKEN in opened(made, keys)
    assert TOKEN not in made.path.read_bytes()


def test_without_a_key_there_is_no_backup(world, settings):
    settings.BACKUP_RECIPIENTS = []

    with pytest.raises(CommandError, match="BACKUP_RECIPIENTS is not set"):
        call_command("backup")

    assert not settings.BACKUP_DIR.exists()


def test_without_an_organisation_key_neither(world, settings):
    settings.ORGANISATION_KEY_FILE.unlink()

    with pytest.raises(CommandError, match="organisation key"):
        call_command("backup")

    assert list(settings.BACKUP_DIR.iterdir()) == []


def test_a_folder_that_cannot_be_written_to(world, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(BackupError, match="cannot be used"):
        make_backup(to=tmp_path / "file")


def test_a_dump_that_fails_leaves_nothing(world, settings, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setattr("ngo.backup.clients.environment", lambda alias: {"PGHOST": "/nonexistent"})

    with pytest.raises(BackupError, match="pg_dump failed"):
        make_backup()

    assert list(settings.BACKUP_DIR.iterdir()) == []


def test_large_files_and_a_large_log_go_in_pieces(world, keys, monkeypatch):
    (world.state / "audit-heads.log").write_bytes(b"head\n" * 5000)
    monkeypatch.setattr(archive, "PIECE", 12_000)

    made = make_backup()

    assert made.manifest.parts["database"]["members"] > 10
    assert examining.examine(made.path, [keys.key]).kept["audit-heads.log"] == b"head\n" * 5000


SLOWLY = """
import os, sys, time, django
from django.conf import settings
django.setup()
settings.BACKUP_RECIPIENTS, settings.STORAGES = [sys.argv[1]], settings.STORAGES
from ngo.backup import archive, making
real = archive.in_pieces
def slowly(name, stream):
    for place, piece in enumerate(real(name, stream)):
        yield piece
        if place == 3:
            os.fsync(1)
            print("half", flush=True)
            time.sleep(60)
archive.in_pieces, archive.PIECE = slowly, 20000
making.archive.PIECE = 20000
making.make_backup()
"""


def test_a_killed_backup_leaves_nothing_in_clear(world, keys, settings, tmp_path):
    """The name stands in the log as well, so that the dump holds it in clear; only the encryption hides it."""
    from django.db import connections

    from cases.audit.operations import record
    from tests.ngo.backup.places import address

    record("test.planted", by=None, detail=NAME)
    database = connections["owner"].settings_dict["NAME"]
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = os.environ | {
        "VAR_DIR": str(world.state),
        "BACKUP_DIR": str(settings.BACKUP_DIR),
        "TMPDIR": str(temporary),
        "DATABASE_URL": address("default", database),
        "DATABASE_OWNER_URL": address("owner", database),
    }
    command = [sys.executable, "-c", SLOWLY.replace("os.fsync(1)\n", "pass\n"), settings.BACKUP_RECIPIENTS[0]]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
    [half] = settings.BACKUP_DIR.iterdir()
    assert half.name.endswith(".part")
    assert half.stat().st_size > 60_000
    left = [
        path for folder in (tmp_path, settings.BACKUP_DIR) for path in folder.rglob("*") if path.is_file()
    ]
    assert [path for path in left if TOKEN in path.read_bytes()] == []
    deadline = time.monotonic() + 10
    while _dumps_of(database) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _dumps_of(database) == 0

    made = make_backup()

    assert {path.name for path in settings.BACKUP_DIR.iterdir()} == {made.path.name, "erasures.log"}


def _dumps_of(database):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND application_name = 'pg_dump'",
            [database],
        )
        return cursor.fetchone()[0]
