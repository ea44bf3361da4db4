from django.db import models


class Mark(models.Model):
    """What a sealed item or a safe looked like when it was last written: rows are only ever added.

    The row of the audit log that was written with it carries the hash over all marks of one `batch`, and is that hash.
    """

    thing = models.UUIDField(editable=False)
    leaf = models.BinaryField()
    batch = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"mark {self.pk}"
