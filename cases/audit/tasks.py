from procrastinate.contrib.django import app

from cases.audit.heads import write_head
from cases.audit.queries import last_entry


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="audit_head", pass_context=False)
def write_audit_head(timestamp: int) -> None:
    """Hourly: note the newest hash outside the database."""
    if last := last_entry():
        write_head(last.id, last.hash)
