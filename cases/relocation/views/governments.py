"""Governments, who speaks for them, and the log of the talks."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.relocation.forms.governments import ContactForm, GovernmentForm, PutOffForm, TalkForm
from cases.relocation.models import Government
from cases.relocation.operations import governments as operations
from cases.relocation.queries import governments as queries
from cases.relocation.queries import groups
from cases.relocation.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

A_PAGE = 50


@requires(Permission.SEE_CASES)
@require_GET
def governments(request: SignedInRequest) -> HttpResponse:
    context = {
        "governments": queries.governments(),
        "overdue": queries.overdue_steps(),
        "writes": request.user.may(Permission.NEGOTIATE),
    }
    return render(request, "relocation/governments.html", context)


@requires(Permission.SEE_CASES)
@require_GET
def government(request: SignedInRequest, government_id: UUID) -> HttpResponse:
    found = queries.find_government(government_id)
    talks = Paginator(queries.talks_of(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "government": found,
        "contacts": queries.contacts_of(found),
        "steps": queries.steps_of(found),
        "groups": groups.groups().filter(government=found),
        "page": talks,
        "months": queries.by_month(list(talks)),
        "writes": request.user.may(Permission.NEGOTIATE),
    }
    return render(request, "relocation/government.html", context)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponseBase:
    form = GovernmentForm(request.POST or None)
    if form.is_valid():
        try:
            made = operations.add_government(
                id=form.cleaned_data["new_id"], facts=form.facts, by=request.user
            )
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return done(request, "relocation:government", government_id=made.pk)
    return page(request, "relocation/government_form.html", {"form": form})


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, government_id: UUID) -> HttpResponseBase:
    found = queries.find_government(government_id)
    form = GovernmentForm(request.POST or None, instance=queries.find_government(government_id))
    if form.is_valid():
        try:
            operations.edit_government(government=found, facts=form.facts, by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return done(request, "relocation:government", government_id=found.pk)
    return page(request, "relocation/government_form.html", {"form": form, "government": found})


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def contact(request: SignedInRequest, government_id: UUID) -> HttpResponseBase:
    found = queries.find_government(government_id)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        operations.add_contact(
            id=form.cleaned_data["new_id"], government=found, facts=form.facts, by=request.user
        )
        return done(request, "relocation:government", government_id=found.pk)
    return page(request, "relocation/contact.html", {"form": form, "government": found})


@requires(Permission.NEGOTIATE)
@require_POST
def contact_left(request: SignedInRequest, contact_id: UUID) -> HttpResponseBase:
    found = queries.find_contact(contact_id)
    said = _("Noted. The talks with this official stay.")
    return _done(
        request,
        found.government,
        lambda: operations.contact_left(contact=found, by=request.user),
        said,
    )


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def talk(request: SignedInRequest, government_id: UUID) -> HttpResponseBase:
    found = queries.find_government(government_id)
    form = TalkForm(request.POST or None, government=found)
    if form.is_valid():
        operations.write_talk(
            id=form.cleaned_data["new_id"], government=found, facts=form.facts, by=request.user
        )
        messages.success(request, _("Written down."))
        return done(request, "relocation:government", government_id=found.pk)
    return page(request, "relocation/talk.html", {"form": form, "government": found})


@requires(Permission.NEGOTIATE)
@require_POST
def step_done(request: SignedInRequest, talk_id: UUID) -> HttpResponseBase:
    found = queries.find_talk(talk_id)
    return _done(
        request,
        found.government,
        lambda: operations.step_done(talk=found, by=request.user),
        _("Done. It stays in the log."),
    )


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
def step_later(request: SignedInRequest, talk_id: UUID) -> HttpResponseBase:
    found = queries.find_talk(talk_id)
    form = PutOffForm(request.POST or None, talk=found)
    if form.is_valid():
        return _done(
            request,
            found.government,
            lambda: operations.put_off_step(talk=found, **form.cleaned_data, by=request.user),
            _("Put off. The log keeps the talk it comes from."),
        )
    return page(request, "relocation/step_later.html", {"form": form, "talk": found})


def _done(
    request: SignedInRequest, government: Government, act: Callable[[], None], said: str
) -> HttpResponseBase:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return done(request, "relocation:government", government_id=government.pk)
