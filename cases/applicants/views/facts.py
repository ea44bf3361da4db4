from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.applicants import operations, queries
from cases.applicants.forms import EditForm
from cases.applicants.refusals import ChangedMeanwhile
from cases.applicants.views.guarded import guard
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

FREE_TEXT = ("urgency_reason", "special_needs")


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = EditForm(request.POST or None, instance=applicant)
    meanwhile = None
    if form.is_valid() and (guarded := guard(form, FREE_TEXT, applicant, request)):
        saved = {"changes": form.changes, "version": form.cleaned_data["version"], "guarded": guarded}
        try:
            operations.edit_applicant(applicant=applicant, **saved, by=request.user)
        except ChangedMeanwhile as changed:
            form, meanwhile = form.merged(changed.now, applicant), changed
        else:
            messages.success(request, _("Saved."))
            return done(request, applicant)
    return page(
        request, "applicants/edit.html", {"form": form, "applicant": applicant, "meanwhile": meanwhile}
    )
