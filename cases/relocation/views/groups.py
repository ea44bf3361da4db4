"""Groups: the list, one group with its matrix, who is added and who is taken out."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from cases.applicants.queries import find_applicant
from cases.relocation import readiness
from cases.relocation.forms.groups import AddPeopleForm, GroupForm, HouseholdForm
from cases.relocation.models import Group
from cases.relocation.operations import groups as operations
from cases.relocation.queries import groups as queries
from cases.relocation.queries.households import torn
from cases.relocation.queries.submissions import submissions_of, submitted_of
from cases.relocation.queries.whereabouts import phases_of, whereabouts
from cases.relocation.refusals import HouseholdApart, Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

# Of the matrix.
PAGE = 50


@requires(Permission.SEE_CASES)
@require_GET
def groups(request: SignedInRequest) -> HttpResponse:
    context = {"groups": queries.groups(), "writes": request.user.may(Permission.NEGOTIATE)}
    return render(request, "relocation/groups.html", context)


@requires(Permission.SEE_CASES)
@require_GET
def group(request: SignedInRequest, group_id: UUID) -> HttpResponse:
    found = queries.find_group(group_id)
    people = queries.people_of(found, request.user)
    rows = readiness.matrix(found, people.members)
    inside = queries.ids_of(found)
    seen = [one.applicant for one in people.members]
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "group": found,
        "rows": rows,
        "page": shown,
        "columns": readiness.COLUMNS.values(),
        "ready": sum(row.is_ready for row in rows),
        "hidden": people.hidden,
        "apart": torn(seen, beyond=lambda pk: pk not in inside, viewer=request.user),
        "submissions": submissions_of(found),
        "writes": request.user.may(Permission.NEGOTIATE),
        "works": request.user.may(Permission.WORK),
    }
    if not found.is_draft:
        now = whereabouts(found, [row.member.applicant for row in shown])
        context |= {"now": now, "phases": phases_of(seen)}
    return render(request, "relocation/group.html", context)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def make(request: SignedInRequest) -> HttpResponseBase:
    form = GroupForm(request.POST or None, initial={"government": request.GET.get("government")})
    if form.is_valid():
        said = dict(form.cleaned_data)
        return done(request, operations.make_group(id=said.pop("new_id"), **said, by=request.user))
    return page(request, "relocation/group_make.html", {"form": form})


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def add_people(request: SignedInRequest, group_id: UUID) -> HttpResponseBase:
    found, wanted = queries.find_group(group_id), request.GET.get("q", "").strip()
    form = AddPeopleForm(request.POST or None, group=found, by=request.user, wanted=wanted)
    if form.is_valid():
        try:
            operations.add_people(group=found, **form.cleaned_data, by=request.user)
        except HouseholdApart as refusal:
            form.torn = refusal.torn
            form.add_error("people", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, found)
    return page(request, "relocation/group_add.html", {"form": form, "group": found, "wanted": wanted})


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def take_out(request: SignedInRequest, group_id: UUID, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    found = queries.find_group(group_id)
    form = HouseholdForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.take_out(group=found, applicant=applicant, **said, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken out of the group."))
            return done(request, found)
    inside = queries.ids_of(found)
    form.torn = torn([applicant], beyond=lambda pk: pk in inside, viewer=request.user)
    return page(request, "relocation/take_out.html", {"form": form, "group": found, "applicant": applicant})


@requires(Permission.NEGOTIATE)
@require_POST
def close(request: SignedInRequest, group_id: UUID) -> HttpResponseBase:
    found = queries.find_group(group_id)
    try:
        operations.move_group(group=found, state=Group.State.CLOSED, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return done(request, found)


@requires(Permission.WORK)
@require_POST
def photos(request: SignedInRequest, group_id: UUID, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    found = queries.find_group(group_id)
    member = queries.find_member(found, applicant)
    operations.photos_here(member=member, here=request.POST.get("there") == "yes", by=request.user)
    # Back to the page of the matrix on which the button was pressed.
    here = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return done(request, here.partition("#")[0] if here else found)


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "members": queries.groups_of(applicant),
        "submitted": submitted_of(applicant),
    }
    return render(request, "relocation/_panel.html", context)
