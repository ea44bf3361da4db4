from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.documents.models.held import Document
from cases.staff.models import User, random_id
from cases.vault.models import SealedFile


class Scan(models.Model):
    """A sealed picture, PDF or recording of a document. What it is called and what it shows, the file alone knows."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="scans")
    # An upload that was never finished goes by itself, and the row with it.
    file = models.OneToOneField(SealedFile, models.CASCADE, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    # Added by mistake: it is shown no more, and stays sealed.
    struck_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        default_permissions = ()
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"scan {self.pk}"
