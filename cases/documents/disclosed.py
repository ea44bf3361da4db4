"""Papers as they are handed over to a recipient, numbers and all."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.applicants.models import Applicant
from cases.disclosures.fields import Field, Opened, register_field
from cases.documents.models import Document
from cases.documents.queries.held import counting_of
from cases.vault.models import Safe


def register() -> None:
    label = gettext_lazy("Papers with their numbers")
    register_field(Field("papers", label, Safe.Kind.IDENTITY, _kinds, _papers))


def _kinds(applicant: Applicant) -> list[str]:
    return [paper.sealed_kind for paper in counting_of(applicant)]


def _papers(applicant: Applicant, opened: Opened) -> list[str]:
    """One line a paper of which a number is known."""
    return [
        _line(paper, opened[paper.sealed_kind])
        for paper in counting_of(applicant).select_related("type")
        if opened.get(paper.sealed_kind, {}).get("number")
    ]


def _line(paper: Document, sealed: Mapping[str, Any]) -> str:
    said = {name: str(sealed.get(name) or "").strip() for name in ("number", "authority", "unit_code")}
    printed = " ".join(filter(None, (str(sealed.get(name) or "") for name in ("surname", "given_names"))))
    parts = [f"{paper.type.name} {said['number']}", printed, said["authority"], said["unit_code"]]
    if paper.issued_on:
        parts.append(_("issued on %(day)s") % {"day": date_format(paper.issued_on)})
    if paper.expires_on:
        parts.append(_("valid until %(day)s") % {"day": date_format(paper.expires_on)})
    return ", ".join(filter(None, parts))
