"""The templates of letters, and which were written for whom. What a letter says is kept nowhere."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.documents.models import Reference
from cases.documents.models.reference import in_order
from cases.staff.models import User, random_id

BODY = 8000
FOR_WHOM = 150


class Kind(models.TextChoices):
    ATTESTATION = "attestation", _("attestation")
    POWER = "power", _("power of attorney")
    ACCOMMODATION = "accommodation", _("accommodation certificate")
    APPEAL = "appeal", _("appeal")
    OTHER = "other", _("another letter")


class Language(models.TextChoices):
    FR = "fr", _("French")
    RU = "ru", _("Russian")


class LetterTemplate(Reference):
    """A letter with placeholders in braces. A new wording is a new row; the old one gets its last day."""

    kind = models.CharField(_("kind of letter"), max_length=13, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    heading = models.CharField(_("heading"), max_length=200)
    body = models.TextField(
        _("text"),
        max_length=BODY,
        help_text=_("An empty line begins a new paragraph. Placeholders stand in braces, like {name}."),
    )

    class Meta:
        verbose_name = _("template of a letter")
        verbose_name_plural = _("templates of letters")
        default_permissions = ()
        ordering = ["kind", "language", "key"]
        constraints = [
            in_order("letter_template_dates_in_order"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="letter_language_known"),
        ]


class Letter(models.Model):
    """It was written for a person: for whom it is, and which sealed fields stand in it. Never a value."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="letters")
    template = models.ForeignKey(LetterTemplate, models.PROTECT, related_name="+")
    for_whom = models.CharField(_("for whom"), max_length=FOR_WHOM)
    fields = ArrayField(models.CharField(max_length=30))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"letter {self.pk}"
