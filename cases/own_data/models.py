"""A person asks for everything that is kept about them: when, until when we answer, and that it was handed out."""

from calendar import monthrange
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.models import User, random_id

# The deadline to answer; its subject is the id of the request.
RULE = "own_data.answer"
TITLE = _("Hand the person the copy of their data")
# General Data Protection Regulation, Art. 12(3): one month, and two more where it is complex or there are many.
MONTHS, MORE_MONTHS = 1, 2
SOURCE = _("Art. 12(3) GDPR: one month from the request; two more for a reason")


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last where that month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class DataRequest(models.Model):
    """One asks in the person's name, another hands out: a copy of everything leaves by two people too."""

    class Checked(models.TextChoices):
        MET = "met", _("met in person, by a colleague who knows them")
        VOICE = "voice", _("by voice, by a colleague who knows them")
        PAPER = "paper", _("with an identity document")

    class Extension(models.TextChoices):
        COMPLEX = "complex", _("there is much, and others have to be taken out of it")
        MANY = "many", _("many people ask at the same time")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="data_requests")
    asked_on = models.DateField(_("asked on"))
    checked = models.CharField(_("how we know that it is them"), max_length=5, choices=Checked.choices)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    extension = models.CharField(
        _("why it takes longer"), max_length=7, choices=Extension.choices, blank=True
    )
    extended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-asked_on", "-noted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(handed_at__isnull=True), name="one_open_data_request"
            ),
            models.CheckConstraint(
                condition=Q(extension="", extended_by__isnull=True)
                | ~Q(extension="") & Q(extended_by__isnull=False),
                name="data_request_extended_why_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True, handed_by__isnull=True)
                | Q(handed_at__isnull=False, handed_by__isnull=False) & ~Q(handed_by=F("noted_by")),
                name="data_request_handed_out_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"data request {self.pk}"

    @property
    def due_on(self) -> date:
        return months_after(self.asked_on, MONTHS + (MORE_MONTHS if self.extension else 0))
