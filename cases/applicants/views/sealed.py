"""What is sealed: opening it for a minute, and sealing what is new. Forms come and go by fetch only."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import retarget

from cases.applicants import operations, queries
from cases.applicants.forms import ContactForm, IdentityForm, OpenForm
from cases.applicants.forms.sealed import SealedForm
from cases.applicants.interviews import eased, seconds_shown
from cases.applicants.models import Applicant
from cases.applicants.reading import identity_lines, read_contact, read_identity, sealed_version
from cases.applicants.refusals import Refused, SealedMeanwhile
from cases.applicants.strips import strips_of
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch

# Longer than a name: a number is dialled, a message is copied.
CARD_SECONDS = 180


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_name(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    form = eased(OpenForm(request.POST), request, applicant)
    if form.is_valid():
        unlocked = unlock.current(request)
        try:
            document = read_identity(applicant=applicant, reason=form.why, unlocked=unlocked, by=request.user)
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            lines = identity_lines(document)
            return _strip(
                request, applicant, "applicants/_name_opened.html", lines=lines, instead_of="#case-name"
            )
    return page(request, "applicants/_open_form.html", {"applicant": applicant, "form": form})


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def contact_card(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    try:
        card = read_contact(applicant=applicant, unlocked=unlock.current(request), by=request.user)
    except VaultRefused as refusal:
        return _strip(
            request, applicant, "applicants/_contact.html", refused=str(refusal), instead_of="#case-contact"
        )
    return _strip(
        request, applicant, "applicants/_contact_opened.html", card=card, instead_of="#case-contact"
    )


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def identity(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = IdentityForm(request.POST or None, initial=_seen(applicant, "identity"))
    if form.is_valid():
        what = {"identity": form.document, "seen": form.cleaned_data["seen"]}
        try:
            operations.seal_identity(applicant=applicant, **what, by=request.user)
        except SealedMeanwhile as changed:
            form = form.after(changed)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The name of %(pseudonym)s is sealed.") % {"pseudonym": applicant})
            return done(request, applicant)
    return _sealing(request, applicant, "applicants/identity.html", form)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def contact(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = ContactForm(request.POST or None, initial=_seen(applicant, "contact"))
    if form.is_valid():
        what = {"contact": form.content, "seen": form.cleaned_data["seen"]}
        try:
            operations.seal_contact(applicant=applicant, **what, by=request.user)
        except SealedMeanwhile as changed:
            form = form.after(changed)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The contact card of %(pseudonym)s is sealed.") % {"pseudonym": applicant}
            )
            return done(request, applicant)
    return _sealing(request, applicant, "applicants/contact.html", form)


@requires(Permission.WORK)
@require_POST
@by_fetch
def identity_open(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Fill the form with what is sealed, for correcting it; asks for a reason as every opening does.

    With `beside`, what is sealed is shown beside what was typed in its place.
    """
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    asked, seen = OpenForm(request.POST), _seen(applicant, "identity")
    context: dict[str, Any] = {"applicant": applicant, "open_form": asked}
    if asked.is_valid():
        unlocked = unlock.current(request)
        try:
            document = read_identity(
                applicant=applicant, reason=asked.why, unlocked=unlocked, by=request.user
            )
        except VaultRefused as refusal:
            asked.add_error(None, str(refusal))
        else:
            context |= {"form": _filled(request, IdentityForm, IdentityForm.fields_of(document), seen)}
            answer = render(request, "applicants/_identity_form.html", context | {"filled": True})
            return retarget(answer, "#identity-form" if "beside" in request.POST else "#identity-part")
    template = "_look_beside" if "beside" in request.POST else "_open_to_correct"
    return render(request, f"applicants/{template}.html", context | {"name_is_asked": True}, status=422)


@requires(Permission.WORK)
@require_POST
@by_fetch
def contact_open(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    context: dict[str, Any] = {"applicant": applicant}
    seen = _seen(applicant, "contact")
    try:
        card = read_contact(applicant=applicant, unlocked=unlock.current(request), by=request.user)
    except VaultRefused as refusal:
        form = ContactForm.beside(request.POST, {}, seen["seen"])
        context |= {"form": form, "refused": str(refusal)}
        return render(request, "applicants/_contact_form.html", context, status=422)
    context |= {"form": _filled(request, ContactForm, card, seen), "filled": True}
    return render(request, "applicants/_contact_form.html", context)


def _seen(applicant: Applicant, kind: str) -> dict[str, int]:
    return {"seen": sealed_version(applicant.identity_safe, kind)}


def _filled(
    request: SignedInRequest, form: type[SealedForm], sealed: Mapping[str, Any], seen: dict[str, int]
) -> SealedForm:
    if "beside" in request.POST:
        return form.beside(request.POST, sealed, seen["seen"])
    return form(initial={**sealed, **seen})


def _sealing(request: SignedInRequest, applicant: Applicant, template: str, form: Any) -> HttpResponse:
    name, card = strips_of(applicant, request.user)
    context = {"form": form, "applicant": applicant, "name": name, "contact": card, "open_form": OpenForm()}
    return page(request, template, context)


def _strip(
    request: SignedInRequest, applicant: Applicant, template: str, *, instead_of: str, **more: Any
) -> HttpResponse:
    """Answer with a strip of the case page, opened or not; it takes the place of the one that is there."""
    name, card = strips_of(applicant, request.user)
    stays = seconds_shown(request, applicant, settings.VAULT["name_visible_seconds"])
    seconds = {"seconds": stays, "card_seconds": max(stays, CARD_SECONDS)}
    context = {
        "applicant": applicant,
        "name": name,
        "contact": card,
        "open_form": OpenForm(),
        **seconds,
        **more,
    }
    response = render(request, template, context, status=422 if more.get("refused") else 200)
    return retarget(response, instead_of)
