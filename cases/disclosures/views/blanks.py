"""The recipients' own Excel forms: the list, a blank one that is brought, and what goes into its columns."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.disclosures import operations, queries
from cases.disclosures.fields import labels_of
from cases.disclosures.forms import BlankForm, ColumnsForm
from cases.disclosures.models import RecipientForm
from cases.disclosures.packing.blank import NotBlank, Unfit
from cases.disclosures.refusals import Refused
from cases.sheets.refusals import Unreadable
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.DISCLOSE)
@require_GET
def blanks(request: SignedInRequest) -> HttpResponse:
    return render(request, "disclosures/forms.html", {"forms": queries.recipient_forms()})


@requires(Permission.DISCLOSE)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponseBase:
    form = BlankForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (made := _kept(request, form)):
        return done(request, made)
    return page(request, "disclosures/form_add.html", {"form": form})


@requires(Permission.DISCLOSE)
@require_http_methods(["GET", "POST"])
def blank(request: SignedInRequest, form_id: UUID) -> HttpResponseBase:
    theirs = queries.find_form(form_id)
    form = ColumnsForm(request.POST or None, theirs=theirs)
    if form.is_valid():
        try:
            operations.set_columns(form=theirs, columns=form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Set. The form can now be chosen when you ask for an export."))
            return done(request, "disclosures:forms")
    said = zip(theirs.columns.items(), labels_of(theirs.columns.values()), strict=True)
    columns = [(letter, theirs.headings.get(letter, ""), label) for (letter, _code), label in said]
    return page(request, "disclosures/form.html", {"form": form, "theirs": theirs, "columns": columns})


@requires(Permission.DISCLOSE)
@require_POST
def retire(request: SignedInRequest, form_id: UUID) -> HttpResponseBase:
    operations.retire_form(form=queries.find_form(form_id), by=request.user)
    return done(request, "disclosures:forms")


def _kept(request: SignedInRequest, form: BlankForm) -> RecipientForm | None:
    said = form.cleaned_data
    content = said["file"].read()
    try:
        return operations.add_form(
            id=said["new_id"], title=said["title"], content=content, row=said["row"], by=request.user
        )
    except NotBlank as refusal:
        words = _("Something is written below the headings, in row %(row)s. Upload the blank form.")
        form.add_error("file", words % {"row": refusal.row})
    except Unfit:
        words = _(
            "This form cannot be filled: it has macros, joined cells below the headings, or no headings there."
        )
        form.add_error("file", words)
    except Unreadable as refusal:
        form.add_error("file", str(refusal))
    return None
