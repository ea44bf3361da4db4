"""Handing cases over from one colleague to another, each by itself: what cannot be done stops none of the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, Task
from cases.applicants.operations.opening import Opening, Outcome
from cases.applicants.operations.sharing import share_with_person
from cases.applicants.queries import is_lasting
from cases.applicants.refusals import HandedAlready, Refused
from cases.audit.operations import record
from cases.staff.models import User
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.unlock import Unlocked


@dataclass(frozen=True)
class Handed:
    """What became of one case: what of each safe, or why nothing was done."""

    applicant: Applicant
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    refused: str = ""

    @property
    def waits(self) -> bool:
        return not set(self.outcomes.values()) <= {Outcome.GIVEN, Outcome.HELD_ALREADY}


def hand_over(
    *, applicants: Iterable[Applicant], of: User, to: User, unlocked: Unlocked | None, by: User
) -> list[Handed]:
    """Give each case that `of` owns, and the open tasks of `of` in it, to a colleague who then works on it."""
    handed = []
    for applicant in applicants:
        try:
            outcomes = _hand_over_one(applicant, of, to, unlocked, by)
        except (Refused, VaultRefused) as refusal:
            handed.append(Handed(applicant, refused=str(refusal)))
        else:
            handed.append(Handed(applicant, outcomes))
    return handed


@transaction.atomic
def _hand_over_one(
    applicant: Applicant, of: User, to: User, unlocked: Unlocked | None, by: User
) -> dict[str, Outcome]:
    cases = Applicant.objects.select_for_update(of=("self",)).select_related(
        "owner", "team", "identity_safe", "account_safe"
    )
    fresh = cases.get(pk=applicant.pk)
    owned = fresh.owner_id == of.pk
    tasks = list(Task.objects.select_for_update().filter(applicant=fresh, owner=of, done_at=None))
    if not owned and not tasks:
        raise HandedAlready
    if owned:
        fresh.owner, fresh.updated_at = to, timezone.now()
        fresh.save(update_fields=["owner", "updated_at"])
    outcomes: dict[str, Outcome] = {}
    if owned or not is_lasting(fresh, to, "work"):
        # For a task alone nobody has to open the name.
        opening = Opening([fresh.identity_safe, fresh.account_safe], unlocked) if owned else None
        outcomes = share_with_person(
            applicant=fresh, person=to, to="work", expires_at=None, by=by, opening=opening
        )
    for task in tasks:
        task.owner, task.version = to, task.version + 1
        task.save(update_fields=["owner", "version"])
    detail = f"{fresh.pseudonym}: {of.username} to {to.username}, tasks {len(tasks)}"
    record("applicants.handed_over", by=by, about=str(fresh.pk), detail=detail)
    return outcomes
