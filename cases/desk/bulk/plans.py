"""What would become of each chosen case: done, or not and why. Nothing is changed here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for, is_lasting, people_who_see
from cases.applicants.refusals import GuestsDoNotShare, OwnerKeepsAccess
from cases.applicants.stages import Move, Stage, blocked_by
from cases.staff.models import Team, User
from cases.vault.queries import has_key, held_safe_ids

MOST = 200
Wish = Mapping[str, Any]


@dataclass
class Line:
    """One case: why it cannot be done, or what is to be known about it besides."""

    applicant: Applicant
    obstacles: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """Who looks, and what that person holds; asked once for all cases."""

    by: User
    is_unlocked: bool
    works_on: frozenset[UUID]
    holds: frozenset[UUID]


Check = Callable[[Line, Wish, Look], None]


def chosen_cases(user: User, ids: Sequence[UUID]) -> list[Applicant]:
    """The cases that `user` sees among those asked for, in the order of their pseudonyms."""
    seen = applicants_for(user).filter(pk__in=ids)
    related = seen.select_related("owner", "team", "identity_safe", "account_safe")
    return list(related.order_by("pseudonym")[:MOST])


def ids_of(cases: QuerySet[Applicant]) -> list[UUID]:
    """At most one more than can be done at once, so that it can be said."""
    return list(cases.values_list("pk", flat=True)[: MOST + 1])


def plan(cases: Sequence[Applicant], wish: Wish, check: Check, *, unlocked: bool, by: User) -> list[Line]:
    ids = [one.pk for one in cases]
    works_on = frozenset(applicants_for(by, "work").filter(pk__in=ids).values_list("pk", flat=True))
    safes = [safe for one in cases for safe in (one.identity_safe_id, one.account_safe_id)]
    look = Look(by, unlocked, works_on, frozenset(held_safe_ids(by, safes)))
    lines = [Line(one) for one in cases]
    for line in lines:
        if line.applicant.pk not in works_on:
            line.obstacles.append(_("You may read this case, but not work on it."))
        else:
            check(line, wish, look)
    return lines


def check_assign(line: Line, wish: Wish, look: Look) -> None:
    owner, team = assigned(line.applicant, wish)
    if (owner, team) == (line.applicant.owner, line.applicant.team):
        line.obstacles.append(_("It is so already."))
    elif not is_lasting(line.applicant, look.by, "work"):
        line.obstacles.append(str(GuestsDoNotShare()))
    elif owner is not None:
        _say_who_opens(line, owner, [line.applicant.identity_safe_id, line.applicant.account_safe_id], look)


def check_share(line: Line, wish: Wish, look: Look) -> None:
    whom, limited = wish["chosen"], wish["to"] != "work" or wish["until"] is not None
    if not is_lasting(line.applicant, look.by, "work"):
        line.obstacles.append(str(GuestsDoNotShare()))
    elif limited and whom in (line.applicant.owner, line.applicant.team):
        line.obstacles.append(str(OwnerKeepsAccess()))
    elif isinstance(whom, User):
        wanted = {
            "open_name": line.applicant.identity_safe_id,
            "open_account": line.applicant.account_safe_id,
        }
        _say_who_opens(line, whom, [safe for name, safe in wanted.items() if wish[name]], look)


def check_task(line: Line, wish: Wish, look: Look) -> None:
    owner = wish["owner"] or line.applicant.owner
    if owner is None:
        line.obstacles.append(_("Nobody owns the case, so choose who does it."))
    elif not people_who_see(line.applicant).filter(pk=owner.pk).exists():
        line.obstacles.append(_("%(person)s does not see this case. Share it first.") % {"person": owner})


def check_stage(line: Line, wish: Wish, look: Look) -> None:
    if line.applicant.stage == wish["target"]:
        line.obstacles.append(_("It is so already."))
        return
    move = Move(line.applicant, Stage(wish["target"]), look.by, str(wish["reason"]).strip())
    line.obstacles += [str(one) for one in blocked_by(move)]


def assigned(applicant: Applicant, wish: Wish) -> tuple[User | None, Team | None]:
    """Owner and team as they would be."""
    return wish["owner"] or applicant.owner, wish["team"] or applicant.team


def _say_who_opens(line: Line, person: User, safes: Sequence[UUID], look: Look) -> None:
    """Sharing works in any case; what of it waits for somebody is said."""
    missing = set(safes) - held_safe_ids(person, safes)
    if not missing:
        return
    if not has_key(person):
        line.remarks.append(_("%(person)s has no vault yet: opening waits.") % {"person": person})
    elif not missing <= look.holds:
        line.remarks.append(_("You cannot open all of it yourself: those who can are asked."))
    elif not look.is_unlocked:
        line.remarks.append(_("You are locked: opening waits for those who can."))
