from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.applicants import timers
from cases.applicants.models.applicant import Applicant
from cases.applicants.stages import Stage
from cases.staff.models import User, random_id


class StageChange(models.Model):
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="stage_changes")
    source = models.CharField(max_length=20, choices=Stage.choices)
    target = models.CharField(max_length=20, choices=Stage.choices)
    reason = models.CharField(max_length=300, blank=True)
    # Why a state said no, as the slice that noted it calls it; of this figures are made.
    code = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["applicant", "-at"])]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=10_000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["applicant", "-at"])]

    def __str__(self) -> str:
        return str(_("Note"))


class SealedNote(models.Model):
    """Something told that only readers of the account may read: the row says what it is about, the words are sealed.

    They lie in the account safe under `kind_of_item`. One is added and never changed; who was wrong adds another.
    """

    class Topic(models.TextChoices):
        NOTE = "note", _("note for readers of the account")
        STORY = "story", _("own story")
        PROSECUTION = "prosecution", _("prosecution")
        HEALTH = "health", _("health")
        ORIENTATION = "orientation", _("orientation")
        FAMILY = "family", _("family in danger")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="sealed_notes")
    topic = models.CharField(_("what it is about"), max_length=12, choices=Topic.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["topic", "at"]
        indexes = [models.Index(fields=["applicant", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__in=["note", "story", "prosecution", "health", "orientation", "family"]),
                name="sealed_note_topic_known",
            )
        ]

    def __str__(self) -> str:
        return f"sealed note {self.pk}"

    @property
    def kind_of_item(self) -> str:
        return f"note-{self.pk}"


class Task(models.Model):
    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="tasks")
    title = models.CharField(_("what is to be done"), max_length=200)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who does it"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Raised with every edit; a form that was opened at an older version is shown the difference.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["due_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="task_open_by_owner"
            ),
            models.Index(fields=["applicant", "due_on"]),
        ]

    def __str__(self) -> str:
        return str(_("Task"))


class Deadline(models.Model):
    """A date set by a rule, a paper or another slice, on which something must have happened."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="deadlines")
    # Which slice and rule wrote it, e.g. "applicants.intake"; with `subject` it is found again when the rule is applied anew.
    rule = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("deadline"), max_length=200)
    due_at = models.DateTimeField(_("due"))
    source = models.CharField(_("where the rule comes from"), max_length=300, blank=True)
    met_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "rule", "subject"],
                condition=Q(met_at__isnull=True),
                name="one_open_deadline_a_rule",
            ),
        ]
        indexes = [
            models.Index(
                fields=["applicant", "due_at"], condition=Q(met_at__isnull=True), name="deadline_open"
            ),
            # The list of all of them, a page at a time.
            models.Index(
                fields=["due_at", "id"], condition=Q(met_at__isnull=True), name="deadline_open_by_day"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Deadline"))

    @property
    def said(self) -> str:
        """The title in the reader's language, where a rule wrote it."""
        return str(timers.TITLES.get(self.rule) or self._read(self.title))

    @property
    def why(self) -> str:
        return str(timers.SOURCES.get(self.rule) or self._read(self.source))

    @property
    def is_ours(self) -> bool:
        """Whether a person may tick it off; what another slice set, that slice meets, unless it says otherwise."""
        return self.rule in timers.TITLES or timers.OTHERS.get(self.rule, False)

    def _read(self, text: str) -> str:
        return gettext(text) if text and self.rule in timers.OTHERS else text
