"""What people need besides papers, who can give it, and who was asked. By pseudonym; words go into notes of the case."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.applicants.models import Applicant, Note
from cases.documents.models import Reference
from cases.documents.models.reference import in_order, said
from cases.staff.models import User, random_id

# The rule of the deadline by which a referral comes up again; its subject is the id of the referral.
ASK_AGAIN = "needs.ask_again"
ASK_AFTER = timedelta(days=14)


class NeedKind(Reference):
    """One kind of help, for example psychological help."""

    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    name_en = models.CharField(_("name (English)"), max_length=80)
    name_fr = models.CharField(_("name (French)"), max_length=80)
    name_ru = models.CharField(_("name (Russian)"), max_length=80)

    class Meta:
        verbose_name = _("kind of need")
        verbose_name_plural = _("kinds of needs")
        default_permissions = ()
        ordering = ["order", "key"]
        constraints = [in_order("need_kind_dates_in_order")]

    def __str__(self) -> str:
        return said(self, "name")


class Need(models.Model):
    """Somebody needs something. One of a kind can be open on a case; it ends met, or because it is needed no more."""

    class Urgency(models.IntegerChoices):
        LATER = 1, _("can wait")
        SOON = 2, _("soon")
        NOW = 3, _("now")

    class Outcome(models.TextChoices):
        MET = "met", _("met")
        DROPPED = "dropped", _("not needed any more")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="needs")
    kind = models.ForeignKey(NeedKind, models.PROTECT, related_name="+", verbose_name=_("what is needed"))
    urgency = models.PositiveSmallIntegerField(_("how urgently"), choices=Urgency.choices)
    since = models.DateField(_("since"))
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("what came of it"), max_length=7, choices=Outcome.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-urgency", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "kind"], condition=Q(ended_at__isnull=True), name="one_open_need_a_kind"
            ),
            models.CheckConstraint(condition=Q(urgency__gte=1, urgency__lte=3), name="need_urgency_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, outcome="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, outcome__in=["met", "dropped"]),
                name="need_ended_with_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgency", "since", "id"], condition=Q(ended_at__isnull=True), name="open_needs"
            )
        ]

    def __str__(self) -> str:
        return f"need {self.pk}"


class Provider(models.Model):
    """An organisation, an office or a practice that gives help. What stands here is about them, never about somebody we help."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(_("name"), max_length=150, unique=True)
    kinds = models.ManyToManyField(NeedKind, related_name="providers", verbose_name=_("what they give"))
    country = CountryField(_("country"))
    place = models.CharField(_("town"), max_length=80, blank=True)
    languages = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, verbose_name=_("languages spoken there")
    )
    reached_by = models.CharField(
        _("how to reach them"), max_length=200, blank=True, help_text=_("Telephone, e-mail, who to ask for.")
    )
    remarks = models.TextField(
        _("good to know"),
        max_length=1000,
        blank=True,
        help_text=_("What they ask for, what it costs, how long it takes."),
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_on = models.DateField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    """A provider was asked to meet a need: offered, then accepted or refused, and done or taken back."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        DONE = "done", _("done")
        TAKEN_BACK = "taken_back", _("taken back")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    need = models.ForeignKey(Need, models.CASCADE, related_name="referrals")
    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="referrals", verbose_name=_("provider")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-offered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "provider"],
                condition=Q(state__in=["offered", "accepted"]),
                name="one_living_referral_to_a_provider",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", changed_at__isnull=True, changed_by__isnull=True)
                | Q(
                    state__in=["accepted", "refused", "done", "taken_back"],
                    changed_at__gte=F("offered_at"),
                    changed_by__isnull=False,
                ),
                name="referral_changed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"

    @property
    def next_states(self) -> tuple[str, ...]:
        return NEXT[self.state]


# Which state follows which; nothing follows an end.
NEXT: dict[str, tuple[str, ...]] = {
    "offered": ("accepted", "refused", "taken_back"),
    "accepted": ("done", "refused", "taken_back"),
    "refused": (),
    "done": (),
    "taken_back": (),
}
