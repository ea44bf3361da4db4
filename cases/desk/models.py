from datetime import datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.desk.published.periods import Period, period_of
from cases.staff.models import Freeze, Team, User, random_id

# General Data Protection Regulation, Art. 33(1): counted from when the organisation became aware.
TO_NOTIFY = timedelta(hours=72)


class Breach(models.Model):
    """What one colleague's account could tell may be in other hands: whom to warn, and the clock of the authority.

    The cases stand beside it by pseudonym; no name is needed to keep it.
    """

    class Decision(models.TextChoices):
        NOTIFY = "notify", _("The authority is notified")
        NO_NEED = "no_need", _("No need to notify")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Freeze.Kind.choices)
    what = models.CharField(max_length=200)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    cases_seen = models.PositiveIntegerField(default=0)
    noticed_at = models.DateTimeField()
    noticed_reason = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=80, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(closed_at__isnull=True), name="one_open_breach_a_colleague"
            ),
            models.CheckConstraint(condition=Q(noticed_at__lte=F("opened_at")), name="breach_noticed_before"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    ~Q(decision_reason=""),
                    decision__in=["notify", "no_need"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="breach_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(notified_at__isnull=True) | Q(decision="notify"),
                name="breach_notified_as_decided",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(decision="no_need", closed_at__isnull=False, closed_by__isnull=False)
                | Q(notified_at__isnull=False, closed_at__isnull=False, closed_by__isnull=False),
                name="breach_closed_when_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"breach {self.pk}"

    @property
    def due_at(self) -> datetime:
        return self.noticed_at + TO_NOTIFY

    @property
    def is_settled(self) -> bool:
        return self.decision == self.Decision.NO_NEED or self.notified_at is not None

    @property
    def is_late(self) -> bool:
        return not self.is_settled and timezone.now() > self.due_at


class Exposed(models.Model):
    """A person whose name or account the colleague could open, or opened lately: to be called."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    breach = models.ForeignKey(Breach, models.CASCADE, related_name="people")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="+")
    name = models.BooleanField()
    account = models.BooleanField()
    opened_at = models.DateTimeField(null=True)
    warned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    warned_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering = [F("opened_at").desc(nulls_last=True), "-applicant__urgency", "applicant__pseudonym"]
        constraints = [
            models.UniqueConstraint(fields=["breach", "applicant"], name="exposed_once_a_breach"),
            models.CheckConstraint(
                condition=Q(warned_at__isnull=True, warned_by__isnull=True)
                | Q(warned_at__isnull=False, warned_by__isnull=False),
                name="exposed_warning_is_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"exposed {self.pk}"


class SearchText(models.Model):
    """The words of a case that stand in clear. Triggers keep it: nothing in the program writes here."""

    applicant = models.OneToOneField(Applicant, models.CASCADE, primary_key=True, related_name="+")
    vector = SearchVectorField(editable=False)

    class Meta:
        default_permissions = ()
        indexes = [GinIndex(fields=["vector"], name="search_by_words")]

    def __str__(self) -> str:
        return f"words {self.pk}"


class SavedFilter(models.Model):
    """A list of cases to come back to: what was chosen, never what was found. With a team, for everybody in it."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(_("name"), max_length=60)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    # As it stands in the address of the register: choices alone, since nothing can be typed there.
    query = models.CharField(max_length=1000)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["made_by", "name"], condition=Q(team__isnull=True), name="one_filter_a_name"
            ),
            models.UniqueConstraint(
                fields=["team", "name"], condition=Q(team__isnull=False), name="one_filter_a_name_and_team"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegisterSetting(models.Model):
    """How one colleague likes the register to open."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    columns = ArrayField(models.CharField(max_length=40), default=list)
    first = models.ForeignKey(SavedFilter, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"register of {self.user_id}"


class Publication(models.Model):
    """Figures of a period that leave the house: one asks, the director approves, and from then on they never change.

    No day belongs to two of them: what two periods have in common, or not, nobody can reckon.
    """

    class Answer(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    # "2026-Q3" or "2026".
    code = models.CharField(max_length=7)
    starts = models.DateField()
    ends = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # As approved: {table: {row: number, or null where it is not told}, or null where the table is held back}.
    tables = models.JSONField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-starts", "-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(answer=""), name="publication_asked_once_a_period"
            ),
            ExclusionConstraint(
                name="publication_days_told_once",
                expressions=[
                    (
                        Func(
                            F("starts"),
                            F("ends"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(answer="approved"),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer="withdrawn", answered_at__isnull=False, answered_by=F("asked_by"))
                | Q(answer__in=["approved", "refused"], answered_at__isnull=False)
                & Q(answered_by__isnull=False)
                & ~Q(answered_by=F("asked_by")),
                name="publication_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(answer="approved", tables__isnull=False)
                | ~Q(answer="approved") & Q(tables__isnull=True),
                name="publication_frozen_when_approved",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="publication_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("desk:publication", args=[self.pk])

    @property
    def period(self) -> Period:
        return period_of(self.code)
