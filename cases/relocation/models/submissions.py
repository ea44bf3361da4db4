"""What was put before a government: a frozen dossier by pseudonym, what was asked about it, and the answer for each person.

The frozen words of a person stand in a row of that person, so that they go when the case is erased. The hash of the whole
is made of the hashes of the parts, which stay: what is left can still be proven.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.applicants.stages import Stage
from cases.applicants.timers import timers_of
from cases.disclosures.models import Export
from cases.documents.models import Reference
from cases.documents.models.reference import in_order
from cases.relocation.models.groups import Group
from cases.staff.models import User, random_id

# The deadline that entering the stage sets by itself; asking for news sets it again.
[FOLLOW_UP] = [timer for timer in timers_of(Stage.SUBMITTED) if timer.rule == "applicants.follow_up"]
# The rule of the deadline by which a question is answered; its subject is the id of the inquiry.
QUESTION = "relocation.question"
NOT_HANDED_IN = _("This version was not handed in, so there is nothing to note yet.")


class Submission(models.Model):
    """One frozen version; `head` says whose, to whom and in what order. Handed in once `submitted_on` says so."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("version"))
    head = models.JSONField()
    part_hashes = ArrayField(models.CharField(max_length=64))
    content_hash = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)
    submitted_on = models.DateField(_("handed in on"), null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(_("number of their receipt"), max_length=80, blank=True)
    receipt_on = models.DateField(_("day of their receipt"), null=True, blank=True)
    asked_on = models.DateField(null=True)
    # The names, handed over by two as every other export.
    annex = models.ForeignKey(Export, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-frozen_at"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="submission_numbered_once"),
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True, submitted_by__isnull=True, receipt="", asked_on=None)
                | Q(submitted_on__isnull=False, submitted_by__isnull=False),
                name="submission_handed_in_by_somebody",
                violation_error_message=NOT_HANDED_IN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("relocation:submission", args=[self.pk])

    @property
    def news_due_on(self) -> date | None:
        """The day on which to ask for news, again."""
        since = self.asked_on or self.submitted_on
        return since + FOLLOW_UP.after if since else None


class Reason(models.TextChoices):
    """Why a government said no, as far as it says so."""

    SECURITY = "security", _("security concerns")
    PAPERS = "papers", _("the papers do not suffice")
    GROUND = "ground", _("no ground for admission")
    PLACES = "places", _("no places left")
    OTHER = "other", _("another reason")
    UNSAID = "unsaid", _("no reason given")


class SubmittedPerson(models.Model):
    class Answer(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    # It salts the hash: nobody finds the words of an erased person by trying.
    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="people")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="submitted")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, default=Answer.WAITING)
    reason = models.CharField(_("reason of the refusal"), max_length=8, choices=Reason.choices, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["submission", "applicant__pseudonym"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "applicant"], name="submitted_once_in_one"),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_on__isnull=True, answered_by__isnull=True)
                | Q(answer__in=["approved", "refused"], answered_on__isnull=False, answered_by__isnull=False),
                name="submitted_answered_when_and_noted_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(answer="refused", reason__in=Reason.values) | Q(~Q(answer="refused"), reason=""),
                name="submitted_reason_of_a_refusal",
            ),
        ]

    def __str__(self) -> str:
        return f"submitted {self.pk}"


class Inquiry(models.Model):
    """A question of the government, about one person or, without one, about all of them."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="inquiries")
    applicant = models.ForeignKey(
        Applicant,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("about whom"),
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    question = models.TextField(_("question"), max_length=2000)
    answer = models.TextField(_("our answer"), max_length=4000, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    answered_on = models.DateField(null=True, editable=False)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["answered_on", "due_on", "asked_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True)
                | Q(~Q(answer=""), answered_on__isnull=False, answered_by__isnull=False),
                name="inquiry_answered_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("asked_on")),
                name="inquiry_due_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"


class GroupLimit(Reference):
    """How many applications a portal takes together, as long as that holds."""

    country = models.CharField(_("country"), max_length=2)
    portal = models.CharField(_("portal"), max_length=80)
    most = models.PositiveSmallIntegerField(_("most applications in one group"))

    class Meta:
        verbose_name = _("limit of a portal")
        verbose_name_plural = _("limits of portals")
        default_permissions = ()
        ordering = ["country", "portal"]
        constraints = [in_order("group_limit_dates_in_order")]
