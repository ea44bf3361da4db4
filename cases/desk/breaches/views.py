"""Who is exposed, and the 72 hours. A breach that one has nothing to do with does not exist."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm, Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.applicants.reading import identity_lines
from cases.applicants.views.guarded import guard
from cases.applicants.views.sealed import CARD_SECONDS
from cases.desk.breaches import clock, operations, queries
from cases.desk.breaches.forms import DecisionForm, DeviceForm, NoticedForm, NoticeForm, WarnedForm
from cases.desk.models import Breach, Exposed
from cases.desk.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires, signed_in
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch

A_PAGE = 50


@signed_in
@require_safe
def breaches(request: SignedInRequest) -> HttpResponse:
    found = queries.counted(queries.breaches_for(request.user))
    context = {
        "breaches": [(one, clock.left(one)) for one in found],
        "handles": queries.handles(request.user),
    }
    return render(request, "desk/breaches.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def breach_add(request: SignedInRequest) -> HttpResponse:
    form = DeviceForm(_sent(request))
    if form.is_valid():
        operations.report_device(**form.cleaned_data, by=request.user)
        return done(request, "account_login")
    return page(request, "desk/breach_add.html", {"form": form})


@signed_in
@require_safe
def breach(request: SignedInRequest, breach_id: UUID) -> HttpResponse:
    found = queries.find_breach(request.user, breach_id)
    people = queries.exposed_to(request.user).filter(breach=found)
    shown = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "breach": found,
        "left": clock.left(found),
        "rows": queries.rows_for(request.user, shown),
        "page_obj": shown,
        "hidden": found.total - shown.paginator.count,  # type: ignore[attr-defined]
        "handles": queries.handles(request.user),
        "has_facts": queries.handles(request.user) or request.user.may(Permission.READ_AUDIT),
    }
    return render(request, "desk/breach.html", context)


@signed_in
@require_safe
def breach_facts(request: SignedInRequest, breach_id: UUID) -> HttpResponse:
    found = queries.find_facts(request.user, breach_id)
    context = {
        "breach": found,
        "left": clock.left(found),
        "numbers": queries.numbers_of(found),
        "countries": queries.by_country(found),
        "printed_at": timezone.now(),
    }
    return render(request, "desk/breach_facts.html", context)


@requires(Permission.HANDLE_BREACH)
@require_http_methods(["GET", "POST"])
def breach_noticed(request: SignedInRequest, breach_id: UUID) -> HttpResponse:
    found = queries.find_breach(request.user, breach_id)
    return _answer(request, found, NoticedForm(_sent(request), breach=found), operations.set_noticed)


@requires(Permission.HANDLE_BREACH)
@require_http_methods(["GET", "POST"])
def breach_decide(request: SignedInRequest, breach_id: UUID) -> HttpResponse:
    found = queries.find_breach(request.user, breach_id)
    return _answer(request, found, DecisionForm(_sent(request), breach=found), operations.decide)


@requires(Permission.HANDLE_BREACH)
@require_http_methods(["GET", "POST"])
def breach_notified(request: SignedInRequest, breach_id: UUID) -> HttpResponse:
    found = queries.find_breach(request.user, breach_id)
    return _answer(request, found, NoticeForm(_sent(request)), operations.record_notice)


@requires(Permission.HANDLE_BREACH)
@require_http_methods(["GET", "POST"])
def breach_close(request: SignedInRequest, breach_id: UUID) -> HttpResponse:
    found = queries.find_breach(request.user, breach_id)
    form = Form(_sent(request))
    return _answer(request, found, form, operations.close_breach)


@requires(Permission.SEE_CASES)
@require_http_methods(["GET", "POST"])
def warn(request: SignedInRequest, exposed_id: UUID) -> HttpResponse:
    exposed = queries.find_exposed(request.user, exposed_id)
    form = WarnedForm(_sent(request))
    if form.is_valid() and (guarded := guard(form, ["note"], exposed.applicant, request)):
        note = form.cleaned_data["note"]
        if _done(form, lambda: operations.warn(exposed=exposed, note=note, guarded=guarded, by=request.user)):
            return done(request, "desk:breach", breach_id=exposed.breach_id)
    return page(request, "desk/warn.html", {"form": form, "exposed": exposed})


@requires(Permission.SEE_CASES)
@require_POST
def unwarn(request: SignedInRequest, exposed_id: UUID) -> HttpResponse:
    exposed = queries.find_exposed(request.user, exposed_id)
    try:
        operations.unwarn(exposed=exposed, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return done(request, "desk:breach", breach_id=exposed.breach_id)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_to_warn(request: SignedInRequest, exposed_id: UUID) -> HttpResponseBase:
    exposed = queries.find_exposed(request.user, exposed_id)
    context: dict[str, Any] = {"exposed": exposed, "row": _row(request, exposed)}
    try:
        name, card = operations.open_to_warn(
            exposed=exposed, unlocked=unlock.current(request), by=request.user
        )
    except (Refused, VaultRefused) as refusal:
        return render(request, "desk/_exposed_call.html", context | {"refused": str(refusal)}, status=422)
    context |= {"lines": identity_lines(name)[:2], "card": card, "card_seconds": CARD_SECONDS}
    return render(request, "desk/_exposed_opened.html", context)


def _row(request: SignedInRequest, exposed: Exposed) -> queries.Row:
    return queries.rows_for(request.user, [exposed])[0]


def _answer(
    request: SignedInRequest, breach: Breach, form: BaseForm, act: Callable[..., None]
) -> HttpResponse:
    """One of the four things that those who lead write down about a breach."""
    if form.is_valid() and _done(form, lambda: act(breach=breach, **form.cleaned_data, by=request.user)):
        return done(request, "desk:breach", breach_id=breach.pk)
    return page(request, "desk/breach_answer.html", {"form": form, "breach": breach, "what": act.__name__})


def _done(form: BaseForm, act: Callable[[], None]) -> bool:
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _sent(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None
