"""Whom we ask to take people in, who speaks for them, and what was said. Nothing here is about a person we help."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.applicants.languages import LANGUAGES
from cases.staff.models import User, random_id

NAME = 150
TEXT = 4000
KNOWN_ALREADY = _("A government of this country with this name is in the list already.")


class Channel(models.TextChoices):
    MEETING = "meeting", _("In person")
    PHONE = "phone", _("Phone")
    SIGNAL = "signal", "Signal"
    EMAIL = "email", _("E-mail")
    PORTAL = "portal", _("Their own upload page")
    POST = "post", _("By post or courier")
    OTHER = "other", _("Another way")


class Government(models.Model):
    """A ministry, an embassy or another post of a country, with what it wants to have from us."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        EMBASSY = "embassy", _("embassy")
        CONSULATE = "consulate", _("consulate")
        AGENCY = "agency", _("agency or office")
        PARLIAMENT = "parliament", _("parliament")
        OTHER = "other", _("another post")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    country = CountryField(_("country"))
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=NAME)
    asks_for = models.TextField(
        _("what they ask for"),
        max_length=TEXT,
        blank=True,
        help_text=_("Which papers, which form, in which order; what they refused before."),
    )
    channel = models.CharField(_("how they want to be written to"), max_length=8, choices=Channel.choices)
    language = models.CharField(_("language they read"), max_length=3, choices=LANGUAGES.items())
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["country", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                name="government_named_once",
                violation_error_message=KNOWN_ALREADY,
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["ministry", "embassy", "consulate", "agency", "parliament", "other"]),
                name="government_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country.name}, {self.name}"


class Contact(models.Model):
    """An official with a role there. Who has left stays, since the talks were with them."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    government = models.ForeignKey(Government, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name of the official"), max_length=NAME)
    role = models.CharField(_("role there"), max_length=NAME)
    reached_by = models.CharField(
        _("how to reach them"),
        max_length=200,
        blank=True,
        help_text=_("Of the official: telephone, e-mail, who puts us through."),
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    left_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["left_on", "name"]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Talk(models.Model):
    """One meeting, call or letter: what was said and promised, and what is to be done next, by whom, until when.

    Without `next_by` the next step is theirs.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        CALL = "call", _("call")
        LETTER = "letter", _("letter or e-mail")
        MESSAGE = "message", _("message")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    government = models.ForeignKey(Government, models.PROTECT, related_name="talks")
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name=_("with whom")
    )
    kind = models.CharField(_("how we talked"), max_length=8, choices=Kind.choices)
    held_on = models.DateField(_("day of the talk"))
    said = models.TextField(_("what was said"), max_length=TEXT)
    promised = models.TextField(_("what was promised, by whom"), max_length=1000, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    next_until = models.DateField(_("until"), null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-held_on", "-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["meeting", "call", "letter", "message"]), name="talk_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_by__isnull=True, next_until__isnull=True)
                | Q(~Q(next_step=""), next_until__isnull=False),
                name="talk_next_step_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(~Q(next_step=""), done_at__isnull=False, done_by__isnull=False),
                name="talk_step_done_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["government", "-held_on"]),
            models.Index(
                fields=["next_until"],
                condition=Q(done_at__isnull=True, next_until__isnull=False),
                name="talk_step_open",
            ),
        ]

    def __str__(self) -> str:
        return f"talk {self.pk}"

    @property
    def is_open(self) -> bool:
        return bool(self.next_step) and self.done_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.next_until is not None and self.next_until < timezone.localdate()
