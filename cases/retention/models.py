"""How long which records are kept, and which cases somebody decided to keep longer. Nothing goes by itself."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Note
from cases.documents.models.reference import Noted, in_order, said
from cases.staff.models import User, random_id


class RecordClass(models.TextChoices):
    CONTACT = "contact", _("first contact that was never taken on")
    DECLINED = "declined", _("case that we declined")
    CLOSED = "closed", _("closed case")
    EVIDENCE = "evidence", _("evidence of crimes")
    ACCOUNTING = "accounting", _("accounts of the organisation")


class RetentionRule(Noted):
    """Data protection, Art. 5(1)(e) of the GDPR: after how many days the records of a class are looked at, and must be gone.

    Without days nobody knows: then a person says the day.
    """

    record_class = models.CharField(_("class of record"), max_length=10, choices=RecordClass.choices)
    days = models.PositiveIntegerField(_("looked at after days"), null=True, blank=True)
    most_days = models.PositiveIntegerField(_("gone after days"), null=True, blank=True)

    class Meta:
        verbose_name = _("time of keeping")
        verbose_name_plural = _("times of keeping")
        default_permissions = ()
        ordering = ["record_class", "key"]
        constraints = [
            in_order("retention_rule_dates_in_order"),
            models.CheckConstraint(
                condition=Q(most_days__isnull=True) | Q(most_days__gte=models.F("days")),
                name="retention_rule_days_in_order",
            ),
        ]

    @property
    def note(self) -> str:
        return said(self, "note")


class KeptLonger(models.Model):
    """Somebody decided that a case whose day has come is kept until another day."""

    class Reason(models.TextChoices):
        PROCEDURE = "procedure", _("a procedure of the person is still going on")
        CLAIM = "claim", _("it may be needed for a legal claim")
        WISH = "wish", _("the person asked us to keep it")
        EVIDENCE = "evidence", _("it is evidence of crimes")
        RETURN = "return", _("the person may well come back to us")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="kept_longer")
    reason = models.CharField(_("why it is kept"), max_length=9, choices=Reason.choices)
    until = models.DateField(_("look at it again on"))
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-on", "-until"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["procedure", "claim", "wish", "evidence", "return"]),
                name="kept_longer_reason_known",
            ),
            models.CheckConstraint(condition=Q(until__gt=models.F("on")), name="kept_longer_for_a_time"),
        ]

    def __str__(self) -> str:
        return f"kept longer {self.pk}"
