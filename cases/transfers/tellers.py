"""Organisations to which a case was offered, for the list of who knows of a person."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.disclosures.elsewhere import Told
from cases.transfers.models import Pack


def organisations_told(applicant: Applicant) -> list[Told]:
    """Who was asked, and who was given something to read: by pseudonym. The names are an export of their own."""
    asked, given = _("asked to take the case over"), _("the case in writing")
    found = [
        Told(timezone.localdate(one.offered_at), one.provider.name, asked, str(one.offered_by))
        for one in applicant.transfers.select_related("provider", "offered_by")
    ]
    packs = Pack.objects.filter(transfer__applicant=applicant).select_related("transfer__provider", "by")
    return found + [
        Told(timezone.localdate(one.at), one.transfer.provider.name, given, str(one.by)) for one in packs
    ]
