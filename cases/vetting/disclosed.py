"""The service record as it is handed over to a recipient: from the account safe, so only where it was asked for."""

from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.disclosures.fields import Field, Opened, register_field
from cases.vault.models import Safe
from cases.vetting.annex import service_parts
from cases.vetting.queries.service import entries_of
from cases.vetting.record import sealed_kinds


def register() -> None:
    register_field(Field("service", _("Service record"), Safe.Kind.ACCOUNT, _kinds, _service))


def _kinds(applicant: Applicant) -> list[str]:
    return sealed_kinds(entries_of(applicant))


def _service(applicant: Applicant, opened: Opened) -> list[str]:
    """One line an entry: whose account it is and what kind of entry, then what it says."""
    parts = [
        (part.title, [": ".join(filter(None, pair)) for pair in part.lines])
        for part in service_parts(applicant, opened)
    ]
    return [f"{title} – {', '.join(said)}" for title, said in parts if said]
