"""What two people erased, what must not be erased for now, and the figures that stay."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.applicants.models.applicant import Applicant, Category
from cases.applicants.stages import Stage
from cases.staff.models import User, random_id


class Erasure(models.Model):
    """One run: asked for, approved by another, carried out. The database lets nobody change or delete it afterwards."""

    class Reason(models.TextChoices):
        WISH = "wish", _("the person wishes it")
        RETENTION = "retention", _("it is no longer needed: the time of keeping is over")
        MISTAKE = "mistake", _("wrongly taken in")
        TWICE = "twice", _("taken in twice")
        LAW = "law", _("a court or an authority for data protection ordered it")

    class Answer(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        # Found in the ledger after an older backup was restored: the two who decided stand in no row any more.
        REPEATED = "repeated", _("repeated after a restore")

    MOST: ClassVar = 5

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    reason = models.CharField(_("why"), max_length=9, choices=Reason.choices, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    # The day on which the last backup that holds any of it is removed.
    gone_on = models.DateField(null=True)
    safes = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer__in=["approved", "refused"], answered_at__isnull=False)
                & Q(answered_by__isnull=False)
                & ~Q(answered_by=F("asked_by"))
                | Q(answer="withdrawn", answered_at__isnull=False, answered_by=F("asked_by"))
                | Q(answer="repeated", answered_at__isnull=False, answered_by__isnull=True),
                name="erasure_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False) & ~Q(reason="") | Q(answer="repeated"),
                name="erasure_asked_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, gone_on__isnull=True)
                | Q(done_at__isnull=False, gone_on__isnull=False, answer__in=["approved", "repeated"]),
                name="erasure_done_once_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Not counted: after a restore, the number of a certificate is not given again."""
        return f"E-{self.pk.hex[:4]}-{self.pk.hex[4:8]}".upper()


class ErasedCase(models.Model):
    """A case of a run, by ids that lead nowhere once it is done. A sixth one has no place."""

    erasure = models.ForeignKey(Erasure, models.PROTECT, related_name="cases")
    place = models.PositiveSmallIntegerField()
    case = models.UUIDField(db_index=True)
    safes = ArrayField(models.UUIDField())

    class Meta:
        default_permissions = ()
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["erasure", "place"], name="one_case_a_place"),
            models.UniqueConstraint(fields=["erasure", "case"], name="erased_once_a_run"),
            models.CheckConstraint(condition=Q(place__range=(1, 5)), name="five_cases_a_run"),
        ]

    def __str__(self) -> str:
        return f"erased case {self.pk}"


class LegalHold(models.Model):
    """That a case must be kept, whatever else says that it may go; it ends by somebody else than who set it."""

    class Reason(models.TextChoices):
        PROCEEDINGS = "proceedings", _("proceedings in which it is evidence")
        AUTHORITY = "authority", _("an order of a court or an authority")
        COMPLAINT = "complaint", _("a complaint that is being looked into")
        CLAIM = "claim", _("a claim by the person or against us")

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="legal_holds")
    reason = models.CharField(_("why"), max_length=11, choices=Reason.choices)
    review_on = models.DateField(_("look at it again on"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(ended_at__isnull=True), name="one_hold_a_case"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_by=F("set_by")),
                name="hold_ended_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())

    @property
    def is_due(self) -> bool:
        return self.review_on <= timezone.localdate()


class Tally(models.Model):
    """What stays of an erased case: figures, without an id that leads anywhere, and by the month."""

    category = models.CharField(max_length=20, choices=Category.choices)
    country = CountryField(blank=True)
    stage = models.CharField(max_length=20, choices=Stage.choices)
    # [["contact", "2026-03", ""], …]: each stage with the month in which it began, and why a state said no. Older rows
    # have no third.
    stages = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"tally {self.pk}"
