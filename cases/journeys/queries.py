"""The legs of a case, and the clock by which its hours are told."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.queries import find_of_case, people_who_see
from cases.documents.models import Document
from cases.documents.queries.held import counting_of
from cases.documents.queries.reference import in_force
from cases.journeys.models import Leg, Place
from cases.staff.models import User


def legs_of(applicant: Applicant) -> QuerySet[Leg]:
    people = ("escort", "host", "planned_by", "met_by", "ended_by", "note")
    return applicant.legs.select_related("origin", "goal", *people).prefetch_related("papers__type")


def find_leg(user: User, leg_id: UUID) -> Leg:
    return find_of_case(Leg.objects.select_related("origin", "goal"), user, leg_id, "work")


def places() -> QuerySet[Place]:
    return Place.objects.filter(in_force(timezone.localdate()))


def every_place() -> QuerySet[Place]:
    return Place.objects.all()


def clocks() -> dict[str, Place]:
    """The first place of each country: its clock is the clock of the cases there."""
    found: dict[str, Place] = {}
    for place in places():
        found.setdefault(place.country, place)
    return found


def papers_of(applicant: Applicant) -> QuerySet[Document]:
    return counting_of(applicant).select_related("type")


def companions_of(applicant: Applicant) -> QuerySet[User]:
    return people_who_see(applicant).order_by("full_name")


def is_last(leg: Leg) -> bool:
    """Whether no other leg of the person is planned or under way."""
    open_ones = Leg.objects.filter(applicant=leg.applicant_id, state__in=["planned", "departed"])
    return not open_ones.exclude(pk=leg.pk).exists()
