"""The service record of a person: its page, and the forms that write it. What an entry says comes and goes by fetch only."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.account import account_strip
from cases.vetting.forms.service import AddEntryForm, EditEntryForm, EntryForm, StrikeEntryForm
from cases.vetting.models import EntryKind, ServiceEntry
from cases.vetting.operations import service as operations
from cases.vetting.queries import service as queries
from cases.vetting.record_page import NEXT, overview
from cases.vetting.refusals import PeriodChangedMeanwhile
from cases.vetting.tabs import frame


@requires(Permission.SEE_CASES)
@require_GET
def service(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    return render(request, "vetting/service.html", around(request, applicant))


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def add(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    kind = _kind(request.POST.get("kind") or request.GET.get("kind", ""))
    if "choosing" in request.POST:
        return _form_page(request, applicant, AddEntryForm.again(request.POST, kind=kind))
    first = {"new_id": random_id(), "kind": kind, "account": request.GET.get("account") or "own"}
    form = AddEntryForm(request.POST or None, kind=kind, initial=first)
    if form.is_valid():
        clear = {"id": form.cleaned_data["new_id"], "kind": kind, "account": form.cleaned_data["account"]}
        try:
            entry = operations.add_entry(applicant=applicant, **clear, content=form.content, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, entry)
    return _form_page(request, applicant, form)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def edit(request: SignedInRequest, entry_id: UUID) -> HttpResponseBase:
    entry = queries.find_entry(request.user, entry_id)
    kind = EntryKind(entry.kind)
    if request.method == "GET":
        return _form_page(request, entry, None)
    if "filling" in request.POST:
        form = EditEntryForm.again(request.POST, kind=kind)
        return _form_page(request, entry, form)
    form, meanwhile = EditEntryForm(request.POST, kind=kind), False
    if form.is_valid():
        change = {"content": form.content, "version": form.cleaned_data["version"]}
        try:
            return _saved(request, operations.edit_entry(entry=entry, **change, by=request.user))
        except PeriodChangedMeanwhile as changed:
            form, meanwhile = form.at(changed.now["version"]), True
            form.add_error(None, str(changed))
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, entry, form, meanwhile=meanwhile)


@requires(Permission.WORK)
@require_POST
@by_fetch
def copy(request: SignedInRequest, entry_id: UUID) -> HttpResponseBase:
    """The form of an entry for the next account, filled with what the page showed of this one. Nothing is saved."""
    entry = queries.find_entry(request.user, entry_id)
    following = NEXT.get(entry.account)
    filled = {"new_id": random_id(), "kind": entry.kind, "account": following or entry.account}
    form = AddEntryForm.again(request.POST, kind=EntryKind(entry.kind), filled=filled)
    return _form_page(request, entry.applicant, form)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def strike(request: SignedInRequest, entry_id: UUID) -> HttpResponseBase:
    entry = queries.find_entry(request.user, entry_id)
    form = StrikeEntryForm(request.POST or None)
    if form.is_valid():
        try:
            operations.strike_entry(entry=entry, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Struck out. It counts for nothing any more, and stays sealed."))
            return done(request, "vetting:service", applicant_id=entry.applicant_id)
    context = {"form": form, "entry": entry, "applicant": entry.applicant}
    return page(request, "vetting/service_strike.html", context)


def around(request: SignedInRequest, applicant: Applicant, **more: Any) -> dict[str, Any]:
    """What the page of the record and its parts need, opened or not."""
    return {
        **frame(applicant, "service"),
        "account": account_strip(applicant, request.user),
        "works": applicant.workable and request.user.may(Permission.WORK),  # type: ignore[attr-defined]
        "record": overview(list(queries.all_entries_of(applicant))),
        "form": OpenForm(),
        **more,
    }


def _kind(asked: str) -> EntryKind:
    return EntryKind(asked) if asked in EntryKind.values else EntryKind.PERIOD


def _saved(request: SignedInRequest, entry: ServiceEntry) -> HttpResponse:
    names = {"kind": entry.get_kind_display(), "account": entry.get_account_display()}
    if "in_place" in request.POST:
        answer = render(request, "vetting/_service_saved.html", names)
        return trigger_client_event(answer, "service-saved")
    messages.success(request, _("Sealed: %(kind)s (%(account)s).") % names)
    if "another" in request.POST:
        asked = f"?kind={entry.kind}&account={entry.account}"
        return done(request, reverse("vetting:service_add", args=[entry.applicant_id]) + asked)
    return done(request, "vetting:service", applicant_id=entry.applicant_id)


def _form_page(
    request: SignedInRequest, about: Applicant | ServiceEntry, form: EntryForm | None, **more: Any
) -> HttpResponse:
    entry = about if isinstance(about, ServiceEntry) else None
    applicant = about if isinstance(about, Applicant) else about.applicant
    whole = "vetting/service_edit.html" if entry else "vetting/service_add.html"
    action = "vetting:service_edit" if entry else "vetting:service_add"
    context = {
        "form": form,
        "entry": entry,
        "action": reverse(action, args=[about.pk]),
        "in_place": "in_place" in request.POST,
        "open_form": OpenForm(),
        "account": account_strip(applicant, request.user),
        **frame(applicant, "service"),
        **more,
    }
    return page(request, "vetting/_service_form.html" if context["in_place"] else whole, context)
