"""An asylum claim: who claims, under which law, what has happened, and by when the next thing must. By pseudonym."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.applicants.models import Applicant, Note
from cases.asylum.models.kinds import (
    AGAIN,
    REGIMES,
    DeadlineKind,
    Ground,
    Procedure,
    Responsibility,
    Result,
    StepKind,
    Track,
)
from cases.asylum.reckoning import AtRest, Period, Unit
from cases.documents.models import Reference
from cases.documents.models.reference import in_order, said
from cases.staff.models import User, random_id


class RegimeRule(Reference):
    """Which law holds for a claim registered in the time in which the row is in force."""

    regime = models.CharField(_("law"), max_length=8, choices=REGIMES)

    class Meta:
        verbose_name = _("law of asylum claims")
        verbose_name_plural = _("laws of asylum claims")
        default_permissions = ()
        ordering = ["regime", "key"]
        constraints = [in_order("regime_rule_dates_in_order")]


class DeadlineRule(Reference):
    """One deadline of a law: in force for what it counts from between its two days. Without a number it is not known."""

    class Units(models.TextChoices):
        DAYS = Unit.DAYS.value, _("days")
        WORKING_DAYS = Unit.WORKING_DAYS.value, _("working days")
        MONTHS = Unit.MONTHS.value, _("months")

    class Rest(models.TextChoices):
        NEXT = AtRest.NEXT.value, _("runs on to the next working day")
        STAYS = AtRest.STAYS.value, _("ends on that day all the same")
        UNKNOWN = AtRest.UNKNOWN.value, _("unknown")

    kind = models.CharField(_("deadline"), max_length=16, choices=DeadlineKind.choices)
    regime = models.CharField(_("law"), max_length=8, choices=REGIMES)
    track = models.CharField(
        _("only in"), max_length=12, choices=[*Track.choices, (AGAIN, _("re-examination"))], blank=True
    )
    counts_from = models.CharField(_("counts from"), max_length=16, choices=StepKind.choices)
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Empty where it is not known.")
    )
    unit = models.CharField(_("unit"), max_length=12, choices=Units.choices, blank=True)
    at_rest = models.CharField(
        _("when it ends on a weekend or a public holiday"), max_length=8, choices=Rest.choices
    )
    note_en = models.TextField(_("note (English)"), max_length=1000, blank=True)
    note_fr = models.TextField(_("note (French)"), max_length=1000, blank=True)
    note_ru = models.TextField(_("note (Russian)"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("deadline of an asylum claim")
        verbose_name_plural = _("deadlines of asylum claims")
        default_permissions = ()
        ordering = ["kind", "regime", "key"]
        constraints = [
            in_order("deadline_rule_dates_in_order"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, unit="", confidence="unknown")
                | Q(Q(number__isnull=False), ~Q(unit=""), ~Q(confidence="unknown")),
                name="deadline_rule_known_or_not",
            ),
        ]

    @property
    def note(self) -> str:
        return said(self, "note")

    @property
    def length(self) -> str:
        """The period in words; "" where it is not known."""
        if self.number is None:
            return ""
        said_in = {
            Unit.DAYS: ngettext("%(number)s day", "%(number)s days", self.number),
            Unit.WORKING_DAYS: ngettext("%(number)s working day", "%(number)s working days", self.number),
            Unit.MONTHS: ngettext("%(number)s month", "%(number)s months", self.number),
        }
        return said_in[Unit(self.unit)] % {"number": self.number}

    @property
    def period(self) -> Period | None:
        return None if self.number is None else Period(self.number, self.unit, self.at_rest)


class Claim(models.Model):
    """The claim of one adult. Which law holds follows from the day of registration, unless somebody says otherwise.

    With `former` it is a re-examination: it follows a claim that ended without protection, which then stays as it is.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="claims")
    former = models.OneToOneField("self", models.CASCADE, null=True, editable=False, related_name="follower")
    procedure = models.CharField(
        _("law of the procedure"), max_length=8, choices=Procedure.choices, blank=True
    )
    responsibility = models.CharField(
        _("law of the responsible state"), max_length=8, choices=Responsibility.choices, blank=True
    )
    track = models.CharField(
        _("kind of procedure"), max_length=12, choices=Track.choices, default=Track.STANDARD
    )
    by_hand = models.BooleanField(default=False, editable=False)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(former__isnull=True), name="one_first_claim_a_person"
            ),
            models.CheckConstraint(
                condition=Q(procedure__in=["", *Procedure.values]), name="claim_procedure_known"
            ),
            models.CheckConstraint(
                condition=Q(responsibility__in=["", *Responsibility.values]),
                name="claim_responsibility_known",
            ),
            models.CheckConstraint(condition=Q(track__in=Track.values), name="claim_track_known"),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class ClaimMinor(models.Model):
    """A child whose fate hangs on the claim of a parent."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="minors")
    applicant = models.OneToOneField(Applicant, models.CASCADE, related_name="claim_of_parent")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"minor of claim {self.claim_id}"


class Step(models.Model):
    """Something that happened to a claim, on a day. The words of a narrative or a decision are never here."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=16, choices=StepKind.choices)
    on = models.DateField(_("day"))
    result = models.CharField(_("decision"), max_length=12, choices=Result.choices, blank=True)
    ground = models.CharField(_("reason of the rejection"), max_length=9, choices=Ground.choices, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["on", "added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=~Q(kind__in=["renewed", "sent_back", "completed", "closed", "reopened"]),
                name="one_step_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="step_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["decided", "court_decided"], result__in=Result.values)
                | Q(~Q(kind__in=["decided", "court_decided"]), result=""),
                name="step_result_of_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(result="rejected", ground__in=Ground.values)
                | Q(~Q(result="rejected"), ground=""),
                name="step_ground_of_a_rejection",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"


class SetDate(models.Model):
    """The day given to a deadline of a claim, by a rule or by hand. A day that was replaced stays here to be seen."""

    class Basis(models.TextChoices):
        LETTER = "letter", _("it stands in a letter or decision")
        LAWYER = "lawyer", _("a lawyer said so")
        AUTHORITY = "authority", _("the authority said so")
        LAW = "law", _("a text of law, read by us")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="dates")
    kind = models.CharField(_("deadline"), max_length=16, choices=DeadlineKind.choices)
    due_on = models.DateField(_("last day"))
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, null=True, related_name="+")
    counted_from = models.DateField(null=True)
    basis = models.CharField(_("where the day comes from"), max_length=10, choices=Basis.choices, blank=True)
    # Why a day was moved.
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["set_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=Q(replaced_at__isnull=True),
                name="one_standing_date_a_deadline",
            ),
            models.CheckConstraint(condition=Q(kind__in=DeadlineKind.values), name="set_date_kind_known"),
            models.CheckConstraint(
                condition=Q(rule__isnull=False, counted_from__isnull=False, basis="")
                | Q(Q(rule__isnull=True, counted_from__isnull=True), ~Q(basis="")),
                name="set_date_by_rule_or_by_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"date of claim {self.claim_id}"
