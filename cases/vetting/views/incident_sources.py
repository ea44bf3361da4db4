"""Sources of an incident, and the copies kept of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vetting.forms.incidents import CopyForm, SourceForm
from cases.vetting.operations import incidents as operations
from cases.vetting.queries import incidents as queries


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def add_source(request: SignedInRequest, incident_id: UUID) -> HttpResponseBase:
    incident = queries.find_incident(incident_id)
    form = SourceForm(request.POST or None)
    if form.is_valid():
        try:
            operations.add_source(incident=incident, facts=form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added."))
            return done(request, "vetting:incident", incident_id=incident_id)
    return page(request, "vetting/source_add.html", {"form": form, "incident": incident})


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def add_copy(request: SignedInRequest, incident_id: UUID, source_id: UUID) -> HttpResponseBase:
    source = queries.find_source(incident_id, source_id)
    form = CopyForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            operations.keep_copy(source=source, content=content, captured_at=form.moment, by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The copy is kept."))
            return done(request, "vetting:incident", incident_id=incident_id)
    return page(request, "vetting/copy_add.html", {"form": form, "source": source})


@requires(Permission.VET)
@require_GET
def copy(request: SignedInRequest, copy_id: UUID) -> HttpResponse:
    """The file as it was kept, for download alone: somebody else's page must not run in ours."""
    kept = queries.find_copy(copy_id)
    response = HttpResponse(bytes(kept.content), content_type="application/octet-stream")
    name = f"copy-{kept.sha256[:12]}.{kept.type}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
