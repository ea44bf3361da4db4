"""The units of the register: the tree, one unit, keeping it, merging two that are one."""

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
from cases.staff.roles import Permission
from cases.vetting.forms.units import MergeForm, UnitForm
from cases.vetting.models import Unit
from cases.vetting.operations import units as operations
from cases.vetting.queries import incidents as queries
from cases.vetting.register_refusals import EntryChangedMeanwhile, OneIsPartOfTheOther, UnitCircle, UnitExists

PAGE = 100


@requires(Permission.VET)
@require_GET
def units(request: SignedInRequest) -> HttpResponseBase:
    text = request.GET.get("text", "").strip()[:100]
    found = Paginator(queries.units_named(text) if text else queries.units(), PAGE)
    context = {"page": found.get_page(request.GET.get("page")), "text": text, "section": "units"}
    return render(request, "vetting/units.html", context)


@requires(Permission.VET)
@require_GET
def unit(request: SignedInRequest, unit_id: UUID) -> HttpResponseBase:
    found = queries.find_unit(unit_id)
    context = {
        "unit": found,
        "parts": queries.parts_of(found),
        "incidents": queries.incidents_of(found),
        "perhaps": queries.perhaps_the_same(found),
    }
    return render(request, "vetting/unit.html", context)


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def add_unit(request: SignedInRequest) -> HttpResponseBase:
    form = UnitForm(request.POST or None, others=_others())
    if form.is_valid():
        try:
            made = operations.add_unit(facts=form.facts, by=request.user)
        except UnitExists as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Added."))
            return done(request, "vetting:unit", unit_id=made.pk)
    return page(request, "vetting/unit_add.html", {"form": form})


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def edit_unit(request: SignedInRequest, unit_id: UUID) -> HttpResponseBase:
    found = queries.find_unit(unit_id)
    first = UnitForm.first_values(UnitForm.written(found), found.version)
    known = {"others": _others(found)}
    form, meanwhile = UnitForm(request.POST or None, initial=first, **known), None
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            operations.edit_unit(unit=found, changes=form.facts, version=version, by=request.user)
        except EntryChangedMeanwhile as changed:
            form, meanwhile = form.merged(UnitForm.written(found), found.version, **known), changed
        except Refused as refusal:
            form.add_error(_FIELDS.get(type(refusal)), str(refusal))
        else:
            messages.success(request, _("Saved."))
            return done(request, "vetting:unit", unit_id=unit_id)
    return page(request, "vetting/unit_edit.html", {"form": form, "unit": found, "meanwhile": meanwhile})


@requires(Permission.VET)
@require_http_methods(["GET", "POST"])
def merge_unit(request: SignedInRequest, unit_id: UUID) -> HttpResponseBase:
    """Choose the unit that stays; then what will change is shown, and only a second step does it."""
    found = queries.find_unit(unit_id)
    sent = request.POST or ({"into": request.GET["into"]} if "into" in request.GET else None)
    form = MergeForm(sent, others=_others(found))
    context = {"form": form, "unit": found}
    if form.is_valid() and queries.is_part(found, form.chosen):
        form.add_error("into", str(OneIsPartOfTheOther()))
    elif form.is_valid() and not request.POST:
        context |= queries.merged(found, form.chosen)
    elif form.is_valid():
        try:
            kept = operations.merge_units(unit=found, into=form.chosen, by=request.user)
        except Refused as refusal:
            form.add_error("into", str(refusal))
        else:
            messages.success(request, _("Merged."))
            return done(request, "vetting:unit", unit_id=kept.pk)
    return page(request, "vetting/unit_merge.html", context)


_FIELDS: dict[type[Refused], str] = {UnitExists: "name", UnitCircle: "parent"}


def _others(unit: Unit | None = None) -> dict[str, Unit]:
    return {str(one.pk): one for one in queries.units() if unit is None or one.pk != unit.pk}
