from procrastinate.contrib.django import app

from cases.desk.deadlines.reminders import remind
from cases.desk.mailing import send_notices


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="desk_notices", pass_context=False)
def mail_notices(timestamp: int) -> None:
    """Every five minutes: who wants to hear of it at once, or has morning now and something waits."""
    send_notices()


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="desk_reminders", pass_context=False)
def remind_of_deadlines(timestamp: int) -> None:
    """Every hour: whose case has a deadline within days and was not told of it."""
    remind()
