"""Who sees which case, and what is known about it. Scope is one subquery over the two tables of shared cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, F, Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from cases.applicants.models import (
    Applicant,
    ApplicantGroupPermission,
    ApplicantUserPermission,
    Deadline,
    Membership,
    Note,
    Task,
    UsedPseudonym,
)
from cases.names.pseudonyms import normalise, propose
from cases.staff.models import Team, User
from cases.vault.many import any_of

R = TypeVar("R", bound=Model)
Scope = Literal["read", "work"]
WORK = "work_applicant"
VIEW = "view_applicant"


def not_expired() -> Q:
    return Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())


def _rows(user: User) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """What was ever shared with a person, and with a team of that person, ended or not."""
    groups = User.groups.through.objects.filter(user=user).values("group_id")
    return (
        ApplicantUserPermission.objects.filter(user=user),
        ApplicantGroupPermission.objects.filter(group__in=groups),
    )


def _shared_with(user: User, to: Scope) -> QuerySet[Any, Any]:
    own, team = (rows.filter(not_expired()) for rows in _rows(user))
    # Who may work may read: for reading, any row will do.
    if to == "work":
        own = own.filter(permission__codename=WORK)
        team = team.filter(permission__codename=WORK)
    shared: QuerySet[Any, Any] = own.values("content_object").union(team.values("content_object"), all=True)
    return shared


def applicants_for(user: User, to: Scope = "read") -> QuerySet[Applicant]:
    """Return the cases shared with the person or one of the person's teams; a superuser gets nothing extra."""
    if not user.is_active:
        return Applicant.objects.none()
    return Applicant.objects.filter(pk__in=_shared_with(user, to))


def ids_for(user: User) -> QuerySet[Any]:
    """The ids of the same cases, for a list of what hangs on them: it need not go through the cases themselves."""
    return _shared_with(user, "read") if user.is_active else Applicant.objects.none().values("pk")


def list_for(user: User) -> QuerySet[Applicant]:
    """The same cases, where a list is wanted and not one of them.

    The ids are collected first and looked up in their order: with tens of thousands of them that takes a third of the
    time of a join, and it stays the same however many cases there are of others.
    """
    if not user.is_active:
        return Applicant.objects.none()
    return Applicant.objects.filter(any_of("pk", ArraySubquery(_shared_with(user, "read"))))


def left_behind(team: Team, user: User) -> tuple[QuerySet[Applicant], QuerySet[Applicant]]:
    """Of the cases shared with a team that `user` has left: those not seen any more, and those seen as a guest."""
    rows = ApplicantGroupPermission.objects.filter(group=team.group_id)
    cases = Applicant.objects.filter(pk__in=rows.values("content_object"))
    seen = applicants_for(user).values("pk")
    own, teams = (rows.filter(expires_at=None).values("content_object") for rows in _rows(user))
    guests = cases.filter(pk__in=seen).exclude(Q(pk__in=own) | Q(pk__in=teams))
    return cases.exclude(pk__in=seen), guests


def find_applicant(user: User, applicant_id: UUID, to: Scope = "read") -> Applicant:
    """Return one case; what is not shared does not exist (404), what is shared only for reading is refused (403).

    The answer carries `workable`: whether this person may work on it.
    """
    workable = ExpressionWrapper(Q(pk__in=_shared_with(user, "work")), output_field=BooleanField())
    found = (
        applicants_for(user)
        .filter(pk=applicant_id)
        .select_related("owner", "team", "intake_by", "identity_safe", "account_safe")
        .annotate(workable=workable)
        .first()
    )
    if found is None:
        raise Http404
    if to == "work" and not found.workable:
        raise PermissionDenied
    return found


def find_of_case(rows: QuerySet[R], user: User, pk: UUID | int, to: Scope = "read") -> R:
    """Return the one of `rows` with this id, of a case shared with `user`; anything else does not exist.

    One statement for both: a second one, about the case, would tell by its time that there is something.
    """
    found = rows.filter(pk=pk, applicant__in=applicants_for(user)).first()
    if found is None:
        raise Http404
    found.applicant = find_applicant(user, found.applicant_id, to)  # type: ignore[attr-defined]
    return found


def is_lasting(applicant: Applicant, user: User, to: Scope = "read") -> bool:
    """Whether `user` sees the case, or works on it, without an end, alone or through a team; the others are guests."""
    kind = {"permission__codename": WORK} if to == "work" else {}
    own, team = _rows(user)
    ours = Q(content_object=applicant, expires_at=None, **kind)
    return bool(own.filter(ours).exists() or team.filter(ours).exists())


def guest_until(applicant: Applicant, user: User) -> datetime | None:
    """The last moment of a guest; None for who sees the case without an end."""
    if is_lasting(applicant, user):
        return None
    living = [rows.filter(not_expired(), content_object=applicant) for rows in _rows(user)]
    ends = [end for rows in living for end in rows.values_list("expires_at", flat=True)]
    return max((end for end in ends if end), default=None)


def owners_seen_by(user: User) -> QuerySet[User]:
    """Who owns a case on which `user` works, closed accounts too."""
    return User.objects.filter(pk__in=applicants_for(user, "work").values("owner"))


def find_by_pseudonym(user: User, pseudonym: str, to: Scope = "work") -> Applicant | None:
    spellings = Q(pseudonym__iexact=pseudonym.strip()) | Q(pseudonym__iexact=normalise(pseudonym))
    return applicants_for(user, to).filter(spellings).first()


def is_used(pseudonym: str) -> bool:
    return UsedPseudonym.objects.filter(pseudonym__iexact=pseudonym).exists()


def offer_pseudonym() -> str:
    """A pseudonym that nobody was given before."""
    return propose(1, is_used)[0]


def last_registered_by(user: User) -> Applicant | None:
    return Applicant.objects.filter(intake_by=user).order_by("-created_at").first()


def recent_for(user: User, besides: Applicant, number: int = 30) -> QuerySet[Applicant]:
    return applicants_for(user, "work").exclude(pk=besides.pk).order_by("-updated_at")[:number]


def next_deadlines(applicants: Iterable[Applicant | UUID]) -> dict[UUID, Deadline]:
    """The earliest open deadline of each case."""
    ids = [one.pk if isinstance(one, Applicant) else one for one in applicants]
    found = Deadline.objects.filter(applicant__in=ids, met_at__isnull=True)
    return {
        one.applicant_id: one for one in found.order_by("applicant_id", "due_at").distinct("applicant_id")
    }


def tasks_for(user: User) -> QuerySet[Task]:
    """Open tasks of a person, in cases the person still sees; the most urgent first."""
    mine = Task.objects.filter(owner=user, done_at__isnull=True, applicant__in=applicants_for(user))
    return mine.select_related("applicant").order_by(F("due_on").asc(nulls_last=True), "created_at")


def deadlines_for(user: User) -> QuerySet[Deadline]:
    """Open deadlines of the cases a person owns and still sees, the next first."""
    cases = applicants_for(user).filter(owner=user)
    return Deadline.objects.filter(met_at__isnull=True, applicant__in=cases).select_related("applicant")


def find_task(user: User, task_id: UUID) -> Task:
    return find_of_case(Task.objects.all(), user, task_id, "work")


def find_deadline(user: User, deadline_id: UUID) -> Deadline:
    return find_of_case(Deadline.objects.all(), user, deadline_id, "work")


def notes_of(applicant: Applicant) -> QuerySet[Note]:
    return Note.objects.filter(applicant=applicant).select_related("by")


@dataclass(frozen=True)
class Kin:
    """The household as one colleague sees it: of members who are not shared, only the number."""

    mine: Membership | None
    others: Sequence[Membership]
    hidden: int
    past: Sequence["Past"]


@dataclass(frozen=True)
class Past:
    """A household that a person left, with those of it whom the viewer sees."""

    mine: Membership
    others: Sequence[Applicant]


def members_with(applicant: Applicant) -> QuerySet[Membership]:
    """Who belongs to the household of a person now, the person included."""
    living = Membership.objects.filter(until__isnull=True)
    return living.filter(household__in=living.filter(applicant=applicant).values("household"))


def household_of(applicant: Applicant, viewer: User) -> Kin:
    seen = ExpressionWrapper(Q(applicant__in=applicants_for(viewer)), output_field=BooleanField())
    living = members_with(applicant).annotate(seen=seen)
    members = list(living.select_related("applicant").order_by("since"))
    mine = next((one for one in members if one.applicant_id == applicant.pk), None)
    others = [one for one in members if one is not mine]
    shared = [one for one in others if one.seen]
    return Kin(mine, shared, len(others) - len(shared), _past(applicant, viewer))


def _past(applicant: Applicant, viewer: User) -> list[Past]:
    left = list(Membership.objects.filter(applicant=applicant, until__isnull=False).order_by("-until"))
    if not left:
        return []
    seen = Q(household__in=[one.household_id for one in left], applicant__in=applicants_for(viewer))
    others: dict[UUID, dict[UUID, Applicant]] = {}
    for one in Membership.objects.filter(seen).exclude(applicant=applicant).select_related("applicant"):
        others.setdefault(one.household_id, {})[one.applicant_id] = one.applicant
    return [Past(one, list(others.get(one.household_id, {}).values())) for one in left]


def companions(applicant: Applicant, user: User) -> QuerySet[Applicant]:
    """The members of the household in the same stage on which `user` may work: they can move along."""
    members = members_with(applicant).values("applicant")
    return applicants_for(user, "work").filter(pk__in=members, stage=applicant.stage).exclude(pk=applicant.pk)


def people_who_see(applicant: Applicant) -> QuerySet[User]:
    """Active colleagues who see the case, by themselves or through a team."""
    groups = ApplicantGroupPermission.objects.filter(not_expired(), content_object=applicant).values("group")
    people = ApplicantUserPermission.objects.filter(not_expired(), content_object=applicant).values("user")
    in_teams = User.groups.through.objects.filter(group_id__in=groups).values("user_id")
    return User.objects.filter(Q(pk__in=people) | Q(pk__in=in_teams), is_active=True)
