"""Recording referees. Who they are and what they said goes into the account safe, locked or not."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from cases.applicants.models import Applicant
from cases.applicants.operations.work import touch
from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.models import Referee
from cases.vetting.operations import entries


@transaction.atomic
def add_referee(
    *, id: UUID, applicant: Applicant, facts: Mapping[str, Any], sealed: Mapping[str, str], by: User
) -> Referee:
    """Record a referee; the same id again is answered with what was recorded the first time."""
    clear = {name: facts[name] for name in Referee.CLEAR if name in facts}
    referee, new = entries.made(Referee, id=id, applicant=applicant, clear=clear, by=by)
    if new:
        entries.seal(referee, sealed, by)
        touch(applicant)
        detail = f"{applicant.pseudonym}: {referee.state}"
        record("vetting.referee_added", by=by, about=str(applicant.pk), detail=detail)
    return referee


@transaction.atomic
def edit_referee(
    *, referee: Referee, changes: Mapping[str, Any], sealed: Mapping[str, str] | None, version: int, by: User
) -> Referee:
    """Save what differs, unless somebody saved since `version`: then say what stands there now."""
    fresh = entries.locked(referee)
    if entries.change(fresh, changes=changes, sealed=sealed, version=version, by=by):
        detail = f"{fresh.applicant.pseudonym}: {fresh.state}"
        record("vetting.referee_edited", by=by, about=str(fresh.applicant_id), detail=detail)
    return fresh


@transaction.atomic
def strike_referee(*, referee: Referee, reason: str, by: User) -> None:
    fresh = entries.locked(referee)
    entries.strike(fresh, reason=reason, by=by)
    detail = f"{fresh.applicant.pseudonym}: {reason}"
    record("vetting.referee_struck", by=by, about=str(fresh.applicant_id), detail=detail)
