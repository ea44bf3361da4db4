"""What an organisation is given to read of a case: in words of its language, by pseudonym. Nothing sealed is in it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cases.applicants.models import Applicant
from cases.asylum.queries import claim_of, steps_of
from cases.disclosures.packing import Column, Sheet
from cases.documents.queries.held import types_by_code
from cases.relocation.dossier import contents
from cases.relocation.dossier_words import LABELS, said
from cases.staff.models import User
from cases.staff.queries import organisation
from cases.transfers.models import Transfer

# Said here as in the dossier for a government.
_OF_THE_DOSSIER = ("pseudonym", "category", "age", "country", "stage", "vetting", "papers")


def _needs(applicant: Applicant) -> list[str]:
    open_ones = applicant.needs.filter(ended_at=None).select_related("kind")
    return [f"{capfirst(str(one.kind))}, {one.get_urgency_display()}" for one in open_ones]


def _asylum(applicant: Applicant) -> list[str]:
    claim = claim_of(applicant)
    if claim is None:
        return []
    steps = [
        ", ".join(
            filter(None, [f"{date_format(one.on)}: {one.get_kind_display()}", one.get_result_display()])
        )
        for one in steps_of(claim)
    ]
    return [str(claim.get_procedure_display()), *steps]


def _deadlines(applicant: Applicant) -> list[str]:
    open_ones = applicant.deadlines.filter(met_at=None)
    return [f"{date_format(timezone.localdate(one.due_at))}: {one.said}" for one in open_ones]


_OURS: dict[str, tuple[Promise, Callable[[Applicant], list[str]]]] = {
    "languages": (gettext_lazy("Languages"), lambda applicant: [str(applicant.languages_said)]),
    "needs": (gettext_lazy("Needs"), _needs),
    "asylum": (gettext_lazy("Asylum claim"), _asylum),
    "deadlines": (gettext_lazy("Deadlines"), _deadlines),
}
MESSAGE = "message"
FIELDS: dict[str, Promise] = (
    {field: LABELS[field] for field in _OF_THE_DOSSIER}
    | {field: label for field, (label, _read) in _OURS.items()}
    | {MESSAGE: gettext_lazy("What we want to tell you")}
)


def in_order(fields: Iterable[str]) -> list[str]:
    wanted = set(fields)
    return [field for field in FIELDS if field in wanted]


def sheet_of(transfer: Transfer, fields: Sequence[str], *, language: str, by: User, at: datetime) -> Sheet:
    """One row: the person as it stands now."""
    with override(language):
        day = date_format(timezone.localdate(at))
        us = ", ".join(filter(None, [str(by), str(organisation() or "")]))
        return Sheet(
            language=language,
            heading=_("A case, to be taken over"),
            about=[
                (_("Handed over to"), f"{transfer.contact}, {transfer.provider.name}"),
                (_("Handed over by"), us),
                (_("Date"), day),
            ],
            notes=[
                _("The person is called by a pseudonym. A name is handed over apart, encrypted."),
                _("Even so it can put them in danger: give it to nobody else."),
            ],
            mark_label=_("Handed over by"),
            mark=f"{by}, {day}",
            columns=[Column(field, str(FIELDS[field])) for field in fields],
            people=[_said(transfer, fields)],
        )


def _said(transfer: Transfer, fields: Sequence[str]) -> list[list[str]]:
    applicant = transfer.applicant
    dossier, types = contents([applicant])[applicant.pk], types_by_code()
    lines = []
    for field in fields:
        if field in _OURS:
            lines.append([line for line in _OURS[field][1](applicant) if line])
        elif field == MESSAGE:
            lines.append([transfer.message.text] if transfer.message else [])
        else:
            lines.append(said(field, dossier, types))
    return lines
