from procrastinate.contrib.django import app

from cases.desk.mailing import send_notices


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="desk_notices", pass_context=False)
def mail_notices(timestamp: int) -> None:
    """Every five minutes: who wants to hear of it at once, or has morning now and something waits."""
    send_notices()
