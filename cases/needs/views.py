"""The needs of a case and of all cases, the providers, and who was asked."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import MentionRefused
from cases.applicants.views.guarded import guard
from cases.applicants.views.work import back
from cases.needs import operations, queries
from cases.needs.forms import AnswerForm, EndForm, NeedForm, OfferForm, ProviderForm
from cases.needs.models import Provider
from cases.needs.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

A_PAGE = 50


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "needs": queries.needs_of(applicant),
        "works": applicant.workable and request.user.may(Permission.WORK),  # type: ignore[attr-defined]
    }
    return render(request, "needs/_panel.html", context)


@requires(Permission.SEE_CASES)
@require_GET
def needs(request: SignedInRequest) -> HttpResponse:
    kinds, numbers = list(queries.kinds()), queries.count_by_kind(request.user)
    asked = request.GET.get("kind", "")
    kind = asked if asked in {one.pk for one in kinds} else ""
    found = Paginator(queries.open_needs(request.user, kind), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "kind": kind,
        "number": sum(numbers.values()),
        "tabs": [(one.pk, str(one), numbers[one.pk]) for one in kinds if one.pk in numbers],
    }
    return render(request, "needs/needs.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = NeedForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        said = dict(form.cleaned_data)
        try:
            operations.add_need(
                id=said.pop("new_id"), applicant=applicant, **said, guarded=guarded, by=request.user
            )
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except Refused as refusal:
            form.add_error("kind", str(refusal))
        else:
            return done(request, applicant)
    return page(request, "needs/add.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, need_id: UUID) -> HttpResponseBase:
    need = queries.find_need(request.user, need_id)
    form = EndForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], need.applicant, request)):
        try:
            operations.end_need(need=need, **form.cleaned_data, guarded=guarded, by=request.user)
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, need.applicant)
    return page(request, "needs/end.html", {"form": form, "need": need, "applicant": need.applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def offer(request: SignedInRequest, need_id: UUID) -> HttpResponseBase:
    need = queries.find_need(request.user, need_id)
    form = OfferForm(request.POST or None, need=need)
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.offer(id=said["new_id"], need=need, provider=said["provider"], by=request.user)
        except Refused as refusal:
            form.add_error("provider", str(refusal))
        else:
            return done(request, need.applicant)
    return page(request, "needs/offer.html", {"form": form, "need": need, "applicant": need.applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, referral_id: UUID) -> HttpResponseBase:
    referral = queries.find_referral(request.user, referral_id)
    applicant = referral.need.applicant
    form = AnswerForm(request.POST or None, referral=referral)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        try:
            operations.answer(referral=referral, **form.cleaned_data, guarded=guarded, by=request.user)
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, applicant)
    return page(request, "needs/answer.html", {"form": form, "referral": referral, "applicant": applicant})


@requires(Permission.WORK)
@require_POST
def accepted(request: SignedInRequest, referral_id: UUID) -> HttpResponseBase:
    return _answered(request, referral_id, "accepted", _("Noted: they help."))


@requires(Permission.WORK)
@require_POST
def helped(request: SignedInRequest, referral_id: UUID) -> HttpResponseBase:
    return _answered(request, referral_id, "done", _("Noted: they have helped, and the need is met."))


def _answered(request: SignedInRequest, referral_id: UUID, state: str, said: str) -> HttpResponseBase:
    referral = queries.find_referral(request.user, referral_id)
    applicant: Applicant = referral.need.applicant
    try:
        operations.answer(referral=referral, state=state, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return back(request, applicant)


@requires(Permission.SEE_CASES)
@require_GET
def providers(request: SignedInRequest) -> HttpResponse:
    found = Paginator(queries.providers(), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "needs/providers.html", {"page": found, "writes": request.user.may(Permission.WORK)}
    )


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def provider_add(request: SignedInRequest) -> HttpResponseBase:
    return _provider(request, None)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def provider(request: SignedInRequest, provider_id: UUID) -> HttpResponseBase:
    return _provider(request, queries.find_provider(provider_id))


def _provider(request: SignedInRequest, found: Provider | None) -> HttpResponseBase:
    form = ProviderForm(request.POST or None, provider=found)
    if form.is_valid():
        said = form.cleaned_data
        operations.keep_provider(
            provider=found, id=said["new_id"], facts=form.facts, kinds=said["kinds"], by=request.user
        )
        return done(request, "needs:providers")
    return page(request, "needs/provider.html", {"form": form, "provider": found})


@requires(Permission.WORK)
@require_POST
def provider_close(request: SignedInRequest, provider_id: UUID) -> HttpResponseBase:
    found = queries.find_provider(provider_id)
    operations.close_provider(provider=found, closed=found.closed_on is None, by=request.user)
    return done(request, "needs:providers")
