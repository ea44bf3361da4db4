from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.audit.queries import faults, last_entry


class Command(BaseCommand):
    help = (
        "Check every row of the audit log against its chain and against the heads kept outside the database."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in faults():
            found += 1
            self.stderr.write(f"row {fault.number}: {fault.sentence}")
        if found:
            raise CommandError(f"The audit log is broken in {found} place(s).")
        last = last_entry()
        self.stdout.write(
            f"The audit log is whole: {last.id if last else 0} rows, newest hash {last.hash if last else '-'}"
        )
