"""Two cases that may be one person: the list of pairs, one pair side by side, merging, taking apart."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.applicants import doubles as queries
from cases.applicants.forms import OpenForm, StopForm
from cases.applicants.forms.doubles import MergeForm, PairForm
from cases.applicants.interviews import seconds_shown
from cases.applicants.operations import doubles as operations
from cases.applicants.queries import find_applicant
from cases.applicants.reading import identity_lines, read_identity
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch

# Two names are read slower than one.
SECONDS = 120


@requires(Permission.WORK)
@require_GET
def doubles(request: SignedInRequest) -> HttpResponse:
    context = {"pairs": queries.doubles_for(request.user), "due": len(queries.not_compared(request.user))}
    return render(request, "applicants/doubles.html", context)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def check(request: SignedInRequest) -> HttpResponseBase:
    """Asked for by the page itself while unlocked."""
    unlocked = unlock.current(request)
    found = operations.find_doubles(unlocked=unlocked, by=request.user) if unlocked else 0
    if "here" in request.POST:
        # The list itself asked: it is shown anew where there is something new.
        return HttpResponse(headers={"HX-Refresh": "true"} if found else {})
    context = {"doubles": queries.doubles_for(request.user).count()}
    return render(request, "applicants/_doubles_waiting.html", context)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def double(request: SignedInRequest, double_id: int) -> HttpResponseBase:
    pair = queries.find_double(request.user, double_id)
    halves = queries.halves(pair)
    form = MergeForm(request.POST if request.method == "POST" else None, halves=halves)
    if form.is_valid():
        kept, gone = form.chosen
        unlocked = unlock.current(request)
        try:
            operations.merge_cases(kept=kept, gone=gone, unlocked=unlocked, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = {"gone": gone.pseudonym, "kept": kept.pseudonym}
            messages.success(request, _("%(gone)s ended; the person goes on as %(kept)s.") % said)
            return done(request, kept)
    context = {"form": form, "pair": pair, "halves": halves, "open_form": OpenForm()}
    return page(request, "applicants/double.html", context)


@requires(Permission.WORK)
@require_POST
def other(request: SignedInRequest, double_id: int) -> HttpResponseBase:
    pair = queries.find_double(request.user, double_id)
    operations.say_other(one=pair.first, others=[pair.second], by=request.user)
    said = {"one": pair.first.pseudonym, "other": pair.second.pseudonym}
    messages.success(request, _("%(one)s and %(other)s are different people. It is not asked again.") % said)
    return done(request, "applicants:doubles")


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def both_names(request: SignedInRequest, double_id: int) -> HttpResponseBase:
    """Open both names side by side; two openings like any other, each with its row."""
    pair = queries.find_double(request.user, double_id)
    asked, unlocked = OpenForm(request.POST), unlock.current(request)
    context = {"pair": pair, "open_form": asked}
    if asked.is_valid():
        read = partial(read_identity, reason=asked.why, unlocked=unlocked, by=request.user)
        try:
            opened = [(one, read(applicant=one)) for one in (pair.first, pair.second)]
        except VaultRefused as refusal:
            asked.add_error(None, str(refusal))
        else:
            context["opened"] = [(one, identity_lines(document)) for one, document in opened]
            context["seconds"] = max(SECONDS, seconds_shown(request, pair.first, SECONDS))
    return render(request, "applicants/_both_names.html", context, status=200 if "opened" in context else 422)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def pair_up(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Say oneself that another case may be the same person."""
    applicant = find_applicant(request.user, applicant_id, "work")
    form = PairForm(request.POST or None, by=request.user)
    if form.is_valid():
        named = {"one": applicant, "other": form.cleaned_data["pseudonym"]}
        try:
            pair = operations.pair_up(**named, by=request.user)
        except Refused as refusal:
            form.add_error("pseudonym", str(refusal))
        else:
            return done(request, "applicants:double", double_id=pair.pk)
    return page(request, "applicants/pair_up.html", {"form": form, "applicant": applicant})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
def apart(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        unlocked = unlock.current(request)
        try:
            operations.take_apart(gone=applicant, unlocked=unlocked, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken apart. The case goes on where it ended."))
            return done(request, applicant)
    return page(request, "applicants/apart.html", {"form": form, "applicant": applicant})
