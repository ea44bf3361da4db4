"""The people of the case files as the rules of travel see them: two queries, however many people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for, members_with
from cases.documents import words
from cases.documents.births import born_between
from cases.documents.models import AreaMember, EntryRule, Stay
from cases.documents.queries import reference
from cases.documents.queries.held import counting
from cases.documents.travel.ages import ADULT, at_least
from cases.documents.travel.answers import Answer
from cases.documents.travel.facts import Born, Paper, Status, Traveller
from cases.documents.travel.options import option_for
from cases.documents.travel.rulebook import NOT_OFFERED, Rulebook
from cases.documents.travel.rules import Rules
from cases.staff.models import User
from cases.vault.passphrase import normalise

PAPER = ("id", "type", "country", "status", "issued_on", "expires_on", "blank_pages", "chip", "destination")
STAY = ("entered_on", "overstay", "barred")
SOLDIERS = frozenset({"contract", "conscript", "mobilised", "officer"})


def rulebook(on: date, rules: Rules | None = None) -> Rulebook:
    """The rules in force on a day: one query a table, none where `rules` were read already."""
    return Rulebook(rules or reference.rules(), on)


def travellers(
    applicants: Collection[Applicant] | QuerySet[Applicant], exactly: Mapping[UUID, Born] | None = None
) -> dict[UUID, Traveller]:
    """Return each person as a traveller; `exactly` holds the birth of those whose name is open."""
    papers = defaultdict(list)
    # As plain values: thousands of people are asked about at once.
    held = counting().filter(applicant__in=_ids(applicants))
    for owner, *values in held.values_list("applicant", *PAPER):
        papers[owner].append(_paper(values))
    told = Stay.objects.filter(applicant__in=_ids(applicants))
    stays = {owner: stay for owner, *stay in told.values_list("applicant", *STAY)}
    known, today = exactly or {}, timezone.localdate()
    return {
        one.pk: Traveller(
            str(one.pk),
            tuple(papers[one.pk]),
            known.get(one.pk) or _born(one, today),
            str(one.country),
            *stays.get(one.pk, ()),
        )
        for one in applicants
    }


def _ids(applicants: Iterable[Applicant]) -> QuerySet[Any, Any] | list[UUID]:
    """As a question inside the question where the people come from one: no list of thousands is sent back."""
    if isinstance(applicants, QuerySet):
        return applicants.order_by().values("pk")
    return [one.pk for one in applicants]


def who_can_travel_to(applicants: QuerySet[Applicant], destination: str, on: date) -> list[UUID]:
    """Return whom a destination lets in on a day, with what they hold or with a visa besides."""
    book, people = rulebook(on), travellers(applicants)
    found = ((owner, option_for(one, destination, book)) for owner, one in people.items())
    return [owner for owner, option in found if option is not None and option.answer >= Answer.VISA]


def destinations() -> list[tuple[str, str]]:
    """The places that the rules answer for, as choices in the reader's language."""
    named = EntryRule.objects.order_by().values_list("destination", flat=True).distinct()
    members = AreaMember.objects.order_by().values_list("area", "country")
    areas, countries = zip(*members, strict=True) if members else ((), ())
    codes = {*named, *countries} - {*areas, *NOT_OFFERED}
    return sorted(((code, words.place(code)) for code in codes), key=lambda place: normalise(place[1]))


def household(applicant: Applicant, viewer: User) -> list[Applicant]:
    """The person and the members of the household whom the viewer sees, the person first."""
    others = applicants_for(viewer).filter(pk__in=members_with(applicant).values("applicant"))
    return [applicant, *others.exclude(pk=applicant.pk).order_by("pseudonym")]


def _born(applicant: Applicant, today: date) -> Born | None:
    known = born_between(applicant.age_band, applicant.next_age_threshold, today)
    if known is None and applicant.category in SOLDIERS:
        return at_least(ADULT, today)
    return known


def _paper(values: Sequence[Any]) -> Paper:
    id, type, country, status, issued, expires, pages, chip, destination = values
    return Paper(str(id), type, country, Status(status), issued, expires, pages, chip, destination)
