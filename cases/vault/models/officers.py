"""Duty officers: any two of them, together, open what the organisation can open, and one of them nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.staff.models import User, random_id
from cases.vault.models.safes import REASON_LENGTH, Safe, not_empty


class DutyOfficer(models.Model):
    user = models.OneToOneField(User, models.PROTECT, related_name="duty")
    named_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"duty officer {self.pk}"


class OfficerPair(models.Model):
    """The organisation's root, sealed to `second` and that again to `first`: neither opens it without the other.

    There is one row for each order, since whoever asks opens the outer layer.
    """

    first = models.ForeignKey(DutyOfficer, models.CASCADE, related_name="+")
    second = models.ForeignKey(DutyOfficer, models.CASCADE, related_name="+")
    first_version = models.PositiveIntegerField()
    second_version = models.PositiveIntegerField()
    sealed_root = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_an_order"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="pair_of_two"),
            not_empty("sealed_root", "pair_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class DutyRequest(models.Model):
    """What one duty officer asks for, and another approves."""

    class Kind(models.TextChoices):
        RESTORE = "restore", _("restore what a colleague lost")
        OPEN = "open", _("open for three hours")

    class Answer(models.TextChoices):
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    HOURS_TO_ANSWER: ClassVar = 24
    HOURS_OPEN: ClassVar = 3

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    colleague = models.ForeignKey(User, models.PROTECT, related_name="+")
    safe = models.ForeignKey(Safe, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_LENGTH)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="open", safe__isnull=False) | Q(kind="restore", safe__isnull=True),
                name="duty_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, answer="withdrawn")
                | Q(answered_at__isnull=False, answer__in=["done", "refused"])
                & Q(answered_by__isnull=False)
                & ~Q(answered_by=F("asker")),
                name="duty_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"duty request {self.pk}"


class DutyLayer(models.Model):
    """The inner layer, for one officer who may approve: it exists while the request waits, and opens for it alone."""

    request = models.ForeignKey(DutyRequest, models.CASCADE, related_name="layers")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["request", "officer"], name="one_layer_an_officer"),
            not_empty("sealed", "layer_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"layer {self.pk}"
