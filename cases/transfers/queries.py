from uuid import UUID

from django.db.models import Case, QuerySet, When
from django.utils import timezone

from cases.applicants.consents import Standing, standings_of
from cases.applicants.models import Applicant, Purpose
from cases.applicants.queries import find_of_case, members_with
from cases.documents.queries.reference import in_force
from cases.needs.models import Provider
from cases.staff.models import User
from cases.transfers.models import LIVING, EeaState, Transfer


def transfers_of(applicant: Applicant) -> QuerySet[Transfer]:
    """What runs first, then what is over, the last first."""
    found = applicant.transfers.select_related("provider", "message", "note", "changed_by", "offered_by")
    return found.prefetch_related("packs__by").order_by(
        Case(When(state__in=LIVING, then=0), default=1), "-offered_at"
    )


def agreement(applicant: Applicant) -> Standing:
    """How it stands with telling a partner; who says no to the keeping of the case says no to this as well."""
    found = {one.purpose: one for one in standings_of(applicant) if one.purpose != Purpose.MEDIA}
    keeping = found[Purpose.KEEPING]
    return keeping if keeping.state in ("refused", "withdrawn") else found[Purpose.PARTNER]


def is_abroad(provider: Provider) -> bool:
    """Whether data that goes there leaves the European Economic Area."""
    states = EeaState.objects.filter(in_force(timezone.localdate()))
    return not states.filter(country=provider.country.code).exists()


def organisations() -> QuerySet[Provider]:
    return Provider.objects.filter(closed_on=None).order_by("name")


def left_behind(applicant: Applicant) -> int:
    """How many others of the household are not offered to anybody: a household is not torn apart unknowingly."""
    others = members_with(applicant).exclude(applicant=applicant).values("applicant")
    going = Transfer.objects.filter(state__in=LIVING).values("applicant")
    return Applicant.objects.filter(pk__in=others).exclude(pk__in=going).count()


def find_transfer(user: User, transfer_id: UUID) -> Transfer:
    """One on whose case `user` works; else it does not exist."""
    return find_of_case(Transfer.objects.select_related("provider", "message"), user, transfer_id, "work")
