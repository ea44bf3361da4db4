"""The sealed half of a paper: open for a minute, or into the form to correct it. By fetch only."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import retarget

from cases.applicants.forms import OpenForm
from cases.applicants.forms.meanwhile import lay_beside
from cases.applicants.interviews import eased, seconds_shown
from cases.applicants.strips import strips_of
from cases.documents.forms.held import EditPaperForm
from cases.documents.models import Document
from cases.documents.operations.held import SEALED
from cases.documents.papers import line, open_form, sealed_lines
from cases.documents.queries import held as queries
from cases.documents.reading import read_sealed
from cases.documents.views.held import papers_url
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused
from cases.vault.views import by_fetch


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def open_number(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    document = queries.find_document(request.user, document_id, "read")
    form = eased(open_form(document, request.POST), request, document.applicant)
    content = _opened(request, document, form)
    context = {"document": document, "applicant": document.applicant, "form": form}
    if content is None:
        return render(request, "documents/_open_form.html", context, status=422)
    name, _contact = strips_of(document.applicant, request.user)
    context |= {
        "paper": line(document, is_sealed=True, type_names={}),
        "lines": sealed_lines(content),
        "seconds": seconds_shown(request, document.applicant, settings.VAULT["name_visible_seconds"]),
        "strip": name,
        "tab_url": papers_url(document.applicant),
    }
    return retarget(render(request, "documents/_number_opened.html", context), f"#number-{document.pk.hex}")


@requires(Permission.WORK)
@require_POST
@by_fetch
def open_to_correct(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    """Fill the sealed half of the form; what was typed into it already stays."""
    document = queries.find_document(request.user, document_id)
    asked = OpenForm(request.POST)
    content = _opened(request, document, asked)
    typed = {name: request.POST[name] for name in SEALED if request.POST.get(name)}
    first = {**(content or {}), **typed, "type": request.POST.get("type", document.type_id)}
    form = EditPaperForm(
        types=queries.types_by_code(), initial=first | {"sealed_opened": content is not None}
    )
    lay_beside(form, typed, content or {})
    name, _contact = strips_of(document.applicant, request.user)
    context = {
        "form": form,
        "document": document,
        "is_sealed": True,
        "strip": name,
        "open_form": asked,
        "filled": content is not None,
        "action": reverse("documents:edit", args=[document.pk]),
    }
    return render(request, "documents/_sealed_part.html", context, status=422 if content is None else 200)


def _opened(request: SignedInRequest, document: Document, asked: OpenForm) -> dict[str, str] | None:
    """What is sealed, or None where `asked` says why not."""
    if not asked.is_valid():
        return None
    unlocked = unlock.current(request)
    try:
        return read_sealed(document=document, reason=asked.why, unlocked=unlocked, by=request.user)
    except Refused as refusal:
        asked.add_error(None, str(refusal))
        return None
