"""Passing a case to another organisation: the offer, what they answer, and what they are given to read."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cases.applicants.queries import find_applicant
from cases.applicants.refusals import MentionRefused, StageBlocked
from cases.applicants.views.guarded import guard
from cases.disclosures.views.package import package_page
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.transfers import operations, queries
from cases.transfers.forms import AnswerForm, OfferForm, PackForm
from cases.transfers.refusals import NoGroundAbroad, NotAgreed, NotAsked, Refused
from cases.vault.views import by_fetch


@requires(Permission.SEE_CASES)
@require_safe
def panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "transfers": queries.transfers_of(applicant),
        "agreement": queries.agreement(applicant),
        "works": applicant.workable and request.user.may(Permission.WORK),  # type: ignore[attr-defined]
        "gives": applicant.workable and request.user.may(Permission.DISCLOSE),  # type: ignore[attr-defined]
    }
    return render(request, "transfers/_panel.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def offer(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = OfferForm(request.POST or None)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        said = dict(form.cleaned_data)
        try:
            operations.offer(
                id=said.pop("new_id"), applicant=applicant, **said, guarded=guarded, by=request.user
            )
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except Refused as refusal:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            return done(request, applicant)
    context = {"form": form, "applicant": applicant, "agreement": queries.agreement(applicant)}
    return page(request, "transfers/offer.html", context | {"left_behind": queries.left_behind(applicant)})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, transfer_id: UUID) -> HttpResponseBase:
    transfer = queries.find_transfer(request.user, transfer_id)
    applicant = transfer.applicant
    form = AnswerForm(request.POST or None, transfer=transfer)
    if form.is_valid() and (guarded := guard(form, ["known"], applicant, request)):
        try:
            operations.answer(transfer=transfer, **form.cleaned_data, guarded=guarded, by=request.user)
        except MentionRefused as refusal:
            form.add_error("known", str(refusal))
        except (Refused, StageBlocked) as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, applicant)
    return page(
        request, "transfers/answer.html", {"form": form, "transfer": transfer, "applicant": applicant}
    )


@requires(Permission.DISCLOSE)
@require_http_methods(["GET", "POST"])
@by_fetch
def pack(request: SignedInRequest, transfer_id: UUID) -> HttpResponseBase:
    """The words and the file come in one answer, since neither is kept."""
    transfer = queries.find_transfer(request.user, transfer_id)
    form = PackForm(request.POST or None, language=request.user.language)
    if form.is_valid():
        said = form.cleaned_data
        try:
            package = operations.take_pack(
                transfer=transfer,
                fields=said["parts"],
                form=said["packed_as"],
                age_key=said["age_key"],
                language=said["language"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return package_page(request, package, going=[transfer.applicant])
    context = {"form": form, "transfer": transfer, "agreement": queries.agreement(transfer.applicant)}
    return page(request, "transfers/pack.html", context | {"applicant": transfer.applicant})


def _field_of(refusal: Refused) -> str | None:
    if isinstance(refusal, NoGroundAbroad):
        return "abroad"
    return None if isinstance(refusal, (NotAsked, NotAgreed)) else "provider"
