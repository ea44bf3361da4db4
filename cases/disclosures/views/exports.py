"""Exports with names: asked for by one, approved by another, collected once by the first."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import retarget

from cases.applicants.views.guarded import guard
from cases.disclosures import operations, queries
from cases.disclosures.fields import labels_of
from cases.disclosures.forms import AskExportForm, CollectForm
from cases.disclosures.models import Export
from cases.disclosures.refusals import Refused
from cases.disclosures.views.package import package_page
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch

A_PAGE = 30
GUARDED = ("reason", "ground_reference")


@requires(Permission.USE_VAULT)
@require_GET
def exports(request: SignedInRequest) -> HttpResponse:
    context = {
        "waiting": queries.waiting_for(request.user),
        "page": Paginator(queries.exports_of(request.user), A_PAGE).get_page(request.GET.get("page")),
        "asks": request.user.may(Permission.DISCLOSE),
    }
    return render(request, "disclosures/exports.html", context)


@requires(Permission.DISCLOSE)
@require_http_methods(["GET", "POST"])
@by_fetch
def ask(request: SignedInRequest) -> HttpResponseBase:
    chosen = _chosen(request)
    form = AskExportForm(request.POST or None, by=request.user, chosen=chosen)
    if form.is_valid() and (asked := _asked(request, form)):
        messages.success(request, _("Asked. A colleague has three days to approve it."))
        return done(request, asked)
    return page(request, "disclosures/ask.html", {"form": form, "narrowed": bool(chosen)})


@requires(Permission.USE_VAULT)
@require_GET
def export(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    found = queries.find_export(request.user, export_id)
    return render(request, "disclosures/export.html", _page_of(request, found))


@requires(Permission.USE_VAULT)
@require_POST
def approve(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    found = queries.find_export(request.user, export_id)
    said = _("Approved. The asker has a day to collect it, once.")
    return _answered(request, found, approve=True, said=said)


@requires(Permission.USE_VAULT)
@require_POST
def refuse(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    found = queries.find_export(request.user, export_id)
    return _answered(request, found, approve=False, said=_("Refused. Nothing was opened."))


@requires(Permission.DISCLOSE)
@require_POST
def withdraw(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    found = queries.find_export(request.user, export_id)
    try:
        operations.withdraw_export(export=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. Nothing was opened."))
    return done(request, found)


@requires(Permission.DISCLOSE)
@require_POST
@by_fetch
def collect(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    """The one time: the words and the file come in one answer, since neither is kept."""
    found = queries.find_export(request.user, export_id)
    form = CollectForm(request.POST)
    if form.is_valid():
        unlocked, expected = unlock.current(request), form.cleaned_data["people"]
        try:
            collected = operations.collect_export(
                export=found, expected=expected, unlocked=unlocked, by=request.user
            )
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            out = collected.left_out
            return package_page(request, collected.package, going=collected.going, left_out=out)
    found = queries.find_export(request.user, export_id)
    context = _page_of(request, found) | {"form": form}
    return retarget(render(request, "disclosures/_collect.html", context, status=422), "#collect")


def _answered(request: SignedInRequest, found: Export, *, approve: bool, said: str) -> HttpResponse:
    unlocked = unlock.current(request)
    try:
        operations.answer_export(export=found, approve=approve, unlocked=unlocked, by=request.user)
    except (Refused, VaultRefused) as refusal:
        messages.error(request, str(refusal))
        return done(request, found)
    messages.success(request, said)
    return done(request, "disclosures:exports")


def _asked(request: SignedInRequest, form: AskExportForm) -> Export | None:
    clean = form.cleaned_data
    guarded = guard(form, GUARDED, clean["people"][0], request)
    if guarded is None:
        return None
    rest = {name: form.cleaned_data[name] for name in ("reason", "language", "age_key")}
    rest["id"] = clean["new_id"]
    try:
        return operations.ask_export(
            people=clean["people"],
            fields=form.chosen_fields,
            terms=form.terms,
            **rest,
            guarded=guarded,
            unlocked=unlock.current(request),
            by=request.user,
        )
    except (Refused, VaultRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _page_of(request: SignedInRequest, found: Export) -> dict[str, Any]:
    user, mine = request.user, found.asker == request.user
    everybody = queries.travellers(found)
    return {
        "export": found,
        "mine": mine,
        "going": [one.applicant for one in everybody if not one.obstacle],
        "staying": [one for one in everybody if one.obstacle],
        "fields": labels_of(found.fields),
        "may_answer": found.state == Export.State.WAITING and queries.may_approve(user, found),
        "may_collect": mine and found.state == Export.State.READY,
        "may_withdraw": mine and found.state in (Export.State.WAITING, Export.State.READY),
    }


def _chosen(request: SignedInRequest) -> list[UUID]:
    """The cases the page was opened for; what is no id is passed over."""
    found = []
    for text in request.GET.getlist("case")[: queries.MOST_PEOPLE]:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
