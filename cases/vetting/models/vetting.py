from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant


class Vetting(models.Model):
    """The vetting of one person. Whoever votes, or changes what a vote rests on, locks this row first."""

    applicant = models.OneToOneField(Applicant, models.CASCADE, primary_key=True, related_name="vetting")
    # Raised with every change of the service record.
    service_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(_("Vetting"))
