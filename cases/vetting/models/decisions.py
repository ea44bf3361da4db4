"""Who voted how, on what it rests, and what was decided. Votes and decisions are kept for ever: the database refuses the rest."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.staff.models import User, random_id


class Conflict(models.Model):
    """That a colleague knows the person, and so does not vote. No free text: it would tell who the person is."""

    class Kind(models.TextChoices):
        DECLARED = "declared", _("said by the colleague")
        KNOWN = "known", _("known to others")

    class Relation(models.TextChoices):
        RELATIVE = "relative", _("relative")
        PARTNER = "partner", _("partner or former partner")
        FRIEND = "friend", _("friend")
        SERVED = "served", _("served together")
        INTAKE = "intake", _("took part in the intake")
        OTHER = "other", _("another conflict of interest")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("colleague"))
    kind = models.CharField(max_length=8, choices=Kind.choices)
    relation = models.CharField(_("how they know each other"), max_length=8, choices=Relation.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "user"],
                condition=Q(ended_at__isnull=True),
                name="one_conflict_a_colleague",
            ),
            models.CheckConstraint(
                condition=Q(kind="declared", by=F("user")) | Q(kind="known") & ~Q(by=F("user")),
                name="conflict_declared_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(relation__in=["relative", "partner", "friend", "served", "intake", "other"]),
                name="conflict_relation_known",
            ),
            # Nobody argues away what stands between oneself and a vote.
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_by=F("user")),
                name="conflict_ended_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_relation_display())


class Choice(models.TextChoices):
    SUPPORT = "support", _("Support")
    NOT_NOW = "not_now", _("Not now")
    DECLINE = "decline", _("Decline")


class Vote(models.Model):
    """One vote of one officer. Why lies in the account safe under `sealed_kind`."""

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="votes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    # The versions it rests on, {"service": 3, "V01": 2, …}, and the results of then, to show what changed since.
    basis = models.JSONField()
    results = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    # The vote as it was first cast, where this row says that it still holds.
    confirms = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "by"],
                condition=Q(replaced_at__isnull=True),
                name="one_living_vote_a_person",
            ),
            models.CheckConstraint(
                condition=Q(choice__in=["support", "not_now", "decline"]), name="vote_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Vote"))

    @property
    def sealed_kind(self) -> str:
        return f"vote-{self.pk.hex}"


class Outcome(models.TextChoices):
    SUPPORT = "support", _("Support")
    NOT_NOW = "not_now", _("Not now")
    DECLINE = "decline", _("Decline")
    NONE = "none", _("No majority")


class Decision(models.Model):
    """What two votes decided. `third_vote` is the one that differed, where a third officer had to be asked.

    With `NONE`, three officers chose three different things: they talk, and vote again.
    """

    class Ended(models.TextChoices):
        REPLACED = "replaced", _("a later decision took its place")
        CONFLICT = "conflict", _("a conflict of interest became known")
        NO_MAJORITY = "none", _("three different votes")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    first_vote = models.ForeignKey(Vote, models.PROTECT, related_name="+")
    second_vote = models.ForeignKey(Vote, models.PROTECT, related_name="+")
    third_vote = models.ForeignKey(Vote, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, choices=Ended.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(ended_at__isnull=True), name="one_living_decision"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["support", "not_now", "decline", "none"]),
                name="decision_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | Q(ended_at__isnull=False, ended_why__in=["replaced", "conflict", "none"]),
                name="decision_ended_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="none") | Q(ended_why="none", third_vote__isnull=False),
                name="decision_without_majority_is_over",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def votes(self) -> list[Vote]:
        """The votes that carry it."""
        return [self.first_vote, self.second_vote]

    @property
    def all_votes(self) -> list[Vote]:
        return self.votes if self.third_vote is None else [*self.votes, self.third_vote]

    def is_expired(self, today: date) -> bool:
        return self.valid_until < today

    def rests_on(self, basis: dict[str, Any]) -> bool:
        return all(vote.basis == basis for vote in self.votes)
