"""The register of incidents: units, what happened where and when, who says so. Public knowledge, so it stands in clear."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least, Left, Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.staff.models import User, random_id
from cases.vetting.span_words import said_span
from cases.vetting.unit_names import LEVELS

VAGUE_DAY = r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$"


class UnitKind(models.TextChoices):
    COMPANY = LEVELS[0], _("company")
    BATTALION = LEVELS[1], _("battalion")
    REGIMENT = LEVELS[2], _("regiment")
    BRIGADE = LEVELS[3], _("brigade")
    DIVISION = LEVELS[4], _("division")
    CORPS = LEVELS[5], _("corps")
    ARMY = LEVELS[6], _("army")
    OTHER = "other", _("other or not known")


class Unit(models.Model):
    """A military unit. That no unit is a part of itself, the database sees to."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(_("number of the military unit"), max_length=20, blank=True)
    kind = models.CharField(_("size"), max_length=10, choices=UnitKind.choices, default=UnitKind.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    spellings = ArrayField(
        models.CharField(max_length=200), verbose_name=_("other spellings"), default=list, blank=True
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="unit_name_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="unit_number_once"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class IncidentKind(models.TextChoices):
    KILLING = "killing", _("killing")
    TORTURE = "torture", _("torture or ill-treatment")
    SEXUAL = "sexual", _("sexual violence")
    DETENTION = "detention", _("unlawful detention or filtration")
    DEPORTATION = "deportation", _("deportation or taking of children")
    LOOTING = "looting", _("looting or destruction")
    STRIKE = "strike", _("shelling or strike")
    SEVERAL = "several", _("several of these")
    OTHER = "other", _("other or not sorted yet")


class Incident(models.Model):
    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    what = models.CharField(_("what happened"), max_length=300)
    kind = models.CharField(
        _("kind"), max_length=12, choices=IncidentKind.choices, default=IncidentKind.OTHER
    )
    country = CountryField(_("country"), blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    places = ArrayField(models.CharField(max_length=120), verbose_name=_("places"), default=list, blank=True)
    # "2022", "2022-03" or "2022-03-05"; empty where nobody knows.
    begins = models.CharField(_("from"), max_length=10, blank=True)
    ends = models.CharField(_("to"), max_length=10, blank=True)
    units = models.ManyToManyField(Unit, related_name="incidents", verbose_name=_("units"), blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    struck_reason = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        default_permissions = ()
        ordering = ["-begins", "what", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=IncidentKind.values), name="incident_kind_known"),
            models.CheckConstraint(condition=~Q(what=""), name="incident_says_what"),
            models.CheckConstraint(condition=Q(begins__regex=VAGUE_DAY), name="incident_begins_on_a_day"),
            models.CheckConstraint(condition=Q(ends__regex=VAGUE_DAY), name="incident_ends_on_a_day"),
            # As far as both are known: 2022-03-05 to 2022-03 is in order.
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Left("begins", Least(Length("begins"), Length("ends"))),
                    Left("ends", Least(Length("begins"), Length("ends"))),
                ),
                name="incident_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True, struck_reason="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_reason="")),
                name="incident_struck_by_whom_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def when(self) -> str:
        return said_span(self.begins, self.ends)


class IncidentSource(models.Model):
    """Who says so. `key` is the entry or the line that it was taken in from: taken in again, it adds nothing."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="sources")
    text = models.CharField(_("source"), max_length=500)
    url = models.URLField(_("address of the source"), max_length=500, blank=True)
    dated_on = models.DateField(_("date of the source"), null=True, blank=True)
    archive_url = models.URLField(_("address of an archived copy"), max_length=500, blank=True)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)  # noqa: DJ001
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        default_permissions = ()
        ordering = ["added_at", "text"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="incident_source_is_named")]

    def __str__(self) -> str:
        return self.text


class SourceCopy(models.Model):
    """A file kept of a source, as it was captured. It is given out for download alone, never shown by our pages."""

    class Type(models.TextChoices):
        PDF = "pdf", "PDF"
        HTML = "html", "HTML"
        PNG = "png", "PNG"
        JPEG = "jpg", "JPEG"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    source = models.ForeignKey(IncidentSource, models.CASCADE, related_name="copies")
    type = models.CharField(max_length=4, choices=Type.choices)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    captured_at = models.DateTimeField(_("captured at"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("archived copy")
        verbose_name_plural = _("archived copies")
        default_permissions = ()
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="source_copy_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="source_copy_hash"),
            models.CheckConstraint(
                condition=Q(captured_at__lte=F("added_at")), name="source_copy_captured_before_added"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.sha256[:8]}"
