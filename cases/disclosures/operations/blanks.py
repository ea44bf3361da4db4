"""Keeping the recipients' own Excel forms: brought blank, their columns set once, and put away."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.disclosures.fields import FIELDS
from cases.disclosures.models import RecipientForm
from cases.disclosures.packing.blank import read_blank
from cases.disclosures.refusals import NoSuchColumn, SetAlready
from cases.staff.models import User


@transaction.atomic
def add_form(*, id: UUID, title: str, content: bytes, row: int | None, by: User) -> RecipientForm:
    """Keep a blank form; the same id again is answered with the first.

    Raises what `read_blank` raises: for what is no spreadsheet, holds macros, or is filled in.
    """
    if again := RecipientForm.objects.filter(pk=id, added_by=by).first():
        return again
    found = read_blank(content, limit=settings.UPLOAD_LIMIT, row=row)
    free = {column: said for column, said in found.headings.items() if column not in found.taken}
    made = RecipientForm.objects.create(
        id=id, title=title, content=content, row=found.row, headings=free, added_by=by
    )
    record("disclosures.form_added", by=by, about=str(made.pk), detail=title)
    return made


@transaction.atomic
def set_columns(*, form: RecipientForm, columns: Mapping[str, str], by: User) -> None:
    """Say what goes into which column, for good."""
    found = RecipientForm.objects.select_for_update().get(pk=form.pk)
    if found.columns:
        raise SetAlready
    chosen = {column: code for column, code in columns.items() if code}
    known = set(chosen) <= set(found.headings) and set(chosen.values()) <= set(FIELDS)
    if not chosen or not known or len(set(chosen.values())) < len(chosen):
        raise NoSuchColumn
    found.columns = chosen
    found.save(update_fields=["columns"])
    detail = f"{found.title}: {', '.join(sorted(chosen.values()))}"
    record("disclosures.form_set", by=by, about=str(found.pk), detail=detail)


@transaction.atomic
def retire_form(*, form: RecipientForm, by: User) -> None:
    """Offer it no more. What was approved with it is still filled with it."""
    if RecipientForm.objects.filter(pk=form.pk, retired_on=None).update(retired_on=timezone.localdate()):
        record("disclosures.form_retired", by=by, about=str(form.pk), detail=form.title)
