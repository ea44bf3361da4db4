"""What a person agrees to, in which words that was asked, and when it ended. Each adult agrees for themselves."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.languages import LANGUAGES
from cases.applicants.models.applicant import Applicant, Channel
from cases.staff.models import User, random_id


class Purpose(models.TextChoices):
    """What is asked for. Guards rest on these, so the list is not edited; the words that are read out are."""

    KEEPING = "keeping", _("Keeping the case")
    GOVERNMENT = "government", _("Telling a government")
    PARTNER = "partner", _("Telling a partner organisation")
    MEDIA = "media", _("The media")


class ConsentText(models.Model):
    """What is read to a person, in one language. Never changed: a newer version takes its place, and records cite theirs."""

    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose.choices)
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES.items())
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.TextField(_("text"), max_length=5000)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("text of consent")
        verbose_name_plural = _("texts of consent")
        default_permissions = ()
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language", "version"], name="consent_text_once_a_version"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="consent_text_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.language} {self.version}"


class Consent(models.Model):
    """One answer of a person. Of several about the same the newest counts; without `given_on` the person said no."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose.choices)
    outlet = models.CharField(_("newspaper or programme"), max_length=100, blank=True)
    shows_name = models.BooleanField(_("name"), default=False)
    shows_face = models.BooleanField(_("face"), default=False)
    shows_voice = models.BooleanField(_("voice"), default=False)
    # None only where it was noted before the texts were kept.
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(_("how the person answered"), max_length=20, choices=Channel.choices)
    by_guardian = models.BooleanField(_("a parent or guardian answers for the person"), default=False)
    given_on = models.DateField(_("agreed on"), null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_known"),
            models.CheckConstraint(
                condition=Q(given_on__isnull=False) | Q(withdrawn_on__isnull=False),
                name="consent_says_something",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True)
                | Q(withdrawn_on__isnull=True)
                | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(purpose="media") & ~Q(outlet="")
                | ~Q(purpose="media") & Q(outlet="", shows_name=False, shows_face=False, shows_voice=False),
                name="consent_outlet_of_media_alone",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="media")
                | Q(given_on__isnull=True)
                | Q(shows_name=True)
                | Q(shows_face=True)
                | Q(shows_voice=True),
                name="consent_to_something_of_media",
            ),
        ]
        indexes = [models.Index(fields=["applicant", "purpose", "outlet", "-recorded_at"])]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    @property
    def agrees(self) -> bool:
        return self.withdrawn_on is None

    @property
    def on(self) -> date | None:
        """The day on which what counts now was said."""
        return self.withdrawn_on or self.given_on

    @property
    def shown(self) -> str:
        """What of the person may be shown, in words."""
        shows = {_("name"): self.shows_name, _("face"): self.shows_face, _("voice"): self.shows_voice}
        return ", ".join(str(label) for label, is_shown in shows.items() if is_shown)
