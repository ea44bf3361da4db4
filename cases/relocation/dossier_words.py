"""The dossier in words of the reader's language: on the page, and on the paper that is handed in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django_countries import countries

from cases.applicants.models import AgeBand, Category, Membership
from cases.applicants.stages import Stage
from cases.disclosures.packing import Column, Sheet
from cases.disclosures.packing.paper import plain
from cases.documents.models import DocumentType, Status
from cases.relocation.dossier import FIELDS, in_order
from cases.relocation.models import Submission, SubmittedPerson
from cases.vetting.models import Outcome

LABELS: dict[str, Promise] = {
    "pseudonym": gettext_lazy("Pseudonym"),
    "household": gettext_lazy("Household"),
    "kinship": gettext_lazy("In the household"),
    "category": gettext_lazy("Category"),
    "age": gettext_lazy("Age"),
    "country": gettext_lazy("Where the person is"),
    "stage": gettext_lazy("Stage"),
    "vetting": gettext_lazy("Vetting"),
    "papers": gettext_lazy("Papers"),
}


def said(field: str, content: Mapping[str, Any], types: Mapping[str, DocumentType]) -> list[str]:
    """One field of one person, in lines; none where nothing is known."""
    value = content.get(field)
    if not value:
        return []
    if field == "papers":
        return [_paper(one, types) for one in value]
    if field == "vetting":
        return [_vetting(value)]
    return [_WORDS[field](str(value)) if field in _WORDS else str(value)]


_WORDS: dict[str, Callable[[str], str]] = {
    "kinship": lambda code: str(Membership.Kinship(code).label),
    "category": lambda code: str(Category(code).label),
    "age": lambda code: str(AgeBand(code).label),
    "country": lambda code: str(countries.name(code)),
    "stage": lambda code: str(Stage(code).label),
}


def _vetting(value: Mapping[str, str]) -> str:
    outcome = str(Outcome(value["outcome"]).label)
    days = {"outcome": outcome, "decided": _day(value["decided"]), "until": _day(value["until"])}
    return _("%(outcome)s, decided on %(decided)s, valid until %(until)s") % days


def _paper(paper: Mapping[str, str], types: Mapping[str, DocumentType]) -> str:
    kind = types.get(paper["type"])
    parts = [kind.name if kind else paper["type"], str(Status(paper["status"]).label)]
    if paper["issued"]:
        parts.append(_("issued on %(day)s") % {"day": _day(paper["issued"])})
    if paper["expires"]:
        parts.append(_("valid until %(day)s") % {"day": _day(paper["expires"])})
    return ", ".join(parts)


def _day(written: str) -> str:
    return date_format(date.fromisoformat(written))


def as_pdf(
    submission: Submission,
    people: Sequence[SubmittedPerson],
    types: Mapping[str, DocumentType],
    language: str,
) -> bytes:
    """The frozen words, laid out in `language`; the version and the hash stand on every page."""
    with override(language):
        number = ngettext("%(number)d person", "%(number)d people", len(people)) % {"number": len(people)}
        head, ordered = submission.head, sorted(people, key=lambda one: in_order(one.content))
        sheet = Sheet(
            language=language,
            heading=_("Dossier of a group, by pseudonym"),
            about=[
                (_("Group"), str(head["group"])),
                (_("Put before"), str(head["government"])),
                (_("Version"), str(submission.number)),
                (_("Frozen on"), date_format(submission.frozen_at.date())),
                (_("People"), number),
                ("SHA-256", submission.content_hash),
            ],
            notes=[
                _(
                    "People are called by pseudonyms. Names are handed over apart, encrypted, to a named official."
                ),
                _("Even so it can put them in danger: give it to nobody else."),
            ],
            mark_label=_("Version"),
            mark=_("Confidential"),
            columns=[Column(field, str(LABELS[field])) for field in FIELDS],
            people=[[said(field, one.content, types) for field in FIELDS] for one in ordered],
            foot=f"{_('Version')} {submission.number} · SHA-256 {submission.content_hash}",
        )
        return plain(sheet)
