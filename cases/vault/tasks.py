from procrastinate.contrib.django import app

from cases.vault import queries, unlock
from cases.vault.operations import abandon_upload, check_vault
from cases.vault.operations.counting import forget_past_days
from cases.vault.operations.duty import forget_old_layers
from cases.vault.operations.erasing import remove_left_files
from cases.vault.operations.interviews import end_old_interviews


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


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="vault_old_unlocks", pass_context=False)
def empty_old_unlocks(timestamp: int) -> None:
    """Every five minutes: what an unlock left in memory when its time was over, of those who never came back."""
    unlock.clear_away()


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="vault_past_days", pass_context=False)
def remove_past_days(timestamp: int) -> None:
    """Nightly: whom somebody opened on earlier days no longer counts."""
    forget_past_days()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="vault_old_interviews", pass_context=False)
def note_old_interviews(timestamp: int) -> None:
    """Each ten minutes: interviews that ran out get their row in the log."""
    end_old_interviews()


@app.periodic(cron="53 * * * *")
@app.task(queueing_lock="vault_left_files", pass_context=False)
def remove_files_left(timestamp: int) -> None:
    """Hourly: sealed files of erased cases, where a fall of the machine came between the rows and the storage."""
    remove_left_files()
