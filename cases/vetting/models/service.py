from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.models import User, random_id


class Account(models.TextChoices):
    """Who says it. The three are kept apart for ever: what is copied from one to the next is an entry of its own."""

    OWN = "own", _("What the person says")
    VERIFIED = "verified", _("What we verified")
    PUBLIC = "public", _("What is public")


class EntryKind(models.TextChoices):
    PERIOD = "period", _("Service period")
    CALL_UP = "call_up", _("Call-up")
    LEAVING = "leaving", _("How the person left")
    REFUSAL = "refusal", _("Proof of refusal")
    CHARGE = "charge", _("Prosecution")


class Mistake(models.TextChoices):
    """Why an entry was struck out. A list and no free text: what is typed could tell what happened."""

    TWICE = "twice", _("entered twice")
    OTHER_PERSON = "other_person", _("about somebody else")
    WRONG = "wrong", _("it is not true")
    OTHER = "other", _("another mistake")


class ServiceEntry(models.Model):
    """One entry of a service record. What it says lies in the account safe under the kind `sealed_kind`."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="service_entries")
    account = models.CharField(max_length=8, choices=Account.choices)
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    # Raised with every change; a form that was opened at an older version is told so.
    version = models.PositiveIntegerField(default=1, editable=False)
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_why = models.CharField(max_length=12, choices=Mistake.choices, blank=True, editable=False)

    class Meta:
        verbose_name = _("entry of a service record")
        verbose_name_plural = _("entries of service records")
        default_permissions = ()
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(account__in=Account.values), name="service_account_known"),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="service_kind_known"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_why="")
                | Q(struck_at__isnull=False, struck_why__in=Mistake.values),
                name="service_struck_when_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["applicant"], condition=Q(struck_at__isnull=True), name="service_counts")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def sealed_kind(self) -> str:
        return f"service-{self.pk.hex}"
