"""What somebody in the field sees: that their own of the last two days arrived, by pseudonym, and nothing of what was in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.applicants.models import Applicant, SealedNote
from cases.applicants.stages import OPEN
from cases.staff.models import User
from cases.vault.models import SealedItem

LISTED_FOR = timedelta(hours=48)


@dataclass(frozen=True)
class Report:
    """One person sent in; `arrived` says when the newest of each sealed part came, by its kind."""

    applicant: Applicant
    arrived: dict[str, datetime]


def reported_by(user: User) -> QuerySet[Applicant]:
    since = timezone.now() - LISTED_FOR
    return Applicant.objects.filter(intake_by=user, created_at__gte=since).order_by("-created_at")


def reports_of(user: User) -> list[Report]:
    return _with_arrivals(reported_by(user), user)


def find_report(user: User, applicant_id: UUID) -> Report:
    """Return one of the person's own; after two days it is gone from here (404)."""
    found = get_object_or_404(reported_by(user), pk=applicant_id)
    return _with_arrivals([found], user)[0]


def least_busy(people: Iterable[User]) -> User:
    """Who of these owns the fewest open cases."""
    some = list(people)
    owners = Applicant.objects.filter(owner__in=some, stage__in=OPEN).values_list("owner", flat=True)
    owned = Counter(owners)
    return min(some, key=lambda person: (owned[person.pk], person.username))


def _with_arrivals(applicants: Iterable[Applicant], user: User) -> list[Report]:
    found = list(applicants)
    own = SealedItem.objects.filter(
        safe__in=[one.identity_safe_id for one in found], sealed_by=user.username
    ).order_by("created_at")
    arrived: dict[UUID, dict[str, datetime]] = {}
    for item in own:
        arrived.setdefault(item.safe_id, {})[item.kind] = item.created_at
    told = SealedNote.objects.filter(applicant__in=found, by=user).order_by("at")
    stories = {note.applicant_id: note.at for note in told}
    return [Report(one, arrived.get(one.identity_safe_id, {}) | _story(stories.get(one.pk))) for one in found]


def _story(at: datetime | None) -> dict[str, datetime]:
    return {"story": at} if at else {}
