from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.models import User


class Screening(models.Model):
    """That a person was compared with the lists, and how many hits there are. Which they are lies in the identity safe.

    Whoever changes the sealed result locks this row first.
    """

    applicant = models.OneToOneField(
        Applicant, models.CASCADE, primary_key=True, related_name="screening", editable=False
    )
    screened_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    # The version of each list at that time, by its id, and what the lists were taken to mean; and of the sealed name.
    lists = models.JSONField(default=dict, editable=False)
    identity_version = models.PositiveIntegerField(default=0, editable=False)
    # Pairs that nobody has decided on; and of those not decided to be somebody else, how many of each kind.
    open = models.PositiveSmallIntegerField(default=0, editable=False)
    obstacle = models.PositiveSmallIntegerField(default=0, editable=False)
    risk = models.PositiveSmallIntegerField(default=0, editable=False)
    lead = models.PositiveSmallIntegerField(default=0, editable=False)
    same = models.PositiveSmallIntegerField(default=0, editable=False)
    unclear = models.PositiveSmallIntegerField(default=0, editable=False)
    # Rises with every screening and every decision.
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("screening")
        default_permissions = ()

    def __str__(self) -> str:
        return str(_("Screening"))
