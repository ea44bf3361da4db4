from procrastinate.contrib.django import app

from cases.applicants.operations.erasing import finish_erasures


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="applicants_finish_erasures", pass_context=False)
def finish_what_was_approved(timestamp: int) -> None:
    """Hourly: erasures that were approved, and cut off before they were carried out."""
    finish_erasures()
