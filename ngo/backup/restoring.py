"""The way back, to a machine that holds nothing yet. What goes wrong leaves it as empty as it was."""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connections

from cases.audit.heads import head_file
from cases.audit.operations import record
from cases.vault import ledger as erasure_ledger
from cases.vault import organisation, pepper, sealed_copies
from cases.vault.operations import check_vault
from cases.vault.restored import AFTER_RESTORE
from cases.vault.shares import keys_behind
from cases.vault.soundness import Finding
from ngo import default_rights
from ngo.backup import BackupError, age, clients
from ngo.backup.examining import Examined, examine, large_members, require_fitting
from ngo.backup.manifest import counts


@dataclass(frozen=True)
class Secrets:
    """What no backup gives away: the pepper; and the secret key of the server, where the shares opened that too."""

    pepper: bytes = field(repr=False)
    secret_key: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Restored:
    backup: Examined
    findings: list[Finding]
    # How many runs the ledger names, and whether it lay beside the backup: what was erased since stands only there.
    erasures: int
    ledger_beside: bool

    @property
    def new_findings(self) -> list[Finding]:
        """What was not found when the backup was made: a fault of the way here."""
        before = self.backup.manifest.findings
        if before is None:
            return []
        return [one for one in self.findings if one.count > before.get(one.code, 0)]


def restore(*, path: Path, keys: list[age.Identity], secrets_of: Callable[[Examined], Secrets]) -> Restored:
    """Restore everything, then look whether it is whole. `secrets_of` brings the pepper, once the rest is known to fit."""
    require_empty()
    backup = examine(path, keys)
    require_fitting(backup.manifest)
    ledger_there, ledger = _newest_ledger(backup)
    secrets = secrets_of(backup)
    sealed_copies.require_same(secrets.pepper, backup.manifest.pepper_check)
    # Before anything is written: one that was changed would bring back who was erased.
    erasures = len(erasure_ledger.parse(ledger, secrets.pepper))
    with contextlib.ExitStack() as undo:
        _keep_files(backup, secrets, ledger, undo)
        _pour(backup, keys, undo)
        undo.pop_all()
    _require_counts(backup)
    _settle_database()
    for do in AFTER_RESTORE:
        do()
    findings = check_vault(by=None)
    record("backup.restored", by=None, detail=f"{path.name}, sha256 {backup.sha256}")
    return Restored(backup, findings, erasures, ledger_there)


def secrets_by_shares(root: bytes, backup: Examined) -> Secrets:
    """Open what is sealed in a backup with the root that the shares made."""
    keys = keys_behind(root, backup.kept["organisation.pub"])
    return Secrets(
        sealed_copies.opened("pepper", backup.kept["pepper.sealed"], keys),
        sealed_copies.opened("secret key", backup.kept["secret-key.sealed"], keys),
    )


def secret_key_file() -> Path:
    return Path(settings.VAR_DIR) / "secret-key"


def require_empty() -> None:
    """Refuse where anything could be overwritten."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
        )
        if cursor.fetchone()[0]:
            raise BackupError(
                "The database holds tables already: restore into an empty one. Nothing was changed."
            )
    there = [path for path in _kept_paths() if path.exists()]
    if there:
        raise BackupError(f"{there[0]} is there already: restore into an empty VAR_DIR. Nothing was changed.")
    with contextlib.suppress(FileNotFoundError):
        if any(storages["sealed"].listdir("")):
            raise BackupError(
                "Sealed files are there already: restore into an empty VAR_DIR. Nothing was changed."
            )


def _kept_paths() -> tuple[Path, ...]:
    return (settings.PEPPER_FILE, settings.ORGANISATION_KEY_FILE, head_file(), secret_key_file())


def _newest_ledger(backup: Examined) -> tuple[bool, bytes]:
    """The ledger beside the backup goes on where the one inside ends: what was erased since stands there only."""
    found, inside = False, backup.kept.get("erasures.log", b"")
    for path in dict.fromkeys((backup.path.with_name("erasures.log"), settings.ERASURE_LEDGER)):
        if path.exists():
            beside = path.read_bytes()
            if not beside.startswith(inside):
                raise BackupError(
                    f"{path} does not go on where the ledger of erasures in the backup ends: it was cut or changed. "
                    "Take the one from the newest backup, or from where backups are copied to. Nothing was changed."
                )
            found, inside = True, beside
    return found, inside


def _keep_files(backup: Examined, secrets: Secrets, ledger: bytes, undo: contextlib.ExitStack) -> None:
    pepper.keep(secrets.pepper)
    undo.callback(settings.PEPPER_FILE.unlink)
    organisation.pin(backup.kept["organisation.pub"])
    undo.callback(settings.ORGANISATION_KEY_FILE.unlink)
    if secrets.secret_key:
        _write(secret_key_file(), secrets.secret_key + b"\n")
        undo.callback(secret_key_file().unlink)
    if heads := backup.kept.get("audit-heads.log"):
        _write(head_file(), heads)
        undo.callback(head_file().unlink)
    if ledger and not settings.ERASURE_LEDGER.exists():
        settings.ERASURE_LEDGER.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(settings.ERASURE_LEDGER, ledger)
        undo.callback(settings.ERASURE_LEDGER.unlink)


def _pour(backup: Examined, keys: list[age.Identity], undo: contextlib.ExitStack) -> None:
    storage = storages["sealed"]
    _say_rights(default_rights.TAKE)
    undo.callback(_say_rights, default_rights.GIVE)
    with clients.restoring("owner", backup.manifest.dump_program) as database:
        for name, content in large_members(backup.path, keys):
            if name.startswith("database/"):
                database.write(content)
            else:
                inside = name.removeprefix("files/")
                undo.callback(storage.delete, inside)
                storage.save(inside, ContentFile(content))


def _say_rights(statements: tuple[str, ...]) -> None:
    connection = connections["owner"]
    app = connection.ops.quote_name(connections["default"].settings_dict["USER"])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(app=app))


def _require_counts(backup: Examined) -> None:
    found = counts("owner")
    expected = backup.manifest.counts
    wrong = [
        f"{name}: {found.get(name)} instead of {number}"
        for name, number in expected.items()
        if found.get(name) != number
    ]
    if wrong:
        raise BackupError(f"The restored database does not hold what the manifest says: {', '.join(wrong)}.")


def _settle_database() -> None:
    """What a dump does not carry; and nobody is logged in on a machine that was just set up."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$"
        )
        cursor.execute("DELETE FROM django_session")
        cursor.execute("ANALYZE")
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    connections["default"].close()


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
