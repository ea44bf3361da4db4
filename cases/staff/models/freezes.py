from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.staff.models.people import User, random_id


class Freeze(models.Model):
    """A colleague's account held shut: from `began_at` on, until two others have lifted it."""

    class Kind(models.TextChoices):
        LOST = "lost", _("A device is lost or stolen")
        ARRESTED = "arrested", _("Arrested, searched, or cannot be reached")
        MISUSED = "misused", _("Somebody else seems to use the account")
        OTHER = "other", _("Another reason")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="freezes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(null=True)
    loss_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    loss_at = models.DateTimeField(null=True)
    lift_asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lift_reason = models.CharField(max_length=200, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(began_at__isnull=False, lifted_at__isnull=True),
                name="one_running_freeze",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["lost", "arrested", "misused", "other"]), name="freeze_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(loss_at__isnull=True, loss_by__isnull=True)
                | Q(loss_at__isnull=False, loss_by__isnull=False),
                name="freeze_loss_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("user")),
                name="freeze_confirmed_by_another",
            ),
            # At the terminal nobody is logged in.
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True)
                | Q(lift_asked_by__isnull=False) & ~Q(lifted_by=F("lift_asked_by")) & ~Q(lifted_by=F("user")),
                name="freeze_lifted_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"freeze {self.pk}"
