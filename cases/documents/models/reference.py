"""Facts of the world: dated rows with a source, loaded from files of the repository and editable in the admin."""

from collections.abc import Callable
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.documents.travel.rules import is_stale


class Confidence(models.TextChoices):
    FOUND = "found", _("found in a source")
    KNOWN = "known", _("generally known, not verified")
    LOW = "low", _("found in a weak source")
    CONFLICT = "conflict", _("sources disagree")
    UNKNOWN = "unknown", _("not known")


class Effect(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    UNKNOWN = "unknown", _("unknown")


class VisaNeed(models.TextChoices):
    NONE = "none", _("no visa")
    NEEDED = "needed", _("visa needed")
    UNKNOWN = "unknown", _("unknown")


class Zone(models.TextChoices):
    NONE = "none", _("none")
    TD1 = "TD1", "TD1"
    TD2 = "TD2", "TD2"
    TD3 = "TD3", "TD3"
    PN = "PN", _("Russian internal passport")
    MRVA = "MRVA", "MRV-A"
    MRVB = "MRVB", "MRV-B"
    UNKNOWN = "unknown", _("unknown")


class Reference(models.Model):
    """In force from `begins` to `ends`, both days included. `loaded` is the digest of what the file last said:
    a row that differs from it was edited here, and the next loading leaves it alone and says so."""

    key = models.SlugField(_("key"), primary_key=True, max_length=80)
    begins = models.DateField(_("in force from"), null=True, blank=True)
    ends = models.DateField(_("in force until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=500)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices)
    loaded = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key

    @property
    def is_stale(self) -> bool:
        return is_stale(self.verified_on, timezone.localdate())


def in_order(name: str) -> models.CheckConstraint:
    condition = Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends"))
    return models.CheckConstraint(condition=condition, name=name)


def _said(label: Any) -> "models.TextField[str, str]":
    return models.TextField(label, max_length=1000, blank=True)


class DocumentType(Reference):
    """One kind of paper. Its code is the key of the catalogue (RU_INT) and never changes."""

    class Role(models.TextChoices):
        TRAVEL = "travel", _("crosses borders")
        SINGLE = "single", _("good for one journey")
        IDENTITY = "identity", _("proves who somebody is")
        VISA = "visa", _("visa")
        STAY = "stay", _("lawful stay")
        MILITARY = "military", _("military paper")
        CIVIL = "civil", _("civil status")
        NUMBER = "number", _("number only")

    code = models.CharField(_("code"), max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    role = models.CharField(_("what it is"), max_length=10, choices=Role.choices)
    issuer = models.CharField(_("issuing country"), max_length=2, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120)
    name_fr = models.CharField(_("name (French)"), max_length=120)
    name_ru = models.CharField(_("name (Russian)"), max_length=120)
    number_pattern = models.CharField(
        _("pattern of the number"),
        max_length=200,
        blank=True,
        help_text=_("A regular expression on the number without spaces; empty where any text is possible."),
    )
    number_example = models.CharField(_("example of a number"), max_length=40, blank=True)
    years = models.PositiveSmallIntegerField(_("usual validity in years"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("usual validity in months"), null=True, blank=True)
    validity_en = _said(_("validity (English)"))
    validity_fr = _said(_("validity (French)"))
    validity_ru = _said(_("validity (Russian)"))
    zone = models.CharField(_("machine-readable zone"), max_length=8, choices=Zone.choices)
    zone_since = models.DateField(_("zone only if issued from"), null=True, blank=True)
    proves_en = _said(_("what it proves (English)"))
    proves_fr = _said(_("what it proves (French)"))
    proves_ru = _said(_("what it proves (Russian)"))
    allows_en = _said(_("what it allows (English)"))
    allows_fr = _said(_("what it allows (French)"))
    allows_ru = _said(_("what it allows (Russian)"))
    warning_en = _said(_("safety warning (English)"))
    warning_fr = _said(_("safety warning (French)"))
    warning_ru = _said(_("safety warning (Russian)"))

    class Meta:
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        ordering = ["order", "code"]
        constraints = [in_order("document_type_dates_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return said(self, "name")

    @property
    def validity(self) -> str:
        return said(self, "validity")

    @property
    def proves(self) -> str:
        return said(self, "proves")

    @property
    def allows(self) -> str:
        return said(self, "allows")

    @property
    def warning(self) -> str:
        return said(self, "warning")


def said(row: models.Model, name: str, language: str | None = None) -> str:
    return in_language(lambda code: str(getattr(row, f"{name}_{code}", "")), language)


def in_language(text_in: Callable[[str], str], language: str | None = None) -> str:
    """A text in `language`, else in the reader's; in English where that is empty."""
    return text_in((language or get_language() or "en")[:2]) or text_in("en")


class AreaMember(Reference):
    area = models.CharField(_("area"), max_length=20)
    country = models.CharField(_("country"), max_length=2)

    class Meta:
        verbose_name = _("country of an area")
        verbose_name_plural = _("countries of areas")
        ordering = ["area", "country"]
        constraints = [in_order("area_member_dates_in_order")]


class Noted(Reference):
    note_en = _said(_("note (English)"))
    note_fr = _said(_("note (French)"))
    note_ru = _said(_("note (Russian)"))

    class Meta:
        abstract = True


class EntryRule(Noted):
    destination = models.CharField(
        _("destination"), max_length=20, help_text=_("A country (FR), an area (SCHENGEN) or ANY.")
    )
    document = models.CharField(_("document type"), max_length=20)
    effect = models.CharField(_("effect"), max_length=8, choices=Effect.choices)
    visa = models.CharField(_("visa"), max_length=8, choices=VisaNeed.choices)
    age_from = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    age_below = models.PositiveSmallIntegerField(_("below the age of"), null=True, blank=True)
    by_air = models.BooleanField(_("by air only"), default=False)
    months_beyond = models.PositiveSmallIntegerField(_("valid months after departure"), null=True, blank=True)
    blank_pages = models.PositiveSmallIntegerField(_("blank pages"), null=True, blank=True)
    years_since_issue = models.PositiveSmallIntegerField(
        _("issued at most years ago"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("entry rule")
        verbose_name_plural = _("entry rules")
        ordering = ["destination", "document", "begins"]
        constraints = [in_order("entry_rule_dates_in_order")]


class VisaRule(Noted):
    visa = models.CharField(_("visa"), max_length=20)
    destination = models.CharField(_("destination"), max_length=20)

    class Meta:
        verbose_name = _("what a visa opens")
        verbose_name_plural = _("what visas open")
        ordering = ["visa", "destination"]
        constraints = [in_order("visa_rule_dates_in_order")]


class RemedyRule(Reference):
    class When(models.TextChoices):
        IDENTITY = "identity", _("something proves who the person is")
        NOTHING = "nothing", _("no paper at all")

    order = models.PositiveSmallIntegerField(_("order"))
    destination = models.CharField(_("destination"), max_length=20)
    document = models.CharField(_("document to apply for"), max_length=20)
    when = models.CharField(_("for whom"), max_length=8, choices=When.choices)
    needs_en = _said(_("evidence needed (English)"))
    needs_fr = _said(_("evidence needed (French)"))
    needs_ru = _said(_("evidence needed (Russian)"))
    next_step_en = _said(_("next step (English)"))
    next_step_fr = _said(_("next step (French)"))
    next_step_ru = _said(_("next step (Russian)"))

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ["order", "key"]
        constraints = [in_order("remedy_dates_in_order")]


class StayRule(Noted):
    class Kind(models.TextChoices):
        STAY = "stay", _("stay")
        NOTIFY = "notify", _("the host notifies")
        REGISTER = "register", _("registration")
        ASYLUM = "asylum", _("asylum request")

    country = models.CharField(_("country"), max_length=2)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    days = models.PositiveSmallIntegerField(_("days"))
    within = models.PositiveSmallIntegerField(_("within days"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule of stay")
        verbose_name_plural = _("rules of stay")
        ordering = ["country", "kind", "begins"]
        constraints = [in_order("stay_rule_dates_in_order")]


class ExitRule(Noted):
    class Obstacle(models.TextChoices):
        OVERSTAY = "overstay", _("overstayed, fine or court order")
        BARRED = "barred", _("wanted or barred from leaving")
        FOREIGN_LAISSEZ_PASSER = "foreign_laissez_passer", _("leaves with a foreign laissez-passer")
        REGISTRATION = "registration", _("not registered")

    class Effect(models.TextChoices):
        STOPS = "stops", _("stops")
        ASKS = "asks", _("somebody must agree")
        UNKNOWN = "unknown", _("unknown")

    country = models.CharField(_("country"), max_length=3, help_text=_("A country, or ANY."))
    obstacle = models.CharField(_("obstacle"), max_length=24, choices=Obstacle.choices)
    effect = models.CharField(_("effect"), max_length=8, choices=Effect.choices)

    class Meta:
        verbose_name = _("rule of leaving")
        verbose_name_plural = _("rules of leaving")
        ordering = ["country", "obstacle"]
        constraints = [in_order("exit_rule_dates_in_order")]


class SafetyRule(Noted):
    class Danger(models.TextChoices):
        EXTRADITES = "extradites", _("hands people over")
        UNSAFE = "unsafe", _("unsafe")
        VISIBLE = "visible", _("makes the person visible")
        UNKNOWN = "unknown", _("unknown")

    country = models.CharField(_("country"), max_length=20)
    danger = models.CharField(_("danger"), max_length=12, choices=Danger.choices)

    class Meta:
        verbose_name = _("safety note")
        verbose_name_plural = _("safety notes")
        ordering = ["country", "danger"]
        constraints = [in_order("safety_rule_dates_in_order")]
