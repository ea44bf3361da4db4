"""Taking back what was done a moment ago. What was done stands in the audit log all the same, and that it was undone."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant, Deadline, Membership, StageChange, UncheckedText
from cases.applicants.operations.work import touch
from cases.applicants.queries import applicants_for
from cases.applicants.refusals import CannotUndo
from cases.applicants.stages import REASONS, Stage, transition_between
from cases.applicants.timers import timers_of
from cases.audit.operations import record
from cases.staff.models import User
from cases.staff.roles import Permission

WITHIN = timedelta(minutes=15)


def require_recent(moment: datetime | None) -> None:
    if moment is None or timezone.now() - moment > WITHIN:
        raise CannotUndo


def can_be_undone(change: StageChange) -> bool:
    """A move that a person made; what a vote decided, and leaving what it decided, has its own ways back."""
    transition = transition_between(change.source, change.target)
    decided = transition is None or transition.permission is Permission.DECIDE_VETTING
    return not decided and change.source != Stage.VETTED and change.reason not in REASONS


@transaction.atomic
def undo_move(*, change: StageChange, by: User) -> list[Applicant]:
    """Put a case, and who was moved along with it, back into the stage it came from, with the deadlines of then."""
    require_recent(change.at)
    moved = StageChange.objects.filter(by=by, at=change.at, target=change.target)
    cases = Applicant.objects.select_for_update(of=("self",)).filter(pk__in=moved.values("applicant"))
    seen = set(applicants_for(by, "work").filter(pk__in=cases).values_list("pk", flat=True))
    changes = {one.applicant_id: one for one in moved}
    for applicant in cases:
        _move_back(applicant, changes[applicant.pk], applicant.pk in seen, by)
    return list(cases)


def _move_back(applicant: Applicant, change: StageChange, seen: bool, by: User) -> None:
    newest = StageChange.objects.filter(applicant=applicant).first()
    if not seen or newest != change or applicant.stage != change.target or not can_be_undone(change):
        raise CannotUndo
    begun = [timer.rule for timer in timers_of(change.target)]
    Deadline.objects.filter(applicant=applicant, rule__in=begun, met_at=None).delete()
    Deadline.objects.filter(applicant=applicant, met_at=change.at).update(met_at=None)
    UncheckedText.objects.filter(applicant=applicant, what="stage", subject=str(change.pk)).delete()
    source = change.source
    change.delete()
    before = StageChange.objects.filter(applicant=applicant).first()
    applicant.stage, applicant.stage_since = source, before.at if before else applicant.created_at
    applicant.updated_at = timezone.now()
    applicant.save(update_fields=["stage", "stage_since", "updated_at"])
    detail = f"{applicant.pseudonym}: {change.target} to {source}"
    record("applicants.stage_undone", by=by, about=str(applicant.pk), detail=detail)


@transaction.atomic
def reopen_deadline(*, deadline: Deadline, by: User) -> None:
    """Say that what a deadline asks for has not happened after all."""
    require_recent(deadline.met_at)
    Applicant.objects.select_for_update().get(pk=deadline.applicant_id)
    same = {"applicant": deadline.applicant_id, "rule": deadline.rule, "subject": deadline.subject}
    if Deadline.objects.filter(**same, met_at=None).exists():
        raise CannotUndo
    Deadline.objects.filter(pk=deadline.pk).update(met_at=None)
    applicant = deadline.applicant
    touch(applicant)
    detail = f"{applicant.pseudonym}: {deadline.rule}"
    record("applicants.deadline_reopened", by=by, about=str(applicant.pk), detail=detail)


@transaction.atomic
def return_to_household(*, membership: Membership, by: User) -> None:
    """Undo a leaving, also for the one who was left alone by it."""
    require_recent(membership.until)
    left = list(Membership.objects.filter(household=membership.household_id, until=membership.until))
    people = [one.applicant_id for one in left]
    list(Applicant.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    if Membership.objects.filter(applicant__in=people, until=None).exists():
        raise CannotUndo
    Membership.objects.filter(pk__in=[one.pk for one in left]).update(until=None)
    applicant = membership.applicant
    record("applicants.household_returned", by=by, about=str(applicant.pk), detail=applicant.pseudonym)
