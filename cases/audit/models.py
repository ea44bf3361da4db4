from django.db import models


class Entry(models.Model):
    """One row of who did what. The database fills in `id`, `at`, `previous` and `hash`, and refuses every change.

    Unmanaged: the table and its triggers come from the first migration, so that a test run's flush leaves it alone.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    at = models.DateTimeField(editable=False)
    actor = models.TextField()
    action = models.TextField()
    about = models.TextField()
    detail = models.TextField()
    previous = models.TextField(editable=False)
    hash = models.TextField(editable=False)

    class Meta:
        managed = False
        db_table = "audit_entry"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.id} {self.action}"
