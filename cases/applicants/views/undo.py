"""What the button “Undo” in a message does, moments after the act."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.applicants import operations
from cases.applicants.models import Applicant
from cases.applicants.queries import find_deadline
from cases.applicants.refusals import Refused
from cases.applicants.undo import find_membership, find_own_change
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_POST
def stage(request: SignedInRequest, change_id: int) -> HttpResponseBase:
    """Who made the move may take it back; the door is that of the stages."""
    change = find_own_change(request.user, change_id)
    return undone(request, change.applicant, lambda: operations.undo_move(change=change, by=request.user))


@requires(Permission.WORK)
@require_POST
def deadline(request: SignedInRequest, deadline_id: UUID) -> HttpResponseBase:
    deadline = find_deadline(request.user, deadline_id)
    return undone(
        request, deadline.applicant, lambda: operations.reopen_deadline(deadline=deadline, by=request.user)
    )


@requires(Permission.WORK)
@require_POST
def household(request: SignedInRequest, membership_id: int) -> HttpResponseBase:
    left = find_membership(request.user, membership_id)
    return undone(
        request, left.applicant, lambda: operations.return_to_household(membership=left, by=request.user)
    )


def undone(request: SignedInRequest, applicant: Applicant, act: Callable[[], object]) -> HttpResponseBase:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Undone."))
    here = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return done(request, here.partition("#")[0] if here else applicant)
