"""Saying that a colleague knows the person. The database takes the votes of that colleague out of every count."""

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.work import touch
from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.models import Conflict, Decision
from cases.vetting.operations.decisions import withdraw_expiry
from cases.vetting.operations.vetting import lock_vetting
from cases.vetting.queries.voters import conflict_of
from cases.vetting.refusals import ConflictIsOwn, ConflictKnown


@transaction.atomic
def declare_conflict(*, applicant: Applicant, user: User, relation: str, by: User) -> Conflict:
    """Write down a conflict of interest of `user`, by themselves or by who answers for the case.

    A decision that rests on a vote of `user` is over from now on; who else voted votes again, or says that it still holds.
    """
    lock_vetting(applicant)
    if conflict_of(applicant, user):
        raise ConflictKnown
    kind = Conflict.Kind.DECLARED if user == by else Conflict.Kind.KNOWN
    conflict = Conflict.objects.create(applicant=applicant, user=user, kind=kind, relation=relation, by=by)
    if not Decision.objects.filter(applicant=applicant, ended_at__isnull=True).exists():
        withdraw_expiry(applicant, by)
    touch(applicant)
    _note("vetting.conflict_declared", conflict, by)
    return conflict


@transaction.atomic
def end_conflict(*, conflict: Conflict, by: User) -> None:
    """Say that a conflict does not stand any more. What it ended stays ended: the colleague votes anew."""
    lock_vetting(conflict.applicant)
    if conflict.user_id == by.pk:
        raise ConflictIsOwn
    ended = Conflict.objects.filter(pk=conflict.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=by
    )
    if ended:
        touch(conflict.applicant)
        _note("vetting.conflict_ended", conflict, by)


def _note(action: str, conflict: Conflict, by: User) -> None:
    applicant = conflict.applicant
    detail = f"{applicant.pseudonym}: {conflict.user.username}"
    record(action, by=by, about=str(applicant.pk), detail=detail)
