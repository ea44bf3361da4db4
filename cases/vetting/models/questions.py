"""What does not fit together and is asked of the person. Never a verdict: guilt is nothing this program knows."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.models import User, random_id


class Question(models.Model):
    """One question to one person. What contradicts what, and the answer, lie in the account safe."""

    class Kind(models.TextChoices):
        CONTRADICTION = "contradiction", _("contradiction")
        INCIDENT = "incident", _("meets an incident")
        OTHER = "other", _("other question")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ASKED = "asked", _("asked")
        ANSWERED = "answered", _("answered")
        SETTLED = "settled", _("settled")

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", _("explained")
        STANDS = "stands", _("stands: it was not explained")
        WITHDRAWN = "withdrawn", _("withdrawn: it was no question after all")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_how = models.CharField(
        _("how it was settled"), max_length=10, choices=Outcome.choices, blank=True
    )
    # Raised with everything that is written about it: nobody overwrites what a colleague wrote in between.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        default_permissions = ()
        ordering = ["raised_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["contradiction", "incident", "other"]), name="question_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "asked", "answered", "settled"]), name="question_state_known"
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True, asked_at__isnull=True)
                | Q(asked_by__isnull=False, asked_at__isnull=False),
                name="question_asked_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="question_answered_when"
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(state="settled") & Q(settled_by__isnull=True, settled_at__isnull=True, settled_how="")
                )
                | Q(
                    state="settled",
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                    settled_how__in=["explained", "stands", "withdrawn"],
                ),
                name="question_settled_by_whom_when_and_how",
            ),
        ]
        indexes = [models.Index(fields=["applicant", "state"], name="question_state")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def sealed_kind(self) -> str:
        return f"question-{self.pk.hex}"
