"""How backups and the vault stand, as the log has it: it cannot be changed, so there is no second truth."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cases.audit.models import Entry

# Both are made every night; one night may be missed while the machine is off.
NIGHTLY = timedelta(hours=50)
_ACTIONS = (
    "backup.made",
    "backup.failed",
    "backup.proven",
    "backup.drill_failed",
    "vault.found_whole",
    "vault.found_faulty",
)
_FAULT = re.compile(r"([a-z_]+) (\d+)")


@dataclass(frozen=True)
class Standing:
    """Times of what went well last, and whether anything went wrong since; None is never."""

    backup: datetime | None
    backup_failed: bool
    backup_late: bool
    proven: datetime | None
    drill_failed: bool
    proof_late: bool
    checked: datetime | None
    check_late: bool
    faults: tuple[tuple[str, int], ...]

    @property
    def alarming(self) -> bool:
        late = self.backup_late or self.proof_late or self.check_late
        return late or self.backup_failed or self.drill_failed or bool(self.faults)


def standing() -> Standing:
    newest = {
        row.action: row
        for row in Entry.objects.filter(action__in=_ACTIONS).order_by("action", "-id").distinct("action")
    }
    made, proven = newest.get("backup.made"), newest.get("backup.proven")
    whole, faulty = newest.get("vault.found_whole"), newest.get("vault.found_faulty")
    checked = max((row for row in (whole, faulty) if row), key=lambda row: row.id, default=None)
    # A demo that nobody has given a key for backups has none to miss.
    expected = settings.PRODUCTION or bool(settings.BACKUP_RECIPIENTS)
    return Standing(
        backup=made.at if made else None,
        backup_failed=_later(newest.get("backup.failed"), made),
        backup_late=expected and _older(made, NIGHTLY),
        proven=proven.at if proven else None,
        drill_failed=_later(newest.get("backup.drill_failed"), proven),
        proof_late=expected and _older(proven, timedelta(days=settings.PROVEN_DAYS)),
        checked=checked.at if checked else None,
        check_late=settings.PRODUCTION and _older(checked, NIGHTLY),
        faults=faults_in(faulty.detail) if faulty and faulty is checked else (),
    )


def _later(row: Entry | None, than: Entry | None) -> bool:
    return row is not None and (than is None or row.id > than.id)


def _older(row: Entry | None, limit: timedelta) -> bool:
    return row is None or row.at < timezone.now() - limit


def faults_in(detail: str) -> tuple[tuple[str, int], ...]:
    """Read codes and numbers from the row of a check."""
    return tuple((code, int(count)) for code, count in _FAULT.findall(detail))
