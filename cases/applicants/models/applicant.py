from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from cases.applicants import ages
from cases.applicants.languages import in_words
from cases.applicants.stages import ENDINGS, Stage
from cases.staff.models import Team, User, random_id
from cases.vault.models import Safe


class Category(models.TextChoices):
    CONTRACT = "contract", _("Contract soldier")
    CONSCRIPT = "conscript", _("Conscript")
    MOBILISED = "mobilised", _("Mobilised person")
    OFFICER = "officer", _("Officer")
    DRAFT_REFUSER = "draft_refuser", _("Draft refuser")
    PARTNER = "partner", _("Partner")
    CHILD = "child", _("Child")
    DEPENDANT = "dependant", _("Other dependant")


class Channel(models.TextChoices):
    SIGNAL = "signal", "Signal"
    TELEGRAM = "telegram", "Telegram"
    WHATSAPP = "whatsapp", "WhatsApp"
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    MEETING = "meeting", _("In person")
    PARTNER_NGO = "partner_ngo", _("Through a partner organisation")
    OTHER = "other", _("Another way")


class Urgency(models.IntegerChoices):
    LOW = 1, _("Can wait")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("Urgent")
    DANGER = 4, _("In danger now")


class AgeBand(models.TextChoices):
    """Bands between the ages at which a rule changes: 6, 14, 15, 18, 20 and 45."""

    UNDER_6 = "0-5", _("under 6")
    UNDER_14 = "6-13", _("6 to 13")
    AGE_14 = "14", _("14")
    UNDER_18 = "15-17", _("15 to 17")
    UNDER_20 = "18-19", _("18 or 19")
    UNDER_45 = "20-44", _("20 to 44")
    OLDER = "45+", _("45 or older")


class UsedPseudonym(models.Model):
    """Every pseudonym ever given out, also of cases that no longer exist: none is used twice."""

    pseudonym = models.CharField(primary_key=True, max_length=40)

    class Meta:
        # "grey heron" on the telephone is "Grey Heron".
        constraints = [models.UniqueConstraint(Lower("pseudonym"), name="pseudonym_used_once")]

    def __str__(self) -> str:
        return self.pseudonym


class Applicant(models.Model):  # type: ignore[django-manager-missing]  # guardian has no types
    """A person the group accompanies, known here by the pseudonym only; the case file of that person."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    pseudonym = models.CharField(_("pseudonym"), max_length=40, unique=True)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    country = CountryField(_("country where the person is"), blank=True)
    channel = models.CharField(_("how reached"), max_length=20, choices=Channel.choices)
    languages = ArrayField(
        models.CharField(max_length=3), verbose_name=_("languages spoken"), default=list, blank=True
    )
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency.choices, default=Urgency.NORMAL)
    urgency_reason = models.CharField(_("why"), max_length=200, blank=True)
    special_needs = models.CharField(
        _("needs that must not be missed"),
        max_length=300,
        blank=True,
        help_text=_("For example: wheelchair, insulin, writes only at night. No names, no places."),
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, default=Stage.CONTACT)
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("team"))
    intake_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    # The same person under another pseudonym: there it goes on, and what happened here is read here.
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    identity_safe = models.OneToOneField(Safe, models.PROTECT, related_name="+", editable=False)
    account_safe = models.OneToOneField(Safe, models.PROTECT, related_name="+", editable=False)
    name_known = models.BooleanField(default=False, editable=False)
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand.choices, blank=True)
    next_age_threshold = models.DateField(
        _("month of the next age threshold"), null=True, blank=True, editable=False
    )
    last_contact_on = models.DateField(_("last contact"), null=True, blank=True)
    last_written_on = models.DateField(_("last written to"), null=True, blank=True)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    # Raised with every edit; a form that was opened at an older version is shown the difference.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ("view",)
        permissions = [("work_applicant", "Can work on the case")]
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="applicant_stage_known"),
            models.CheckConstraint(
                condition=Q(category__in=Category.values), name="applicant_category_known"
            ),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="applicant_urgency_known"),
            models.CheckConstraint(
                condition=Q(next_age_threshold__isnull=True) | Q(next_age_threshold__day=1),
                name="applicant_threshold_is_a_month",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "stage"]),
            models.Index(fields=["stage"]),
            models.Index(fields=["-created_at", "id"]),
            # The list of who sees thousands looks up each of them; all that it needs of those not shown stands here.
            models.Index(fields=["id"], include=["stage", "created_at"], name="applicant_listed"),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    def get_absolute_url(self) -> str:
        return reverse("applicants:detail", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.stage in ENDINGS

    @property
    def age_now(self) -> str:
        """The band of today in words: what was derived when the name was sealed, carried forward."""
        band, _threshold = ages.grown(self.age_band, self.next_age_threshold, timezone.localdate())
        return str(AgeBand(band).label) if band else ""

    @property
    def languages_said(self) -> str:
        return in_words(self.languages)

    @property
    def next_threshold(self) -> date | None:
        return ages.grown(self.age_band, self.next_age_threshold, timezone.localdate())[1]


class ApplicantUserPermission(UserObjectPermissionBase):  # type: ignore[misc]
    content_object = models.ForeignKey(Applicant, models.CASCADE, related_name="shared_with_people")
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)

    class Meta(UserObjectPermissionBase.Meta):  # type: ignore[misc]
        indexes = [
            models.Index(fields=["user"], include=["content_object", "expires_at"], name="shared_with_person")
        ]


class ApplicantGroupPermission(GroupObjectPermissionBase):  # type: ignore[misc]
    content_object = models.ForeignKey(Applicant, models.CASCADE, related_name="shared_with_teams")
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)

    class Meta(GroupObjectPermissionBase.Meta):  # type: ignore[misc]
        indexes = [
            models.Index(fields=["group"], include=["content_object", "expires_at"], name="shared_with_team")
        ]
