from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.applicants import operations, queries, viewers
from cases.applicants.forms import AskForm, AssignForm, ShareForm, StopForm
from cases.applicants.models import Applicant
from cases.applicants.openers import find_opener, safe_of
from cases.applicants.openings import sentences
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import Team
from cases.staff.roles import Permission
from cases.vault import operations as vault
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused


@requires(Permission.SHARE)
@require_http_methods(["GET", "POST"])
def share(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = ShareForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            sentences_said = _share(request, applicant, form)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            for sentence in sentences_said:
                messages.success(request, sentence)
            return done(request, "applicants:people", applicant_id=applicant.pk)
    locked = unlock.current(request) is None
    return page(request, "applicants/share.html", {"form": form, "applicant": applicant, "locked": locked})


def _share(request: SignedInRequest, applicant: Applicant, form: ShareForm) -> list[str]:
    whom, safes = form.chosen, form.safes_of(applicant)
    what = {"applicant": applicant, "to": form.cleaned_data["to"], "by": request.user}
    until = form.cleaned_data["until"]
    if isinstance(whom, Team):
        operations.share_with_team(team=whom, expires_at=until, **what)
        return [_("Shared with the team %(team)s.") % {"team": whom}]
    opening = operations.Opening(safes, unlock.current(request)) if safes else None
    outcomes = operations.share_with_person(person=whom, expires_at=until, opening=opening, **what)
    return [_("Shared with %(person)s.") % {"person": whom}, *sentences(outcomes, whom, applicant)]


@requires(Permission.SHARE)
@require_http_methods(["GET", "POST"])
def unshare(request: SignedInRequest, applicant_id: UUID, code: str) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    viewer = viewers.find_viewer(applicant, code)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.stop_sharing(applicant=applicant, whom=viewer.whom, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(who)s no longer sees this case.") % {"who": viewer.whom})
            return done(request, "applicants:people", applicant_id=applicant.pk)
    context = {"form": form, "applicant": applicant, "viewer": viewer}
    return page(
        request, "applicants/unshare.html", context | {"losing": viewers.who_would_lose(applicant, viewer)}
    )


@requires(Permission.SHARE)
@require_http_methods(["GET", "POST"])
def unopen(request: SignedInRequest, applicant_id: UUID, kind: str, user_id: int) -> HttpResponseBase:
    """Take the name or the account back from one person, whether or not that person sees the case."""
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    safe = safe_of(applicant, kind)
    opener = find_opener(applicant, safe, user_id)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.stop_opening(applicant=applicant, safe=safe, person=opener.person, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = {
                "identity": _("%(who)s cannot open the name any more."),
                "account": _("%(who)s cannot open the account any more."),
            }
            messages.success(request, said[kind] % {"who": opener.person})
            return done(request, "applicants:people", applicant_id=applicant.pk)
    context = {"form": form, "applicant": applicant, "kind": kind, "opener": opener}
    return page(request, "applicants/unopen.html", context)


@requires(Permission.ASSIGN)
@require_http_methods(["GET", "POST"])
def assign(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    form = AssignForm(request.POST or None, applicant=applicant)
    if form.is_valid():
        owner, unlocked = form.cleaned_data["owner"], unlock.current(request)
        assign_to = partial(operations.assign, applicant=applicant, by=request.user, unlocked=unlocked)
        try:
            outcomes = assign_to(**form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Owner: %(owner)s.") % {"owner": owner or _("nobody")})
            for sentence in sentences(outcomes, owner, applicant):
                messages.success(request, sentence)
            return done(request, applicant)
    return page(request, "applicants/assign.html", {"form": form, "applicant": applicant})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, applicant_id: UUID, kind: str) -> HttpResponseBase:
    """Ask those who can open the name, or the account, to let oneself open it too."""
    applicant = queries.find_applicant(request.user, applicant_id)
    safe = safe_of(applicant, kind)
    form = AskForm(request.POST or None)
    if form.is_valid():
        try:
            reason = f"{applicant.pseudonym}: {form.cleaned_data['reason']}"
            # A guest who asks for the name gets it for as long as the case, and no longer.
            until = queries.guest_until(applicant, request.user)
            vault.ask_access(safe=safe, by=request.user, reason=reason, expires_at=until)
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your colleagues were asked. You can open it as soon as one of them agrees.")
            )
            return done(request, applicant)
    return page(
        request, "applicants/ask.html", {"form": form, "applicant": applicant, "kind": kind, "safe": safe}
    )
