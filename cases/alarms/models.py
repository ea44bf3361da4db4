"""What threatens a person, and the alarm that is raised when it happens. Rows are by pseudonym; words go into notes."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Note
from cases.documents.models import Reference
from cases.documents.models.reference import in_order
from cases.staff.models import User, random_id


class AlarmKind(models.TextChoices):
    DETAINED = "detained", _("detained")
    EXTRADITION = "extradition", _("to be extradited")
    BORDER = "border", _("stopped at the border")
    APPROACHED = "approached", _("approached by agents")
    HEALTH = "health", _("health, danger to life")
    LOST_CONTACT = "lost_contact", _("contact lost")
    COLLEAGUE = "colleague", _("a colleague was taken")


class AlarmStep(Reference):
    """One task of a protocol: what has to be done within how many hours of an alarm of a kind."""

    alarm = models.CharField(_("alarm"), max_length=12, choices=AlarmKind.choices)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    hours = models.PositiveSmallIntegerField(_("hours after the alarm"))
    title_en = models.CharField(_("task (English)"), max_length=200)
    title_fr = models.CharField(_("task (French)"), max_length=200)
    title_ru = models.CharField(_("task (Russian)"), max_length=200)

    class Meta:
        verbose_name = _("step of an alarm")
        verbose_name_plural = _("steps of an alarm")
        default_permissions = ()
        ordering = ["alarm", "order", "key"]
        constraints = [in_order("alarm_step_dates_in_order")]


class Alarm(models.Model):
    """Somebody is in danger now. One of a kind can be open on a case; it ends with what came of it."""

    class Outcome(models.TextChoices):
        SAFE = "safe", _("safe")
        RELEASED = "released", _("released")
        FALSE = "false", _("false alarm")
        DETAINED = "detained", _("still detained")
        RETURNED = "returned", _("handed back")
        MISSING = "missing", _("still missing")
        DEAD = "dead", _("dead")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="alarms")
    kind = models.CharField(_("what happened"), max_length=12, choices=AlarmKind.choices)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("what came of it"), max_length=8, choices=Outcome.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "kind"], condition=Q(ended_at__isnull=True), name="one_open_alarm_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=AlarmKind.values), name="alarm_kind_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, outcome="")
                | Q(~Q(outcome=""), ended_at__gte=F("raised_at"), ended_by__isnull=False),
                name="alarm_ended_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"alarm {self.pk}"


class RiskKind(models.TextChoices):
    POLICE = "police", _("police: stop, visit, detention")
    EXTRADITION = "extradition", _("extradition: request or decision")
    DEPORT = "deport", _("expulsion")
    WANTED_RU = "wanted_ru", _("wanted in Russia")
    WANTED_CIS = "wanted_cis", _("wanted between the states of the CIS")
    LEAK_LIST = "leak_list", _("named on a public list")
    INTERPOL = "interpol", _("notice of Interpol")
    CASE_RU = "case_ru", _("criminal case in Russia")
    FAMILY = "family", _("pressure on relatives")
    ABDUCTION = "abduction", _("approach by agents, forced return")
    MEDIA = "media", _("identity or face published")
    HEALTH = "health", _("health, danger of suicide")
    LGBT = "lgbt", _("exposure of orientation")
    DATA = "data", _("lost device, data in other hands")


class RiskEvent(models.Model):
    """Something that threatens a person for a time: dated, weighed, and looked at again when its day has come."""

    class Severity(models.IntegerChoices):
        LOW = 1, _("to be watched")
        HIGH = 2, _("serious")
        ACUTE = 3, _("acute")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="risks")
    kind = models.CharField(_("what it is"), max_length=12, choices=RiskKind.choices)
    severity = models.PositiveSmallIntegerField(_("how serious"), choices=Severity.choices)
    happened_on = models.DateField(_("since"))
    review_on = models.DateField(_("look at it again on"))
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-severity", "-happened_on"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RiskKind.values), name="risk_kind_known"),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=3), name="risk_severity_known"),
            models.CheckConstraint(condition=Q(review_on__gt=F("happened_on")), name="risk_reviewed_later"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="risk_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"risk {self.pk}"

    @property
    def is_due(self) -> bool:
        return self.review_on <= timezone.localdate()


# The rule of the deadline by which a risk comes up again; its subject is the id of the risk.
REVIEW = "alarms.review"
REVIEW_AFTER = timedelta(days=30)
