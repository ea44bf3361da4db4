"""Who may vote on a person, and why others may not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.applicants.stages import Stage
from cases.applicants.viewers import who_sees
from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vetting.models import Conflict
from cases.vetting.queries.decisions import Standing, living_vote

NOT_OFFICER = _("Vetting officers vote. Your role is another one.")
READS_ONLY = _("The case is shared with you for reading only. Ask its owner to share it for work.")
TOOK_IN = _("You took this person in, so others decide.")
KNOWS = _("You have a conflict of interest with this person, so others decide.")
TOO_EARLY = _("Votes are cast once the case is in vetting.")
CLOSED = _("The case is closed. A coordinator can reopen it, then votes are cast again.")
TOO_LATE = _("The case has gone beyond the submission: a vote changes nothing any more.")
NOTHING_TO_VOTE = _("A decision counts. To vote anew, move the case back to vetting and say why.")
VOTED = _("You have voted. Your vote waits for a colleague.")


def conflicts_of(applicant: Applicant) -> QuerySet[Conflict]:
    """The conflicts of interest that stand, as the owner and the coordinators see them."""
    return Conflict.objects.filter(applicant=applicant, ended_at__isnull=True).select_related("user", "by")


def conflict_of(applicant: Applicant, user: User) -> Conflict | None:
    return conflicts_of(applicant).filter(user=user).first()


def find_conflict(applicant: Applicant, conflict_id: UUID) -> Conflict:
    found = conflicts_of(applicant).filter(pk=conflict_id).first()
    if found is None:
        raise Http404
    return found


def barred(applicant: Applicant, user: User) -> str | Promise | None:
    """Why `user` does not vote on this person at all, whatever the state of the vetting; None: may vote."""
    if not user.may(Permission.DECIDE_VETTING):
        return NOT_OFFICER
    if not applicants_for(user, "work").filter(pk=applicant.pk).exists():
        return READS_ONLY
    if applicant.intake_by_id == user.pk:
        return TOOK_IN
    return KNOWS if conflict_of(applicant, user) else None


def held_back(now: Standing, user: User) -> str | Promise | None:
    """Why `user` cannot vote now; None: the vote is missing, or may be taken again."""
    if bar := barred(now.applicant, user):
        return bar
    if not now.is_open:
        if now.counts and now.is_fresh:
            return NOTHING_TO_VOTE
        if now.applicant.is_closed:
            return CLOSED
        return TOO_EARLY if now.applicant.stage in _EARLY else TOO_LATE
    own = living_vote(now.applicant, user)
    is_in = own is not None and own.pk in {vote.pk for vote in now.fresh_votes}
    # Alone, a vote may still be taken again; once it is known that two differ, a third decides.
    return VOTED if is_in and now.needs_third else None


_EARLY = (Stage.CONTACT, Stage.INTAKE)
State = Literal["votes", "intake", "conflict", "not_shared"]


@dataclass(frozen=True)
class Officer:
    """A vetting officer beside one case. `voted` is told of nobody while needed checks are missing: it would tell the choice."""

    person: User
    state: State
    conflict: Conflict | None
    until: datetime | None
    voted: bool


def officers(now: Standing) -> list[Officer]:
    """Every vetting officer: who may vote on the person, who may not and why."""
    applicant = now.applicant
    conflicts = {one.user_id: one for one in conflicts_of(applicant)}
    shared = {
        person.pk: line.expires_at for line in who_sees(applicant) if line.works for person in line.people
    }
    voted = _voted(now)
    return [
        Officer(
            person,
            _state(applicant, person, conflicts, shared),
            conflicts.get(person.pk),
            shared.get(person.pk),
            person.pk in voted,
        )
        for person in colleagues(who_may=Permission.DECIDE_VETTING).order_by("full_name")
    ]


def _voted(now: Standing) -> set[int]:
    under_way = [] if now.missing else now.fresh_votes
    decided = now.decision.all_votes if now.decision and now.counts else []
    return {vote.by_id for vote in [*under_way, *decided]}


def _state(applicant: Applicant, person: User, conflicts: Iterable[int], shared: Iterable[int]) -> State:
    if person.pk == applicant.intake_by_id:
        return "intake"
    if person.pk in conflicts:
        return "conflict"
    return "votes" if person.pk in shared else "not_shared"


def leads(applicant: Applicant, user: User) -> bool:
    """Whether `user` answers for who votes: the owner of the case, and coordinators."""
    return user.pk == applicant.owner_id or user.may(Permission.ASSIGN)


def people_to_name(applicant: Applicant, user: User) -> list[User]:
    """Of whom `user` may say that they know the person: oneself, and of any officer who answers for the case."""
    found = colleagues(who_may=Permission.DECIDE_VETTING).order_by("full_name")
    if not leads(applicant, user):
        found = found.filter(pk=user.pk)
    people = sorted(found, key=lambda person: person != user)
    if not people:
        raise PermissionDenied
    return people


def find_conflict_to_end(applicant: Applicant, conflict_id: UUID, user: User) -> Conflict:
    if not leads(applicant, user):
        raise PermissionDenied
    return find_conflict(applicant, conflict_id)
