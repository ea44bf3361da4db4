"""Providers who were asked, for the list of who knows of a person."""

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.disclosures.elsewhere import Told
from cases.needs.models import Referral


def providers_asked(applicant: Applicant) -> list[Told]:
    referrals = Referral.objects.filter(need__applicant=applicant)
    return [
        Told(timezone.localdate(one.offered_at), one.provider.name, str(one.need.kind), str(one.offered_by))
        for one in referrals.select_related("provider", "need__kind", "offered_by")
    ]
