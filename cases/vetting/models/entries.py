"""What pieces of evidence, referees and interviews have in common: a clear row, and a sealed half under a kind of its own."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.models import User, random_id


class Reliability(models.TextChoices):
    """The source, after the Admiralty scale."""

    A = "A", _("A – completely reliable: never gave cause for doubt")
    B = "B", _("B – usually reliable: minor doubts")
    C = "C", _("C – fairly reliable: doubts, but was right before")
    D = "D", _("D – not usually reliable: was right at times")
    E = "E", _("E – unreliable: was wrong before")
    F = "F", _("F – cannot be judged: nothing is known of this source")


class Credibility(models.TextChoices):
    """The information, after the Admiralty scale: judged apart from who says it."""

    CONFIRMED = "1", _("1 – confirmed by other, independent sources")
    PROBABLE = "2", _("2 – probably true: fits what else is known")
    POSSIBLE = "3", _("3 – possibly true: fits some of what is known")
    DOUBTFUL = "4", _("4 – doubtful: possible, and nothing else supports it")
    IMPROBABLE = "5", _("5 – improbable: contradicts what else is known")
    UNJUDGED = "6", _("6 – cannot be judged: nothing to compare it with")


class Entry(models.Model):
    """`CLEAR` names what stands in the row and may be changed, `SEALED` what lies in the account safe."""

    PREFIX: ClassVar[str]
    CLEAR: ClassVar[tuple[str, ...]]
    SEALED: ClassVar[tuple[str, ...]]

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    # Entered by mistake: it counts for nothing any more, and its history stays.
    struck_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        default_permissions = ()

    @property
    def sealed_kind(self) -> str:
        return f"{self.PREFIX}-{self.pk.hex}"


class EntryChange(models.Model):
    """One changed field of an entry. What is sealed is named here, never shown: `before` and `after` stay empty for it."""

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="+")
    entry = models.UUIDField(db_index=True)
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
