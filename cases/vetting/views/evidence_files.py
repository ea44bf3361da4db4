"""The files of the evidence: sent in parts, opened with a reason, downloaded as they came."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django_htmx.http import retarget

from cases.applicants.interviews import eased
from cases.applicants.queries import find_applicant
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault.files import sending, showing
from cases.vault.models import SealedFile
from cases.vault.operations import NewFile
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch
from cases.vetting.account import account_strip
from cases.vetting.evidence_page import open_form, row_of
from cases.vetting.operations.evidence import begin_evidence
from cases.vetting.queries import evidence as queries


@requires(Permission.WORK)
@require_POST
@sending.refusals_told
def begin(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    known = {kind.code for kind in queries.check_kinds()}
    checks = [code for code in request.GET.getlist("check") if code in known]

    def keep(new: NewFile, secret: bytes) -> tuple[UUID, SealedFile]:
        begun = begin_evidence(applicant=applicant, checks=checks, new=new, secret=secret, by=request.user)
        return begun.pk, begun.sent

    return sending.begin(request, about=applicant.pk, keep=keep)


@requires(Permission.WORK)
@require_POST
@sending.refusals_told
def part(request: SignedInRequest, applicant_id: UUID, evidence_id: UUID, index: int) -> HttpResponseBase:
    file = queries.find_sending(request.user, applicant_id, evidence_id)
    return sending.part(request, file=file, index=index)


@requires(Permission.WORK)
@require_POST
@sending.refusals_told
def finish(request: SignedInRequest, applicant_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    file = queries.find_sending(request.user, applicant_id, evidence_id)
    return sending.finish(request, file=file)


@requires(Permission.WORK)
@require_POST
def remove(request: SignedInRequest, applicant_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    file = queries.find_sending(request.user, applicant_id, evidence_id)
    return sending.remove(request, file=file)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_file(request: SignedInRequest, evidence_id: UUID) -> HttpResponseBase:
    evidence = queries.find_file(request.user, evidence_id)
    form = eased(open_form(evidence, request.POST), request, evidence.applicant)
    context = {"row": row_of(evidence, None, form), "applicant": evidence.applicant}
    if form.is_valid():
        try:
            opened = showing.opened(request, file=evidence.sent, reason=form.why)
            shown = {"opened": opened, "pages": showing.pages_of(opened), "form": form}
        except VaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {"account": account_strip(evidence.applicant, request.user)}
            answer = render(request, "vetting/_evidence_file.html", context | shown)
            return retarget(answer, f"#file-{evidence.pk.hex}")
    return render(request, "vetting/_evidence_file_form.html", context, status=422)


@requires(Permission.USE_VAULT)
@require_POST
def original(request: SignedInRequest, evidence_id: UUID) -> HttpResponseBase:
    """The file as it came, under a name that tells nothing."""
    evidence = queries.find_file(request.user, evidence_id)
    form = open_form(evidence, request.POST)
    try:
        reason = form.why if form.is_valid() else ""
        opened = showing.opened(request, file=evidence.sent, reason=reason)
    except VaultRefused as refusal:
        messages.error(request, str(refusal))
        return done(request, "vetting:evidence", applicant_id=evidence.applicant_id)
    return showing.as_download(opened, name=f"evidence-{evidence.pk.hex[:8]}")
