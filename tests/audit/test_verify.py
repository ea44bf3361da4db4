from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from cases.audit import heads
from cases.audit.operations import record
from cases.audit.queries import last_entry
from cases.audit.tasks import write_audit_head

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def run_without_triggers(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


@pytest.fixture
def unguarded():
    """The triggers off, as for an attacker who owns the table; afterwards the log begins anew."""
    yield run_without_triggers
    run_without_triggers("DELETE FROM audit_entry")


def verify():
    said, wrong = StringIO(), StringIO()
    try:
        call_command("audit_verify", stdout=said, stderr=wrong)
    except CommandError as error:
        return f"{wrong.getvalue()}{error}"
    return said.getvalue()


def some_rows():
    return [record("step", by=None, detail=str(turn)) for turn in range(4)]


def test_an_untouched_log_is_whole():
    *_, last = some_rows()

    assert verify().startswith(f"The audit log is whole: {last} rows")


def test_an_edited_row_shows(unguarded):
    _, second, *_ = some_rows()
    unguarded(f"UPDATE audit_entry SET detail = 'harmless' WHERE id = {second}")

    assert f"row {second}: was changed after it was written" in verify()


def test_a_row_cut_out_of_the_middle_shows(unguarded):
    _, second, third, _ = some_rows()
    unguarded(f"DELETE FROM audit_entry WHERE id = {second}")

    assert f"row {second}: rows {second} to {second} are missing" in verify()
    assert f"row {third}: does not follow the row before it" in verify()


def test_a_forged_row_with_a_hash_of_its_own_shows(unguarded):
    *_, last = some_rows()
    unguarded(
        "INSERT INTO audit_entry (id, at, actor, action, about, detail, previous, hash)"
        f" SELECT id + 1, at, actor, 'forged', about, detail, hash, repeat('0', 64) FROM audit_entry WHERE id = {last}"
    )

    assert f"row {last + 1}: was changed after it was written" in verify()


def test_a_tail_cut_off_shows_by_the_head_kept_outside(unguarded):
    *_, third, last = some_rows()
    write_audit_head(0)
    unguarded(f"DELETE FROM audit_entry WHERE id > {third}")

    assert f"row {last}: is kept in the heads outside the database, but the row is gone" in verify()


def test_a_chain_written_anew_shows_by_the_head_kept_outside(unguarded):
    some_rows()
    write_audit_head(0)
    last = last_entry()
    unguarded(f"DELETE FROM audit_entry WHERE id = {last.id}")
    record("step", by=None, detail="another ending")

    assert f"row {last.id}: differs from the head kept outside the database" in verify()


def test_a_head_file_that_was_written_over_shows():
    some_rows()
    heads.head_file().write_bytes(b"\xff 12 what\n")

    assert "row 0: 1 lines of the heads outside the database cannot be read" in verify()


def test_every_hundredth_row_is_noted_outside(monkeypatch):
    monkeypatch.setattr("cases.audit.operations.EVERY", 1)
    number = record("step", by=None)

    assert heads.read_heads() == heads.Heads({number: last_entry().hash}, 0)
    assert heads.head_file().stat().st_mode & 0o077 == 0
