from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants import operations, queries
from cases.applicants.erasures import hold_on
from cases.applicants.forms import HoldForm, ReviewForm
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.ERASE)
@require_http_methods(["GET", "POST"])
def hold(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Set a hold; where one stands, set the day of its next review."""
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    standing = hold_on(applicant)
    act, kind = (operations.review_hold, ReviewForm) if standing else (operations.set_hold, HoldForm)
    form = kind(request.POST or None)
    if form.is_valid():
        try:
            act(applicant=applicant, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Nobody can erase this case until the hold is ended."))
            return done(request, applicant)
    context = {"form": form, "applicant": applicant, "hold": standing}
    return page(request, "applicants/hold.html", context)


@requires(Permission.ERASE)
@require_POST
def end_hold(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    try:
        operations.end_hold(applicant=applicant, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The hold is ended. The case can be erased by two colleagues."))
    return done(request, applicant)
