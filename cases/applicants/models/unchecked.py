from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models.applicant import Applicant
from cases.staff.models import User


class UncheckedText(models.Model):
    """A text in clear that was saved by somebody who could not compare it with what is sealed; a holder's unlock does."""

    class What(models.TextChoices):
        NOTE = "note", _("a note")
        TASK = "task", _("a task")
        STAGE = "stage", _("the reason of a stage")
        FACTS = "facts", _("the case file")

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="unchecked_texts")
    what = models.CharField(max_length=5, choices=What.choices)
    # The key of the note, task or change of stage; empty for the case file itself.
    subject = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    # Whether it was found to tell who somebody is, until somebody has dealt with it.
    tells = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "what", "subject"],
                condition=Q(checked_at__isnull=True),
                name="text_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(tells=False) | Q(checked_at__isnull=False), name="only_what_was_checked_tells"
            ),
        ]
        indexes = [
            models.Index(
                fields=["applicant"],
                condition=Q(checked_at__isnull=True) | Q(tells=True),
                name="text_to_look_at",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())
