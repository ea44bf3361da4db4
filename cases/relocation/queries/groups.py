"""Groups, and who is in them: of those whose case is not shared with the viewer, only the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.applicants.stages import Stage
from cases.relocation.models import Group, Member
from cases.staff.models import User

# From the vetting to the dossier: who can be put into a group.
READY_STAGES = (Stage.VETTING, Stage.VETTED, Stage.DOC_REMEDY, Stage.DOSSIER)
MOST_OFFERED = 200


def groups() -> QuerySet[Group]:
    """Open groups first, the newest first; everybody who sees cases sees that there are groups."""
    found = Group.objects.annotate(number=Count("members")).select_related("government", "made_by")
    return found.order_by("closed_at", "-made_at")


def find_group(group_id: UUID) -> Group:
    return get_object_or_404(Group.objects.select_related("government", "made_by"), pk=group_id)


@dataclass(frozen=True)
class People:
    """Those of a group whom the viewer sees, and how many more there are."""

    members: Sequence[Member]
    hidden: int

    @property
    def ids(self) -> list[UUID]:
        return [one.applicant_id for one in self.members]


def people_of(group: Group, viewer: User) -> People:
    seen = group.members.filter(applicant__in=applicants_for(viewer))
    members = list(seen.select_related("applicant__owner", "applicant__identity_safe"))
    return People(members, group.members.count() - len(members))


def can_be_added(group: Group, viewer: User, wanted: str = "") -> QuerySet[Applicant]:
    """Cases on which the viewer works, that are on their way to a government and not in this group yet."""
    found = applicants_for(viewer, "work").filter(stage__in=READY_STAGES).exclude(in_groups__group=group)
    if wanted:
        found = found.filter(pseudonym__icontains=wanted)
    return found.order_by("pseudonym")


def groups_of(applicant: Applicant) -> QuerySet[Member]:
    """The groups a person is or was in, the newest first."""
    found = Member.objects.filter(applicant=applicant).select_related("group__government")
    return found.order_by("-added_at")


def ids_of(group: Group) -> set[UUID]:
    """Everybody in a group, shared with whoever asks or not: never to be shown."""
    return set(group.members.values_list("applicant", flat=True))


def find_member(group: Group, applicant: Applicant) -> Member:
    return get_object_or_404(group.members.select_related("applicant", "group"), applicant=applicant)
