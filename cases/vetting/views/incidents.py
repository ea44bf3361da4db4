"""The register of incidents: the list, one incident, keeping it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vetting.forms.incidents import AddIncidentForm, FilterForm, IncidentForm, StrikeForm
from cases.vetting.models import Incident
from cases.vetting.operations import incidents as operations
from cases.vetting.queries import incidents as queries
from cases.vetting.register_refusals import EntryChangedMeanwhile

PAGE = 50


@requires(Permission.VET)
@require_GET
def incidents(request: SignedInRequest) -> HttpResponseBase:
    form = FilterForm(request.GET or None, register=queries.register())
    wanted = queries.Wanted(**form.cleaned_data) if form.is_valid() else queries.Wanted()
    found = Paginator(queries.incidents(wanted), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": found, "section": "incidents", "filtered": wanted != queries.Wanted()}
    return render(request, "vetting/incidents.html", context, status=400 if form.errors else 200)


@requires(Permission.VET)
@require_GET
def incident(request: SignedInRequest, incident_id: UUID) -> HttpResponseBase:
    found = queries.find_incident(incident_id)
    return render(request, "vetting/incident.html", {"incident": found})


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def add_incident(request: SignedInRequest) -> HttpResponseBase:
    first = {"new_id": random_id(), "country": "UA"}
    form = AddIncidentForm(request.POST or None, register=queries.register(), initial=first)
    if form.is_valid():
        made = operations.add_incident(
            id=form.cleaned_data["new_id"],
            facts=form.facts,
            units=form.cleaned_data["units"],
            new_units=form.new_units,
            source=form.source,
            by=request.user,
        )
        messages.success(request, _("Added."))
        return done(request, "vetting:incident", incident_id=made.pk)
    return page(request, "vetting/incident_add.html", {"form": form})


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def edit_incident(request: SignedInRequest, incident_id: UUID) -> HttpResponseBase:
    found = queries.find_incident(incident_id)
    known = {"register": queries.register()}
    first = IncidentForm.first_values(IncidentForm.written(found), found.version)
    form, meanwhile = IncidentForm(request.POST or None, initial=first, **known), None
    if form.is_valid():
        try:
            operations.edit_incident(incident=found, by=request.user, **_edited(form))
        except EntryChangedMeanwhile as changed:
            form, meanwhile = form.merged(IncidentForm.written(found), found.version, **known), changed
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return done(request, "vetting:incident", incident_id=incident_id)
    context = {"form": form, "incident": found, "meanwhile": meanwhile}
    return page(request, "vetting/incident_edit.html", context)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def strike_incident(request: SignedInRequest, incident_id: UUID) -> HttpResponseBase:
    found: Incident = queries.find_incident(incident_id)
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        try:
            operations.strike_incident(incident=found, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Struck out. It raises no question any more."))
            return done(request, "vetting:incident", incident_id=incident_id)
    return page(request, "vetting/incident_strike.html", {"form": form, "incident": found})


def _edited(form: IncidentForm) -> dict[str, Any]:
    return {
        "changes": form.facts,
        "units": form.cleaned_data["units"],
        "new_units": form.new_units,
        "version": form.cleaned_data["version"] or 0,
    }
