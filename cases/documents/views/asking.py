"""The form of a paper sent only to ask something: which fields a type has, what a zone says. Nothing is saved."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from cases.applicants.forms.opening import Reason
from cases.applicants.models import Applicant
from cases.applicants.reading import read_identity
from cases.applicants.timers import written
from cases.documents.forms.held import PaperForm
from cases.documents.models import DocumentType
from cases.documents.zone_report import report, sealed_identity
from cases.documents.zones.read import read_zone
from cases.documents.zones.zone import Zone
from cases.staff.door import SignedInRequest
from cases.vault import unlock
from cases.vault.refusals import Refused


def asked_only(
    request: SignedInRequest,
    form_class: type[PaperForm],
    types: Mapping[str, DocumentType],
    applicant: Applicant,
) -> dict[str, Any]:
    """The form with the answer; {} where it was sent to be saved."""
    typed = request.POST
    kind = types.get(typed.get("type", ""))
    if "choosing" in typed:
        return {"form": form_class.again(typed, types=types, filled=PaperForm.told_by(kind))}
    if "reading" not in typed:
        return {}
    zone = read_zone(typed.get("zone", ""), today=timezone.localdate())
    found = report(zone, type=kind, typed=typed)
    answer = {"form": form_class.again(typed, types=types, filled=found.filled), "report": found}
    return answer | (_beside_the_name(request, applicant, zone) if typed["reading"] == "name" else {})


def _beside_the_name(request: SignedInRequest, applicant: Applicant, zone: Zone) -> dict[str, Any]:
    """Open the name to compare it with the passport: an opening like any other, with its reason in the log."""
    reason, unlocked = written(Reason.PAPERS.label), unlock.current(request)
    try:
        identity = read_identity(applicant=applicant, reason=reason, unlocked=unlocked, by=request.user)
    except Refused as refusal:
        return {"name_refused": str(refusal)}
    seconds = settings.VAULT["name_visible_seconds"]
    return {"beside_name": sealed_identity(zone, identity), "seconds": seconds}
