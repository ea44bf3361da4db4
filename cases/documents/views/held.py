"""The papers of a person: the tab of the case, adding one, changing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.applicants.queries import find_applicant
from cases.applicants.refusals import Refused
from cases.applicants.strips import strips_of
from cases.documents.forms.held import AddPaperForm, EditPaperForm, PaperForm
from cases.documents.models import Document
from cases.documents.operations import held as operations
from cases.documents.papers import papers as papers_seen
from cases.documents.queries import held as queries
from cases.documents.reckoning import remarks_now
from cases.documents.refusals import PaperChangedMeanwhile
from cases.documents.views.asking import asked_only
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import random_id
from cases.staff.roles import Permission
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch


@requires(Permission.SEE_CASES)
@require_GET
def papers(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id)
    name, _contact = strips_of(applicant, request.user)
    works = applicant.workable and request.user.may(Permission.WORK)  # type: ignore[attr-defined]
    context = {"applicant": applicant, "papers": papers_seen(applicant), "strip": name, "works": works}
    return render(request, "documents/papers.html", context | {"tab_url": papers_url(applicant)})


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def add(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = find_applicant(request.user, applicant_id, "work")
    types = queries.types_by_code()
    if asked := asked_only(request, AddPaperForm, types, applicant):
        return _form_page(request, "documents/add.html", applicant, **asked)
    form = AddPaperForm(request.POST or None, types=types, initial={"new_id": random_id()})
    if form.is_valid():
        paper = {"id": form.cleaned_data["new_id"], "facts": form.facts, "sealed": form.sealed}
        try:
            document = operations.add_document(applicant=applicant, **paper, by=request.user)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, document, _("Added."))
    return _form_page(request, "documents/add.html", applicant, form=form)


@requires(Permission.WORK)
@require_http_methods(["GET", "POST"])
@by_fetch
def edit(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    document = queries.find_document(request.user, document_id)
    types, meanwhile = queries.types_by_code(), None
    if asked := asked_only(request, EditPaperForm, types, document.applicant):
        return _form_page(request, "documents/edit.html", document, **asked)
    first = EditPaperForm.first_values(document)
    form = EditPaperForm(request.POST or None, types=types, initial=first)
    if form.is_valid():
        saved = {"changes": form.facts, "sealed": form.new_seal, "version": form.cleaned_data["version"]}
        try:
            document = operations.edit_document(document=document, **saved, by=request.user)
        except PaperChangedMeanwhile as changed:
            form, meanwhile = form.merged(queries.find_document(request.user, document_id)), changed
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, document, _("Saved."))
    return _form_page(request, "documents/edit.html", document, form=form, meanwhile=meanwhile)


def papers_url(applicant: Applicant) -> str:
    return reverse("applicants:part", args=[applicant.pk, "papers"])


def _saved(request: SignedInRequest, document: Document, said: str) -> HttpResponse:
    if remarks_now(document):
        said += " " + _("Something about it is odd: please look at the amber lines.")
    messages.success(request, said)
    return done(request, papers_url(document.applicant))


def _form_page(
    request: SignedInRequest, template: str, about: Applicant | Document, *, form: PaperForm, **more: Any
) -> HttpResponse:
    document = about if isinstance(about, Document) else None
    applicant = about if isinstance(about, Applicant) else about.applicant
    name, _contact = strips_of(applicant, request.user)
    context = {
        "form": form,
        "kind": form.kind,
        "filled": form.is_filled,
        "applicant": applicant,
        "document": document,
        "is_sealed": document is not None and document.sealed_kind in queries.sealed_papers(applicant),
        "strip": name,
        "open_form": OpenForm(),
        "tab_url": papers_url(applicant),
        **more,
    }
    return page(request, template, context)
