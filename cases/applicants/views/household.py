from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.applicants import operations, queries
from cases.applicants.forms import BelongsForm, HouseholdForm, LeaveForm
from cases.applicants.models import Applicant, Membership
from cases.applicants.refusals import NobodyLeads, NotInHousehold, Refused
from cases.staff.answers import done, done_but, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import User
from cases.staff.roles import Permission


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def household(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = HouseholdForm(request.POST or None, by=request.user, initial=_companion(request))
    if form.is_valid():
        clean = dict(form.cleaned_data)
        other = clean.pop("pseudonym")
        try:
            operations.join_household(applicant=applicant, with_applicant=other, **clean, by=request.user)
        except Refused as refusal:
            form.add_error("pseudonym", str(refusal))
        else:
            messages.success(
                request, _("%(one)s and %(other)s belong together.") % {"one": applicant, "other": other}
            )
            return done(request, applicant)
    context = {"form": form, "applicant": applicant, "recent": queries.recent_for(request.user, applicant)}
    context["kin"] = queries.household_of(applicant, request.user)
    return page(request, "applicants/household.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def leave(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    kin = queries.household_of(applicant, request.user)
    form = LeaveForm(request.POST if request.method == "POST" else None, kin=kin)
    if form.is_valid():
        try:
            left = operations.leave_household(applicant=applicant, **form.cleaned_data, by=request.user)
        except NobodyLeads as refusal:
            form.add_error("principal", str(refusal))
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return done(request, applicant)
        else:
            _say_left(request, applicant, left, simply=not any(form.cleaned_data.values()))
            return done(request, applicant)
    return page(
        request, "applicants/household_leave.html", {"form": form, "applicant": applicant, "kin": kin}
    )


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    mine = queries.household_of(applicant, request.user).mine
    if mine is None or mine.kinship == Membership.Kinship.PRINCIPAL:
        messages.warning(request, str(NotInHousehold()))
        return done(request, applicant)
    form = BelongsForm(request.POST if request.method == "POST" else None, mine=mine)
    if form.is_valid():
        try:
            operations.change_membership(applicant=applicant, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return done(request, applicant)
    return page(request, "applicants/household_change.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_POST
def travel(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    together = request.POST.get("together") == "yes"
    try:
        operations.travel_together(applicant=applicant, together=together, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return done(request, applicant)


def _say_left(request: SignedInRequest, applicant: Applicant, left: Membership, *, simply: bool) -> None:
    """Only a plain leaving can be undone: others would have to be taken out of where they are now."""
    if not simply:
        messages.success(
            request, _("The household has parted. What was before stays in the history of each.")
        )
        return
    said = _("%(pseudonym)s belongs to no household any more. What was before stays in the history.")
    undo = reverse("applicants:household_undo", args=[left.pk])
    done_but(request, said % {"pseudonym": applicant}, undo=undo)


def companion_id(request: HttpRequest) -> UUID | None:
    """The case from which somebody came to register a member of its household."""
    return id_in_query(request, "with")


def id_in_query(request: HttpRequest, name: str) -> UUID | None:
    """The address is not ours to trust."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _companion(request: SignedInRequest) -> dict[str, str]:
    companion = companion_id(request)
    return _pseudonym_of(request.user, companion) if companion else {}


def _pseudonym_of(user: User, applicant_id: UUID) -> dict[str, str]:
    found = queries.applicants_for(user, "work").filter(pk=applicant_id).first()
    return {"pseudonym": found.pseudonym} if found else {}
