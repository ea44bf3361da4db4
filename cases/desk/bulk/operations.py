"""One wish, carried out case by case: each for itself, so that what one refuses stops none of the others.

Not in one transaction: the record of every deed waits for its end, and colleagues with it.
"""

from collections.abc import Callable, Iterable
from uuid import uuid5

from cases.applicants import operations
from cases.applicants.known import holds_household
from cases.applicants.models import Applicant
from cases.applicants.openings import sentences
from cases.applicants.operations.guarded import Guarded
from cases.applicants.refusals import Refused
from cases.desk.bulk.plans import Line, Wish, assigned
from cases.staff.models import Team, User
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.unlock import Unlocked

Act = Callable[..., list[str]]


def carry_out(
    *,
    lines: Iterable[Line],
    wish: Wish,
    act: Act,
    unlocked: Unlocked | None,
    guarded: Guarded | None,
    by: User,
) -> list[Line]:
    """Do what the plan says can be done; what is refused now although it looked possible says so."""
    done = list(lines)
    for line in done:
        if line.obstacles:
            continue
        line.remarks = []
        try:
            line.remarks = act(applicant=line.applicant, wish=wish, unlocked=unlocked, guarded=guarded, by=by)
        except (Refused, VaultRefused) as refusal:
            line.obstacles.append(str(refusal))
    return done


def assign(
    *, applicant: Applicant, wish: Wish, unlocked: Unlocked | None, guarded: Guarded | None, by: User
) -> list[str]:
    owner, team = assigned(applicant, wish)
    outcomes = operations.assign(applicant=applicant, owner=owner, team=team, by=by, unlocked=unlocked)
    return sentences(outcomes, owner, applicant)


def share(
    *, applicant: Applicant, wish: Wish, unlocked: Unlocked | None, guarded: Guarded | None, by: User
) -> list[str]:
    whom, how = wish["chosen"], {"to": wish["to"], "expires_at": wish["until"], "by": by}
    if isinstance(whom, Team):
        operations.share_with_team(applicant=applicant, team=whom, **how)
        return []
    wanted = {"open_name": applicant.identity_safe, "open_account": applicant.account_safe}
    safes = [safe for name, safe in wanted.items() if wish[name]]
    opening = operations.Opening(safes, unlocked) if safes else None
    outcomes = operations.share_with_person(applicant=applicant, person=whom, opening=opening, **how)
    return sentences(outcomes, whom, applicant)


def add_task(
    *, applicant: Applicant, wish: Wish, unlocked: Unlocked | None, guarded: Guarded | None, by: User
) -> list[str]:
    owner = wish["owner"] or applicant.owner
    # The same sending twice makes each task once.
    new_id = uuid5(wish["new_id"], str(applicant.pk))
    facts = {"title": wish["title"], "due_on": wish["due_on"], "owner": owner}
    kept = _guarded_for(applicant, guarded, by)
    operations.add_task(id=new_id, applicant=applicant, guarded=kept, **facts, by=by)
    return []


def move_stage(
    *, applicant: Applicant, wish: Wish, unlocked: Unlocked | None, guarded: Guarded | None, by: User
) -> list[str]:
    kept = _guarded_for(applicant, guarded, by) if wish["reason"] else None
    operations.move_stage(
        applicants=[applicant], target=wish["target"], reason=wish["reason"], by=by, guarded=kept
    )
    return []


def _guarded_for(applicant: Applicant, guarded: Guarded | None, by: User) -> Guarded | None:
    """The text was compared with what `by` holds; whether that is everybody of this household differs from case to case."""
    if guarded is None:
        return None
    return Guarded(guarded.checked and holds_household(by, applicant), guarded.kept)
