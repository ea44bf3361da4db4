"""The tab “Papers” of a case: each paper as one line of what a colleague should see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant, Deadline
from cases.documents.history_words import SEALED_LABELS, Changed, history
from cases.documents.models import Document, Status, Stay
from cases.documents.operations.held import SEALED
from cases.documents.queries.held import papers_of, sealed_papers, stay_deadlines, stay_of, types_by_code
from cases.documents.reckoning import remarks_now
from cases.documents.remark_words import sentence

SOON, SOMETIME = 90, 180
_STATUS_TONES = {
    Status.HELD: "safe",
    Status.COPY: "soon",
    Status.APPLIED: "ink",
}


@dataclass(frozen=True)
class Mark:
    """How near the end of a paper is, in words and in tone."""

    tone: str
    said: str


@dataclass(frozen=True)
class Line:
    document: Document
    is_sealed: bool
    remarks: list[str]
    changes: list[Changed]
    expiry: Mark | None
    open_form: OpenForm

    @property
    def tone(self) -> str:
        return _STATUS_TONES.get(Status(self.document.status), "")


@dataclass(frozen=True)
class Papers:
    lines: list[Line]
    struck: list[Line]
    stay: Stay
    stay_deadlines: list[Deadline]


def papers(applicant: Applicant) -> Papers:
    """Everything the tab shows; a fixed number of questions, however many papers there are."""
    documents, sealed = papers_of(applicant), sealed_papers(applicant)
    names = _type_names(documents)
    for document in documents:
        document.applicant = applicant
    lines = [line(one, is_sealed=one.sealed_kind in sealed, type_names=names) for one in documents]
    return Papers(
        [one for one in lines if one.document.struck_at is None],
        [one for one in lines if one.document.struck_at is not None],
        stay_of(applicant) or Stay(),
        list(stay_deadlines(applicant)),
    )


def line(document: Document, *, is_sealed: bool, type_names: dict[str, str]) -> Line:
    counts = document.struck_at is None
    return Line(
        document,
        is_sealed and counts,
        [sentence(one) for one in remarks_now(document)] if counts else [],
        history(document.changes.all(), type_names),
        expiry_mark(document, timezone.localdate()),
        open_form(document),
    )


def open_form(document: Document, data: Any = None) -> OpenForm:
    return OpenForm(data, auto_id=f"open_{document.pk.hex}_%s")


def expiry_mark(document: Document, today: date) -> Mark | None:
    if document.expires_on is None:
        return None
    days = (document.expires_on - today).days
    if days < 0:
        return Mark("danger", _("expired"))
    if days > SOMETIME or document.status in (Status.EXPIRED, Status.REFUSED):
        return None
    if days == 0:
        return Mark("soon", _("expires today"))
    said = ngettext("expires in %(days)s day", "expires in %(days)s days", days) % {"days": days}
    return Mark("soon" if days <= SOON else "", said)


def sealed_lines(content: dict[str, str]) -> list[tuple[str, str]]:
    """What is shown of an opened paper: a label and a text each, without the empty ones."""
    return [(str(SEALED_LABELS[name]), content[name]) for name in SEALED if content.get(name)]


def _type_names(documents: Iterable[Document]) -> dict[str, str]:
    changed = any(change.field == "type" for one in documents for change in one.changes.all())
    return {code: one.name for code, one in types_by_code().items()} if changed else {}
