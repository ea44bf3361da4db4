"""What a person holds. Type and dates stand in clear; the number, the authority and the scans lie in the identity safe."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.applicants.models import Applicant
from cases.documents.models.reference import DocumentType
from cases.staff.models import User, random_id


class Status(models.TextChoices):
    HELD = "held", _("held")
    COPY = "copy", _("copy only")
    LOST = "lost", _("lost")
    ARMY = "army", _("kept by the army")
    SEIZED = "seized", _("seized")
    EXPIRED = "expired", _("expired")
    APPLIED = "applied", _("applied for")
    REFUSED = "refused", _("refused")


class Whereabouts(models.TextChoices):
    PERSON = "person", _("with the person")
    US = "us", _("with us")
    FRIEND = "friend", _("with somebody the person trusts")
    FAMILY = "family", _("with the family in Russia")
    AUTHORITY = "authority", _("with an authority")
    ARMY = "army", _("with the army")
    UNKNOWN = "unknown", _("unknown")


class Verification(models.TextChoices):
    ORIGINAL = "original", _("the original was seen")
    VIDEO = "video", _("seen in a video call")
    SCAN = "scan", _("a scan was seen")
    EXPERT = "expert", _("examined by an expert")
    ISSUER = "issuer", _("confirmed by who issued it")


class Document(models.Model):
    """One paper of one person. The sealed half lies in the identity safe under the kind `sealed_kind`."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="documents")
    type = models.ForeignKey(
        DocumentType, models.PROTECT, to_field="code", related_name="+", verbose_name=_("type")
    )
    country = CountryField(_("issuing country"), blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.HELD)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    blank_pages = models.PositiveSmallIntegerField(_("blank pages"), null=True, blank=True)
    chip = models.BooleanField(_("has a chip"), null=True, blank=True)
    destination = CountryField(_("good for the journey to"), blank=True)
    whereabouts = models.CharField(
        _("where it is"), max_length=10, choices=Whereabouts.choices, default=Whereabouts.UNKNOWN
    )
    verified_how = models.CharField(
        _("verified how"), max_length=10, choices=Verification.choices, blank=True
    )
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    verified_on = models.DateField(null=True, editable=False)
    number_known = models.BooleanField(default=False, editable=False)
    # Codes of what the arithmetic found odd when the paper was last saved; they tell nothing about who it is.
    remarks = ArrayField(models.CharField(max_length=40), default=list, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Entered by mistake: it counts for nothing any more, and its history stays.
    struck_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        default_permissions = ()
        ordering = ["type__order", "-issued_on", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="document_status_known"),
            models.CheckConstraint(
                condition=Q(whereabouts__in=Whereabouts.values), name="document_whereabouts_known"
            ),
            models.CheckConstraint(
                condition=Q(verified_how="", verified_by__isnull=True, verified_on__isnull=True)
                | (~Q(verified_how="") & Q(verified_by__isnull=False, verified_on__isnull=False)),
                name="document_verified_how_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(issued_on__lte=F("expires_on")),
                name="document_expires_after_issue",
            ),
        ]
        indexes = [
            models.Index(fields=["applicant"], condition=Q(struck_at__isnull=True), name="document_counts"),
            models.Index(fields=["expires_on"], condition=Q(struck_at__isnull=True), name="document_expires"),
        ]

    def __str__(self) -> str:
        return str(self.type)

    @property
    def sealed_kind(self) -> str:
        return f"paper-{self.pk.hex}"


class DocumentChange(models.Model):
    """One changed field. What is sealed is named here, never shown: `before` and `after` stay empty for it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=20)
    before = models.CharField(max_length=100, blank=True)
    after = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.field


class Stay(models.Model):
    """How a person stays where the person is, as far as it bears on leaving. None: nobody knows."""

    applicant = models.OneToOneField(Applicant, models.CASCADE, related_name="stay")
    entered_on = models.DateField(_("entered the country on"), null=True, blank=True)
    overstay = models.BooleanField(_("overstayed, or a fine or court order for it"), null=True, blank=True)
    barred = models.BooleanField(_("wanted, or barred from leaving"), null=True, blank=True)
    # The day on which somebody said that the person holds no paper at all; the first paper that is added ends it.
    no_paper_on = models.DateField(null=True, editable=False)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(_("Stay"))
