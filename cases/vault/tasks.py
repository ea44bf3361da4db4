from procrastinate.contrib.django import app

from cases.vault import queries
from cases.vault.operations import abandon_upload, check_vault
from cases.vault.operations.duty import forget_old_layers


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="vault_stale_uploads", pass_context=False)
def remove_stale_uploads(timestamp: int) -> None:
    """Hourly: what was half sent two days ago and never finished, and what was refused, leaves the storage."""
    for file in queries.stale_uploads():
        abandon_upload(file=file, by=None)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="vault_check", pass_context=False)
def check_nightly(timestamp: int) -> None:
    """Nightly, after the backup: what is found stands in the log, and on the desk of who answers for it."""
    check_vault(by=None)


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="vault_old_layers", pass_context=False)
def remove_old_layers(timestamp: int) -> None:
    """Hourly: what was sealed for a request of duty officers that nobody approved in time."""
    forget_old_layers()
