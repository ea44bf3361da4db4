"""How many people one colleague opens in a day: more than that is no day's work, but somebody who takes a list along."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.staff.models import User, random_id


class CountedPerson(models.Model):
    """One person whom a colleague opened on one day; opening the same one again adds nothing."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()
    # What `owners.person_of` says; an id, never a name. Rows of past days are removed.
    person = models.CharField(max_length=80)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "day", "person"], name="counted_once_a_day")]

    def __str__(self) -> str:
        return f"counted person {self.pk}"


class MoreOpenings(models.Model):
    """A colleague asks to open more people today; another one allows `number` more, or refuses."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=7, choices=Answer.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "day"], condition=Q(answered_at__isnull=True), name="one_open_wish_for_more"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answer__in=["given", "refused"])
                & Q(answered_by__isnull=False)
                & ~Q(answered_by=F("asker")),
                name="more_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"wish for more openings {self.pk}"
