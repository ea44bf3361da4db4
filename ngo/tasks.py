from django.conf import settings
from procrastinate.contrib.django import app

from cases.audit.operations import record
from cases.vault.refusals import Refused
from ngo.backup import BackupError
from ngo.backup.making import make_backup


@app.periodic(cron="11 3 * * *")
@app.task(queueing_lock="backup", pass_context=False)
def back_up(timestamp: int) -> None:
    """Nightly. A failure is recorded, and from there stands on the desk of who answers for it; then the job fails."""
    if settings.DEMO and not settings.BACKUP_RECIPIENTS:
        return
    try:
        make_backup()
    except (BackupError, Refused) as failure:
        record("backup.failed", by=None, detail=str(failure))
        raise
    except OSError as failure:
        record("backup.failed", by=None, detail=failure.strerror or type(failure).__name__)
        raise
