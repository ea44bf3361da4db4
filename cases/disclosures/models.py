"""What left the house with names: to whom, which fields of which people, on which ground, by whom. Never a value."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Purpose
from cases.staff.models import User, random_id

TIME_TO_ANSWER = timedelta(days=3)
TIME_TO_COLLECT = timedelta(days=1)
TEXT = 150


class Form(models.TextChoices):
    PDF = "pdf", _("a PDF with a password (AES-256)")
    ZIP = "zip", _("a ZIP with a table and a password (AES-256)")
    AGE_KEY = "age_key", _("an age file for the recipient's public key")
    AGE_WORDS = "age_words", _("an age file with a passphrase")
    THEIRS = "theirs", _("their own Excel form, in a ZIP with a password (AES-256)")


class Channel(models.TextChoices):
    MEETING = "meeting", _("In person")
    PORTAL = "portal", _("Their own upload page")
    SIGNAL = "signal", "Signal"
    EMAIL = "email", _("E-mail")
    POST = "post", _("By post or courier")
    OTHER = "other", _("Another way")


class Ground(models.TextChoices):
    CONSENT = "consent", _("Consent of the person")
    VITAL = "vital", _("Protection of life, where the person cannot be asked")
    LEGAL = "legal", _("Legal claim, or an obligation by law")


# To whom: the purpose to which the person has to agree. Newspapers get no names from here.
AUDIENCES = [(one.value, one.label) for one in (Purpose.GOVERNMENT, Purpose.PARTNER)]
# A copy of their own data; no purpose of consent.
TO_THE_PERSON = "person"
THE_PERSON = _("the person themselves")


class RecipientForm(models.Model):
    """The blank Excel form of a recipient; once its columns are set it never changes. A new version is a new row."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    title = models.CharField(_("title"), max_length=80)
    content = models.BinaryField()
    # The row of its headings, as the spreadsheet program counts.
    row = models.PositiveIntegerField()
    headings = models.JSONField()
    # By the letter of a column the code of the field that goes into it; empty until somebody has said so.
    columns = models.JSONField(default=dict)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["title", "-added_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("disclosures:form", args=[self.pk])


class Handover(models.Model):
    """What is said of every handing over, asked for or done."""

    recipient = models.CharField(_("recipient"), max_length=TEXT)
    organisation = models.CharField(_("organisation"), max_length=TEXT)
    audience = models.CharField(
        _("what the person agrees to"), max_length=10, choices=[*AUDIENCES, (TO_THE_PERSON, THE_PERSON)]
    )
    channel = models.CharField(_("how it reaches them"), max_length=8, choices=Channel.choices)
    ground = models.CharField(_("legal ground"), max_length=8, choices=Ground.choices)
    ground_reference = models.CharField(_("where that is written down"), max_length=TEXT)
    form = models.CharField(_("form"), max_length=9, choices=Form.choices)
    fields = ArrayField(models.CharField(max_length=30))
    recipient_form = models.ForeignKey(
        RecipientForm, models.PROTECT, null=True, related_name="+", verbose_name=_("their form")
    )

    class Meta:
        abstract = True


def _theirs(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(form="theirs", recipient_form__isnull=False)
        | Q(~Q(form="theirs"), recipient_form__isnull=True),
        name=name,
    )


class Disclosure(Handover):
    """It was handed over; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("approved_by")), name="disclosure_approved_by_another"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="disclosure_form_known"),
            _theirs("disclosure_form_of_the_recipient"),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"


class DisclosedPerson(models.Model):
    """`fields`: those of which something was known, and so told."""

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="people")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="disclosed")
    fields = ArrayField(models.CharField(max_length=30))

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "applicant"], name="disclosed_once_in_one")
        ]

    def __str__(self) -> str:
        return str(self.applicant)


class Export(Handover):
    """One asks, another approves, the asker collects once. What was asked for is never changed: it was approved as it was."""

    class Answer(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for approval")
        READY = "ready", _("approved, to be collected")
        COLLECTED = "collected", _("collected")
        BROKEN = "broken", _("collecting broke off, nothing left")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=TEXT)
    # Public half: it opens nothing.
    age_key = models.CharField(_("public age key of the recipient"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=2)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    # Written before anything is opened; without a disclosure beside it nothing was sent.
    collected_at = models.DateTimeField(null=True)
    disclosure = models.OneToOneField(Disclosure, models.PROTECT, null=True, related_name="export")

    class Meta:
        default_permissions = ()
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by=F("asker"), answer="withdrawn")
                | Q(answered_at__isnull=False, answer__in=["approved", "refused"])
                & ~Q(answered_by=F("asker"))
                & Q(answered_by__isnull=False),
                name="export_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(collected_at__isnull=True) | Q(answer="approved"),
                name="export_collected_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(disclosure__isnull=True) | Q(collected_at__isnull=False),
                name="export_disclosed_when_collected",
            ),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="export_form_known"),
            _theirs("export_form_of_the_recipient"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("disclosures:export", args=[self.pk])

    @property
    def state(self) -> State:
        if self.collected_at is not None:
            return self.State.COLLECTED if self.disclosure_id else self.State.BROKEN
        if self.answer in (self.Answer.REFUSED, self.Answer.WITHDRAWN):
            return self.State(self.answer)
        if timezone.now() >= self.until:
            return self.State.EXPIRED
        return self.State.READY if self.answer else self.State.WAITING

    @property
    def until(self) -> datetime:
        """The last moment to approve it, or to collect it."""
        return self.answered_at + TIME_TO_COLLECT if self.answered_at else self.expires_at


class ExportPerson(models.Model):
    export = models.ForeignKey(Export, models.CASCADE, related_name="people")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["export", "applicant"], name="asked_once_in_one")]

    def __str__(self) -> str:
        return str(self.applicant)
