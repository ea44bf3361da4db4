import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from ngo.backup import BackupError

FORMAT = 1
COUNTED = {
    "cases": "applicants_applicant",
    "safes": "vault_safe",
    "items": "vault_sealeditem",
    "grants": "vault_grant",
    "files": "vault_sealedfile",
    "colleagues": "staff_user",
    "log rows": "audit_entry",
}


@dataclass(frozen=True)
class Manifest:
    """The last member of a backup: what lies in it, and what it was made with."""

    format: int
    kind: str
    made_at: str
    program: str
    postgres: int
    dump_program: int
    migrations: list[str]
    parts: dict[str, dict[str, Any]]
    counts: dict[str, int]
    # None: not looked for, since the tables were those of an earlier version.
    findings: dict[str, int] | None
    pepper_check: str

    @classmethod
    def parse(cls, content: bytes) -> "Manifest":
        try:
            return cls(**json.loads(content))
        except (ValueError, TypeError):
            raise BackupError(
                "The manifest of this backup cannot be read: it is of another version."
            ) from None

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False).encode()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def program_version() -> str:
    text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def applied_migrations(alias: str = "default") -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def counts(alias: str = "default") -> dict[str, int]:
    with connections[alias].cursor() as cursor:
        found = {}
        for name, table in COUNTED.items():
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  # the names stand above
            found[name] = int(cursor.fetchone()[0])
    return found
