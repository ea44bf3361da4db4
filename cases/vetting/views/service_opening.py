"""The opened service record, and one entry of it opened to be corrected. By fetch only."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.interviews import eased, seconds_shown
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused
from cases.vault.views import by_fetch
from cases.vetting.account import read_account, read_account_item
from cases.vetting.arising import met_by, question_kinds, raise_what_is_met
from cases.vetting.forms.service import EditEntryForm, values_of
from cases.vetting.models import EntryKind, ServiceEntry
from cases.vetting.queries import service as queries
from cases.vetting.record import opened_record, sealed_kinds
from cases.vetting.record_page import shown
from cases.vetting.service_words import lines
from cases.vetting.views.service import around


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_record(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Show what all three accounts say, with one reason for the whole."""
    applicant = find_applicant(request.user, applicant_id)
    form = eased(OpenForm(request.POST), request, applicant)
    if form.is_valid():
        try:
            opened = _read(request, applicant, form.why)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            context = around(request, applicant, **opened, **_opened(request, applicant, form))
            context["ask_url"] = _ask_url(request, applicant) if context["works"] else ""
            answer = render(request, "vetting/_service_opened.html", context)
            return retarget(answer, "#service-record")
    return page(request, "vetting/_service_open_form.html", {"applicant": applicant, "form": form})


@requires(Permission.WORK)
@require_POST
@by_fetch
def correct(request: SignedInRequest, entry_id: UUID) -> HttpResponseBase:
    """Open one entry into its form, or, where a form is being filled already, beside it."""
    entry = queries.find_entry(request.user, entry_id)
    kind, asked = EntryKind(entry.kind), OpenForm(request.POST)
    context: dict[str, Any] = {"entry": entry, "applicant": entry.applicant, "open_form": asked}
    if asked.is_valid():
        try:
            content = _read_one(request, entry, asked.why)
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            if "beside" in request.POST:
                return render(request, "vetting/_service_now.html", {"lines": lines(kind, content)})
            form = EditEntryForm(kind=kind, initial=values_of(content) | {"version": entry.version})
            context |= {"form": form, "action": reverse("vetting:service_edit", args=[entry.pk])}
            context |= {"page_url": reverse("vetting:service", args=[entry.applicant_id])}
            return retarget(render(request, "vetting/_service_form.html", context), "#service-correct")
    return render(request, "vetting/_service_correct.html", context, status=422)


def _read(request: SignedInRequest, applicant: Applicant, reason: str) -> dict[str, Any]:
    """The record as it is shown, with what it raises; who vets here writes that down as questions to the person."""
    entries, asked = list(queries.entries_of(applicant)), question_kinds(applicant)
    kinds, unlocked = [*sealed_kinds(entries), *asked.values()], unlock.current(request)
    contents = read_account(
        applicant=applicant, kinds=kinds, reason=reason, unlocked=unlocked, by=request.user
    )
    record = opened_record(entries, contents)
    met, raised = met_by(record), 0
    if request.user.may(Permission.VET) and applicant.workable:  # type: ignore[attr-defined]
        raised = raise_what_is_met(
            applicant=applicant, met=met, kinds=asked, contents=contents, by=request.user
        )
    return {**shown(record), "met": met, "raised": raised}


def _read_one(request: SignedInRequest, entry: ServiceEntry, reason: str) -> dict[str, Any]:
    kind, unlocked = entry.sealed_kind, unlock.current(request)
    return read_account_item(
        applicant=entry.applicant, kind=kind, reason=reason, unlocked=unlocked, by=request.user
    )


def _opened(request: SignedInRequest, applicant: Applicant, form: OpenForm) -> dict[str, Any]:
    """How long it stays, and with which reason it opens again after something was saved."""
    seconds = seconds_shown(request, applicant, settings.VAULT["account_visible_seconds"])
    return {
        "seconds": seconds,
        "closes_at": timezone.now() + timedelta(seconds=seconds),
        "again": {name: form.cleaned_data[name] for name in ("reason", "words")},
        "form": OpenForm(),
    }


def _ask_url(request: SignedInRequest, applicant: Applicant) -> str:
    """Where a question for the person is raised; empty for who may not."""
    if not request.user.may(Permission.VET):
        return ""
    return reverse("vetting:ask", args=[applicant.pk])
