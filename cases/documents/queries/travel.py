"""The people of the case files as the rules of travel see them: two queries, however many people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cases.applicants.models import Applicant, Membership
from cases.applicants.queries import applicants_for
from cases.documents.births import born_between
from cases.documents.models import Document, Stay
from cases.documents.queries import reference
from cases.documents.travel.ages import ADULT, at_least
from cases.documents.travel.facts import Born, Paper, Status, Traveller
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.rules import Rules
from cases.staff.models import User

SOLDIERS = frozenset({"contract", "conscript", "mobilised", "officer"})


def counted(applicants: Iterable[Applicant]) -> QuerySet[Document]:
    """The papers of these people, without those entered by mistake."""
    return Document.objects.filter(applicant__in=[one.pk for one in applicants], struck_at__isnull=True)


def rulebook(on: date, rules: Rules | None = None) -> Rulebook:
    """The rules in force on a day: one query a table, none where `rules` were read already."""
    return Rulebook(rules or reference.rules(), on)


def travellers(
    applicants: Iterable[Applicant], exactly: Mapping[UUID, Born] | None = None
) -> dict[UUID, Traveller]:
    """Return each person as a traveller; `exactly` holds the birth of those whose name is open."""
    people = list(applicants)
    papers = defaultdict(list)
    for document in counted(people):
        papers[document.applicant_id].append(_paper(document))
    stays = {
        stay.applicant_id: stay for stay in Stay.objects.filter(applicant__in=[one.pk for one in people])
    }
    known, today = exactly or {}, timezone.localdate()
    return {
        one.pk: _traveller(
            one, tuple(papers[one.pk]), stays.get(one.pk), known.get(one.pk) or _born(one, today)
        )
        for one in people
    }


def household(applicant: Applicant, viewer: User) -> list[Applicant]:
    """The person and the members of the household whom the viewer sees, the person first."""
    own = Membership.objects.filter(applicant=applicant, until__isnull=True).values("household")
    living = Membership.objects.filter(household__in=own, until__isnull=True).values("applicant")
    others = applicants_for(viewer).filter(pk__in=living).exclude(pk=applicant.pk)
    return [applicant, *others.order_by("pseudonym")]


def _traveller(
    applicant: Applicant, papers: tuple[Paper, ...], stay: Stay | None, birth: Born | None
) -> Traveller:
    return Traveller(
        key=str(applicant.pk),
        papers=papers,
        born=birth,
        place=str(applicant.country),
        entered=stay.entered_on if stay else None,
        overstay=stay.overstay if stay else None,
        barred=stay.barred if stay else None,
    )


def _born(applicant: Applicant, today: date) -> Born | None:
    known = born_between(applicant.age_band, applicant.next_age_threshold, today)
    if known is None and applicant.category in SOLDIERS:
        return at_least(ADULT, today)
    return known


def _paper(document: Document) -> Paper:
    return Paper(
        id=str(document.pk),
        type=document.type_id,
        issuer=str(document.country),
        status=Status(document.status),
        issued=document.issued_on,
        expires=document.expires_on,
        blank_pages=document.blank_pages,
        chip=document.chip,
        destination=str(document.destination),
    )
