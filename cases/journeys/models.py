"""The way of a person, leg by leg: from where to where, when by the clock of each place, and who met them. By pseudonym."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant, Note
from cases.documents.models import Document, Reference
from cases.documents.models.reference import in_order, said
from cases.staff.models import User, random_id


def is_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("No such time zone. It is written like Asia/Almaty."))


class Place(Reference):
    """A town in which journeys begin and end, with its clock. The first of a country names the time of its cases."""

    country = models.CharField(_("country"), max_length=2)
    zone = models.CharField(_("time zone"), max_length=40, validators=[is_zone])
    order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    name_en = models.CharField(_("name (English)"), max_length=60)
    name_fr = models.CharField(_("name (French)"), max_length=60)
    name_ru = models.CharField(_("name (Russian)"), max_length=60)

    class Meta:
        verbose_name = _("town of journeys")
        verbose_name_plural = _("towns of journeys")
        default_permissions = ()
        ordering = ["order", "key"]
        constraints = [in_order("place_dates_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return said(self, "name")

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Leg(models.Model):
    """One leg of one person. Who planned it does not confirm the arrival alone."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        DEPARTED = "departed", _("under way")
        ARRIVED = "arrived", _("arrived")
        STOPPED = "stopped", _("stopped at the border")
        OFF = "off", _("called off")

    class Means(models.TextChoices):
        PLANE = "plane", _("plane")
        TRAIN = "train", _("train")
        ROAD = "road", _("bus or car")
        SEA = "sea", _("ship")
        FOOT = "foot", _("on foot")

    class ExitCheck(models.TextChoices):
        OPEN = "open", _("not checked yet")
        CLEAR = "clear", _("checked: nothing stands against leaving")
        DOUBT = "doubt", _("checked: a doubt remains, and the person knows it")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="legs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    origin = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("departs from"))
    goal = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("goes to"))
    departs_at = models.DateTimeField(_("departs"))
    arrives_at = models.DateTimeField(_("arrives"), null=True)
    means = models.CharField(_("by"), max_length=5, choices=Means.choices, default=Means.PLANE)
    carrier = models.CharField(
        _("airline"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"\A[A-Z0-9]{2,3}\Z", _("Two or three letters, as on the ticket: KC."))],
        help_text=_("Its two letters, as on the ticket: KC."),
    )
    ticket_booked = models.BooleanField(_("the ticket is booked, or none is needed"), default=False)
    exit_check = models.CharField(
        _("exit check"),
        max_length=5,
        choices=ExitCheck.choices,
        default=ExitCheck.OPEN,
        help_text=_("Whether anything stands against leaving the country; see “Where to”."),
    )
    escort = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who goes along")
    )
    host = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who meets the person")
    )
    papers = models.ManyToManyField(
        Document, blank=True, related_name="+", verbose_name=_("papers for this leg")
    )
    # Who meets or hosts without being a colleague, and what else must be known: in words of a note.
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="+")
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    met_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["departs_at", "planned_at"]
        indexes = [models.Index(fields=["applicant", "departs_at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(origin=F("goal")), name="leg_leads_elsewhere"),
            models.CheckConstraint(
                condition=Q(arrives_at__isnull=True) | Q(arrives_at__gt=F("departs_at")),
                name="leg_arrives_after_it_departs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "departed"], ended_at__isnull=True, ended_by__isnull=True)
                | Q(state__in=["arrived", "stopped", "off"], ended_at__isnull=False, ended_by__isnull=False),
                name="leg_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="departed", left_at__isnull=False)
                | Q(state="arrived", left_at__isnull=False)
                | Q(state__in=["planned", "off"], left_at__isnull=True)
                | Q(state="stopped"),
                name="leg_left_before_it_arrived",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state="arrived"), met_by__isnull=True)
                | Q(
                    Q(state="arrived", met_by__isnull=False),
                    ~Q(met_by=F("planned_by")) | ~Q(ended_by=F("planned_by")),
                ),
                name="leg_arrival_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"leg {self.pk}"

    @property
    def departs_there(self) -> datetime:
        return self.departs_at.astimezone(self.origin.clock)

    @property
    def arrives_there(self) -> datetime | None:
        return self.arrives_at.astimezone(self.goal.clock) if self.arrives_at else None

    # Without a zone: a template would turn them back to the clock of the reader.
    @property
    def departs_by_clock(self) -> datetime:
        return self.departs_there.replace(tzinfo=None)

    @property
    def arrives_by_clock(self) -> datetime | None:
        there = self.arrives_there
        return there.replace(tzinfo=None) if there else None

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.DEPARTED)
