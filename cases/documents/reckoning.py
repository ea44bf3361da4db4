"""From rows to the arithmetic: what the checks are asked about one paper, and what they find."""

from collections.abc import Mapping

from django.utils import timezone

from cases.documents.births import born_between
from cases.documents.checks import Facts, Kind, Remark, clear_remarks, sealed_remarks
from cases.documents.models import Document, DocumentType

# What is found in the sealed part is known by its code alone; the rest is reckoned anew each time.
SEALED_CODES = (
    "number_form",
    "series_year",
    "unit_code_form",
    "zone_unexpected",
    "zone_too_early",
    "control_digits",
    "iin_without_birth",
    "iin_birth_differs",
)


def kind_of(type: DocumentType) -> Kind:
    return Kind(
        type.code,
        issuer=type.issuer,
        years=type.years,
        months=type.months,
        number_pattern=type.number_pattern,
        number_example=type.number_example,
        zone=type.zone,
        zone_since=type.zone_since,
    )


def remarks_now(document: Document) -> list[Remark]:
    """What is odd about a paper today, the sealed part as it was found when it was sealed."""
    kind = kind_of(document.type)
    clear = clear_remarks(kind, _facts(document, {}), timezone.localdate())
    values = {"example": kind.number_example, "since": kind.zone_since}
    return [*clear, *(Remark(code, values) for code in document.remarks if code in SEALED_CODES)]


def codes_when_saved(document: Document, sealed: Mapping[str, str] | None) -> list[str]:
    """The codes to store; without `sealed`, what was found in the sealed part before stays."""
    kind, facts = kind_of(document.type), _facts(document, sealed or {})
    clear = [one.code for one in clear_remarks(kind, facts, timezone.localdate())]
    if sealed is None:
        return [*clear, *(code for code in document.remarks if code in SEALED_CODES)]
    return [*clear, *(one.code for one in sealed_remarks(kind, facts))]


def _facts(document: Document, sealed: Mapping[str, str]) -> Facts:
    applicant, today = document.applicant, timezone.localdate()
    return Facts(
        status=document.status,
        country=str(document.country),
        issued=document.issued_on,
        expires=document.expires_on,
        chip=document.chip,
        born=born_between(applicant.age_band, applicant.next_age_threshold, today),
        number=sealed.get("number", ""),
        unit_code=sealed.get("unit_code", ""),
        has_zone=bool(sealed.get("zone")),
    )
