"""What is said about papers in a dialog: verified, struck out, none at all; and how the person can leave."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants.queries import find_applicant
from cases.applicants.refusals import ChangedMeanwhile, Refused
from cases.applicants.views.undo import undone
from cases.documents.forms.marks import StayForm, StrikeForm, VerifyForm
from cases.documents.operations import held as operations
from cases.documents.queries import held as queries
from cases.documents.views.held import papers_url
from cases.staff.answers import done, done_but, page
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
            said = _("Struck out. It counts for nothing any more; its history stays.")
            done_but(request, said, undo=reverse("documents:unstrike", args=[document.pk]))
            return done(request, papers_url(document.applicant))
    return page(request, "documents/strike.html", {"form": form, "document": document})


@requires(Permission.WORK)
@require_POST
def unstrike(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    document = queries.find_struck(request.user, document_id)
    return undone(
        request, document.applicant, lambda: operations.restore_document(document=document, by=request.user)
    )


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def stay(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    known = queries.stay_of(applicant)
    now = StayForm.typed({name: getattr(known, name, None) for name in operations.STAY})
    first = StayForm.first_values(now, known.version if known else 0)
    form, meanwhile = StayForm(request.POST or None, initial=first), None
    if form.is_valid():
        what: dict[str, Any] = {"facts": form.facts, "version": form.cleaned_data["version"] or 0}
        try:
            operations.save_stay(applicant=applicant, **what, by=request.user)
        except ChangedMeanwhile as changed:
            form, meanwhile = form.merged(form.typed(changed.now), changed.now["version"]), changed
        else:
            messages.success(request, _("Saved."))
            return done(request, papers_url(applicant))
    context = {"form": form, "applicant": applicant, "meanwhile": meanwhile}
    return page(request, "documents/stay.html", context)


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
