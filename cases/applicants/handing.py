"""What a colleague holds, and what will become of it when it is handed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import ngettext

from cases.applicants.models import (
    Applicant,
    ApplicantGroupPermission,
    ApplicantUserPermission,
    Deadline,
    Task,
)
from cases.applicants.operations.opening import Outcome
from cases.applicants.queries import WORK, applicants_for
from cases.applicants.stages import OPEN, Stage
from cases.staff.models import User
from cases.vault.models import Safe
from cases.vault.queries import grants_of, held_safe_ids, only_held_by, public_keys
from cases.vault.refusals import KeyNotConfirmed, Refused
from cases.vault.unlock import Unlocked


def held_by(colleague: User) -> QuerySet[Applicant]:
    """Cases that a colleague owns, or in which there is an open task for them; those that go on first."""
    tasks = Task.objects.filter(owner=colleague, done_at=None).values("applicant")
    cases = Applicant.objects.filter(Q(owner=colleague) | Q(pk__in=tasks)).exclude(stage=Stage.MERGED)
    return cases.order_by("pseudonym")


def to_hand_over(colleague: User, by: User) -> QuerySet[Applicant]:
    return (
        held_by(colleague)
        .filter(pk__in=applicants_for(by, "work"))
        .select_related("owner", "identity_safe", "account_safe")
        .annotate(open_tasks=Count("tasks", filter=Q(tasks__owner=colleague, tasks__done_at=None)))
    )


@dataclass(frozen=True)
class Plan:
    """What handing over one case will do. `guest`: who hands it over may not, being here until a day."""

    applicant: Applicant
    owned: bool
    tasks: int
    deadlines: int
    name: Outcome
    account: Outcome
    guest: bool

    @property
    def waits(self) -> bool:
        """Whether opening the name or the account will wait for somebody."""
        there = (Outcome.GIVEN, Outcome.HELD_ALREADY)
        return self.owned and not {self.name, self.account} <= set(there)


def plans(
    cases: Iterable[Applicant], *, of: User, to: User, unlocked: Unlocked | None, by: User
) -> list[Plan]:
    found = list(cases)
    safes = [safe for one in found for safe in (one.identity_safe_id, one.account_safe_id)]
    becomes = _foreseen(safes, to, unlocked, by)
    lasting, deadlines = _lasting(found, by), _deadlines(found)
    return [
        Plan(
            one,
            one.owner_id == of.pk,
            one.open_tasks,  # type: ignore[attr-defined]
            deadlines.get(one.pk, 0) if one.owner_id == of.pk else 0,
            becomes[one.identity_safe_id],
            becomes[one.account_safe_id],
            one.pk not in lasting,
        )
        for one in found
    ]


def _foreseen(safes: Sequence[UUID], to: User, unlocked: Unlocked | None, by: User) -> dict[UUID, Outcome]:
    """What the vault will answer, safe by safe, without asking it to seal anything."""
    theirs = held_safe_ids(to, safes)
    # Who is a guest at a name gives it to nobody.
    mine = set(
        grants_of(by).filter(content_object__in=safes, firm=False).values_list("content_object", flat=True)
    )
    otherwise = _readiness(to, by) or (Outcome.LOCKED if unlocked is None else None)
    return {
        safe: Outcome.HELD_ALREADY
        if safe in theirs
        else otherwise or (Outcome.GIVEN if safe in mine else Outcome.NOT_HELD)
        for safe in safes
    }


def _readiness(to: User, by: User) -> Outcome | None:
    try:
        public_keys([to], by=by)
    except KeyNotConfirmed:
        return Outcome.NEW_KEY
    except Refused:
        return Outcome.NO_VAULT
    return None


def _lasting(cases: Sequence[Applicant], by: User) -> set[UUID]:
    ours = {"content_object__in": cases, "permission__codename": WORK, "expires_at": None}
    groups = User.groups.through.objects.filter(user=by).values("group_id")
    own = ApplicantUserPermission.objects.filter(user=by, **ours).values_list("content_object", flat=True)
    teams = ApplicantGroupPermission.objects.filter(group__in=groups, **ours)
    return {*own, *teams.values_list("content_object", flat=True)}


def _deadlines(cases: Sequence[Applicant]) -> dict[UUID, int]:
    found = Deadline.objects.filter(applicant__in=cases, met_at=None).order_by()
    return dict(
        found.values_list("applicant").annotate(number=Count("pk")).values_list("applicant", "number")
    )


def holdings_of(user: User) -> list[str]:
    """What somebody still holds, in sentences that name nobody: also for who sees no case."""
    owned = Applicant.objects.filter(owner=user, stage__in=OPEN).count()
    tasks = Task.objects.filter(owner=user, done_at=None).count()
    others = Task.objects.filter(owner=user, done_at=None).exclude(applicant__owner=F("owner")).count()
    names = grants_of(user).filter(content_object__kind=Safe.Kind.IDENTITY).count()
    alone = only_held_by(user).filter(kind=Safe.Kind.IDENTITY).count()
    said = [
        (owned, ngettext("owns %(number)s open case", "owns %(number)s open cases", owned)),
        (tasks, ngettext("has %(number)s open task", "has %(number)s open tasks", tasks)),
        (
            others,
            ngettext(
                "of these tasks, %(number)s is in a case of somebody else",
                "of these tasks, %(number)s are in cases of others",
                others,
            ),
        ),
        (names, ngettext("can open %(number)s name", "can open %(number)s names", names)),
        (
            alone,
            ngettext(
                "is the only one who can open %(number)s of them: it has to be given to somebody else first",
                "is the only one who can open %(number)s of them: they have to be given to somebody else first",
                alone,
            ),
        ),
    ]
    return [sentence % {"number": number} for number, sentence in said if number]
