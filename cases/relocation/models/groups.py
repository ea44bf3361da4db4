"""People put before one government together. Who is in a group is said by the case; the group itself names nobody."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.relocation.models.governments import Government
from cases.staff.models import User, random_id


class Group(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    name = models.CharField(
        _("name of the group"),
        max_length=80,
        help_text=_("By place and time, not by people: everybody who sees cases reads it."),
    )
    government = models.ForeignKey(
        Government, models.PROTECT, related_name="groups", verbose_name=_("government")
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | Q(state__in=["draft", "submitted", "answered"], closed_at__isnull=True),
                name="group_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("relocation:group", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


# From which state a person leads a group to which.
STEPS: dict[str, tuple[str, ...]] = {
    Group.State.DRAFT: (Group.State.SUBMITTED, Group.State.CLOSED),
    Group.State.SUBMITTED: (Group.State.ANSWERED, Group.State.CLOSED),
    Group.State.ANSWERED: (Group.State.SUBMITTED, Group.State.CLOSED),
    Group.State.CLOSED: (),
}


class Member(models.Model):
    """That a person is in a group. `photos_on`: the day on which the photographs this government asks for were there."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="in_groups")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    photos_on = models.DateField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "applicant"], name="once_in_a_group")]

    def __str__(self) -> str:
        return f"member {self.pk}"
