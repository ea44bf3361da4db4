"""A case passed to another organisation: offered, accepted or refused, done or taken back; and what was given to them to read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Note
from cases.disclosures.models import Form
from cases.documents.models import Reference
from cases.documents.models.reference import in_order
from cases.needs.models import NEXT, Provider, Referral
from cases.staff.models import User, random_id

# The rule of the deadline by which an offer comes up again; its subject is the id of the transfer.
ASK_AGAIN = "transfers.ask_again"
# As with every help: offered, accepted, refused, done, taken back.
State = Referral.State
LIVING = (State.OFFERED.value, State.ACCEPTED.value)


class Abroad(models.TextChoices):
    """The grounds of GDPR chapter V on which data leaves the European Economic Area."""

    ADEQUACY = "adequacy", _("the European Commission finds the country safe (GDPR art. 45)")
    SAFEGUARDS = "safeguards", _("a contract with standard clauses (GDPR art. 46)")
    CONSENT = "consent", _("the person agrees to it and knows the risk (GDPR art. 49(1)(a))")
    PUBLIC = "public", _("important reasons of public interest (GDPR art. 49(1)(d))")
    VITAL = "vital", _("protection of life, where the person cannot be asked (GDPR art. 49(1)(f))")


class EeaState(Reference):
    """A state of the European Economic Area, as long as it is one: data may go there without a ground of chapter V."""

    country = models.CharField(_("country"), max_length=2)

    class Meta:
        verbose_name = _("state of the European Economic Area")
        verbose_name_plural = _("states of the European Economic Area")
        default_permissions = ()
        ordering = ["country"]
        constraints = [in_order("eea_state_dates_in_order")]


class Transfer(models.Model):
    """One organisation is asked to take a case over. It may run with several at a time, with each of them once."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="transfers")
    provider = models.ForeignKey(
        Provider, models.PROTECT, related_name="transfers", verbose_name=_("organisation")
    )
    contact = models.CharField(
        _("who receives it there"),
        max_length=150,
        help_text=_("Name and role of the colleague there, not of the person."),
    )
    abroad = models.CharField(
        _("ground for sending it out of Europe"), max_length=10, choices=Abroad.choices, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    # What they were told in words; it goes into the pack.
    message = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
    # What they answered.
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["-offered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "provider"],
                condition=Q(state__in=["offered", "accepted"]),
                name="one_living_transfer_to_a_provider",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", changed_at__isnull=True, changed_by__isnull=True)
                | Q(
                    state__in=["accepted", "refused", "done", "taken_back"],
                    changed_at__gte=F("offered_at"),
                    changed_by__isnull=False,
                ),
                name="transfer_changed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk}"

    @property
    def next_states(self) -> tuple[str, ...]:
        return NEXT[self.state]

    @property
    def lives(self) -> bool:
        return self.state in LIVING


class Pack(models.Model):
    """What was given to them to read, by pseudonym: which parts, in which form, and since when the person agreed. Never the words."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="packs")
    fields = ArrayField(models.CharField(max_length=30))
    form = models.CharField(_("form"), max_length=9, choices=Form.choices)
    agreed_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"pack {self.pk}"
