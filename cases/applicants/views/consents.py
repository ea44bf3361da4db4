"""What a person agrees to: asked in words the person understands, written down, and ended."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.applicants import consents, operations, queries
from cases.applicants.forms.consents import ConsentForm, WithdrawForm
from cases.applicants.languages import LANGUAGES
from cases.applicants.models import Applicant, Purpose
from cases.applicants.refusals import Refused
from cases.applicants.views.household import id_in_query
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_GET
def consents_panel(request: SignedInRequest, applicant_id: UUID) -> HttpResponse:
    applicant = queries.find_applicant(request.user, applicant_id)
    context = {
        "applicant": applicant,
        "standings": consents.standings_of(applicant),
        "earlier": consents.earlier_of(applicant),
        "works": applicant.workable and request.user.may(Permission.WORK),  # type: ignore[attr-defined]
    }
    return render(request, "applicants/_consents.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def consent(request: SignedInRequest, applicant_id: UUID, purpose: str) -> HttpResponseBase:
    """The text in the person's language, and under it the answer."""
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    if purpose not in Purpose.values:
        raise Http404
    wanted = Purpose(purpose)
    texts = consents.texts_for(wanted)
    text = consents.text_to_show(applicant, texts, request.GET.get("language", ""))
    initial = {"text": text, "channel": applicant.channel, "outlet": _outlet(request, applicant)}
    form = ConsentForm(request.POST or None, purpose=wanted, initial=initial)
    back = _back(request, applicant)
    if form.is_valid():
        try:
            operations.record_consent(applicant=applicant, **form.said, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted: %(purpose)s.") % {"purpose": wanted.label})
            return done(request, back)
    context = {"form": form, "applicant": applicant, "purpose": wanted, "asked": form.answered or text}
    context |= {"languages": [(code, LANGUAGES[code]) for code in texts], "back": back}
    context["outlets"] = consents.outlets_of(applicant)
    return page(request, "applicants/consent.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def consent_withdraw(request: SignedInRequest, consent_id: UUID) -> HttpResponseBase:
    found = consents.find_consent(request.user, consent_id)
    form = WithdrawForm(request.POST or None, consent=found)
    if form.is_valid():
        try:
            operations.withdraw_consent(consent=found, on=form.cleaned_data["on"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said_after(found.applicant, Purpose(found.purpose)))
            return done(request, "applicants:part", applicant_id=found.applicant_id, slug="consent")
    context = {"form": form, "applicant": found.applicant, "consent": found}
    context["consequence"] = consents.AFTER[Purpose(found.purpose)]
    return page(request, "applicants/consent_withdraw.html", context)


def _back(request: SignedInRequest, applicant: Applicant) -> str:
    """Where somebody came from: a stage that waited for the answer, maybe of another of the household, or the case."""
    if stage := id_in_query(request, "stage"):
        return reverse("applicants:stage", args=[stage])
    return reverse("applicants:part", args=[applicant.pk, "consent"])


def _outlet(request: SignedInRequest, applicant: Applicant) -> str:
    """An address names the answer, never the newspaper: addresses are kept where nobody seals them."""
    again = id_in_query(request, "again")
    found = consents.find_consent(request.user, again) if again else None
    return found.outlet if found and found.applicant_id == applicant.pk else ""


def _said_after(applicant: Applicant, purpose: Purpose) -> str:
    said = {"pseudonym": applicant.pseudonym, "what": consents.AFTER[purpose]}
    return _("Noted for %(pseudonym)s. %(what)s") % said
