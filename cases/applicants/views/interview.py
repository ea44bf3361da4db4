"""One case open for three hours: begun with a reason, ended with a button."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants import queries
from cases.applicants.forms import OpenForm
from cases.applicants.interviews import interview_of
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import operations, unlock
from cases.vault.refusals import Refused
from cases.vault.views import by_fetch


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
def begin(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        safes = [applicant.identity_safe, applicant.account_safe]
        try:
            operations.begin_interview(
                safes=safes, reason=form.why, unlocked=unlock.current(request), by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, applicant)
    return page(request, "applicants/interview.html", {"applicant": applicant, "form": form})


@requires(Permission.USE_VAULT)
@require_POST
def end(request: SignedInRequest) -> HttpResponseBase:
    running = interview_of(request)
    operations.end_interview(by=request.user)
    messages.success(request, _("The interview is ended. Names ask for a reason again."))
    return done(request, running.applicant if running else "desk:home")
