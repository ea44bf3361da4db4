from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Category
from cases.documents.models import Reference, said
from cases.staff.models import User, random_id

# Checks in which an exclusion concern can come up: it is referred to a lawyer, and judged by nobody here.
ABOUT_EXCLUSION = frozenset({"V08", "V09"})


def _said(label: Any, most: int = 1000) -> "models.TextField[str, str]":
    return models.TextField(label, max_length=most, blank=True)


class CheckKind(Reference):
    """One of the checks V01 to V20: what is asked, how it is found out, and what should make one look twice."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    name_en = models.CharField(_("name (English)"), max_length=120)
    name_fr = models.CharField(_("name (French)"), max_length=120)
    name_ru = models.CharField(_("name (Russian)"), max_length=120)
    question_en = _said(_("question (English)"))
    question_fr = _said(_("question (French)"))
    question_ru = _said(_("question (Russian)"))
    method_en = _said(_("evidence and method (English)"))
    method_fr = _said(_("evidence and method (French)"))
    method_ru = _said(_("evidence and method (Russian)"))
    flags_en = _said(_("warning signs (English)"))
    flags_fr = _said(_("warning signs (French)"))
    flags_ru = _said(_("warning signs (Russian)"))
    categories = ArrayField(
        models.CharField(max_length=20, choices=Category.choices),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
        help_text=_("Empty: for everybody."),
    )
    needed = models.BooleanField(_("support needs an answer to it"), default=False)
    for_lawyer = models.BooleanField(_("only a lawyer answers it"), default=False)
    valid_days = models.PositiveSmallIntegerField(_("an answer holds for (days)"), null=True, blank=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        default_permissions = ()
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends")),
                name="check_kind_dates_in_order",
            )
        ]

    @property
    def name(self) -> str:
        return said(self, "name")

    @property
    def question(self) -> str:
        return said(self, "question")

    @property
    def method(self) -> str:
        return said(self, "method")

    @property
    def flags(self) -> str:
        return said(self, "flags")

    @property
    def about_exclusion(self) -> bool:
        return self.code in ABOUT_EXCLUSION


class Result(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    CONSISTENT = "consistent", _("consistent")
    NOT_ESTABLISHED = "not_established", _("not established")
    CONTRADICTED = "contradicted", _("contradicted")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class Confidence(models.TextChoices):
    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class Check(models.Model):
    """The present answer to one check of one person. What was found lies in the account safe under `sealed_kind`."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="checks")
    kind = models.ForeignKey(
        CheckKind, models.PROTECT, to_field="code", related_name="+", verbose_name=_("check")
    )
    result = models.CharField(_("result"), max_length=20, choices=Result.choices)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    by_lawyer = models.BooleanField(_("answered by a lawyer"), default=False)
    # Says that a lawyer was asked, and nothing about what the person did.
    referred_to_lawyer_on = models.DateField(
        _("exclusion concern, referred to a lawyer"), null=True, blank=True
    )
    # Raised with every change of the answer: a vote says on which version it rests.
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("answer to a check")
        verbose_name_plural = _("answers to checks")
        default_permissions = ()
        ordering = ["kind__order", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["applicant", "kind"], name="check_answered_once"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="check_result_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="check_confidence_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("on")),
                name="check_valid_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind_id)

    @property
    def sealed_kind(self) -> str:
        return f"check-{self.kind_id}"


class CheckChange(models.Model):
    """One changed field. What is sealed is named here, never shown: `before` and `after` stay empty for it."""

    answer = models.ForeignKey(Check, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=24)
    before = models.CharField(max_length=24, blank=True)
    after = models.CharField(max_length=24, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.field
