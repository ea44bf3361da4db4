"""Two cases that may be one person. Pairs stand in clear and tell no name; who may look at them holds both names."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models.applicant import Applicant
from cases.staff.models import User


class Double(models.Model):
    class Answer(models.TextChoices):
        OTHER = "other", _("not the same person")
        MERGED = "merged", _("merged")

    first = models.ForeignKey(Applicant, models.CASCADE, related_name="+")
    second = models.ForeignKey(Applicant, models.CASCADE, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["found_at"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_a_pair"),
            # One order, so that a pair has one row.
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer__in=["other", "merged"], answered_by__isnull=False, answered_at__isnull=False),
                name="pair_answered_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class Compared(models.Model):
    """Until when everything that a colleague could open has been compared with one another."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    up_to = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"compared {self.pk}"
