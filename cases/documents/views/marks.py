"""What is said about papers in a dialog: verified, struck out, none at all; and how the person can leave."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.documents.forms.marks import StayForm, StrikeForm, VerifyForm
from cases.documents.operations import held as operations
from cases.documents.queries import held as queries
from cases.documents.views.held import papers_url
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def verify(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    document = queries.find_document(request.user, document_id)
    form = VerifyForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            operations.verify_document(document=document, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return done(request, papers_url(document.applicant))
    return page(request, "documents/verify.html", {"form": form, "document": document})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def strike(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    document = queries.find_document(request.user, document_id)
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        try:
            operations.strike_document(document=document, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Struck out. It counts for nothing any more; its history stays."))
            return done(request, papers_url(document.applicant))
    return page(request, "documents/strike.html", {"form": form, "document": document})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def stay(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    known = queries.stay_of(applicant)
    names = ("entered_on", "overstay", "barred")
    form = StayForm(request.POST or None, initial={name: getattr(known, name, None) for name in names})
    if form.is_valid():
        operations.save_stay(applicant=applicant, facts=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return done(request, papers_url(applicant))
    return page(request, "documents/stay.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_POST
def no_paper(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    try:
        operations.say_no_paper(applicant=applicant, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: %(pseudonym)s holds no paper at all.") % {"pseudonym": applicant})
    return done(request, papers_url(applicant))
