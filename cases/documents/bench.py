"""How long the answers take for many people, all different: a stopwatch round the questions to the database and the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from time import perf_counter

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from cases.applicants.models import Applicant, Category, Channel
from cases.documents.models import Document, Status, Stay
from cases.documents.queries.travel import rulebook, travellers
from cases.documents.travel.facts import Traveller
from cases.documents.travel.options import options
from cases.staff.models import User, random_id
from cases.vault.models import Safe

COUNTRIES = ("KZ", "KZ", "KZ", "AM", "KG", "GE", "RS", "TR", "")
STATUSES = (Status.HELD,) * 6 + tuple(Status)
OFTEN = ("RU_INT", "RU_INT", "RU_ZAG5", "RU_ZAG10", "RU_MIL")
CALLED = "Bench"
# As long as an envelope must be; nobody opens these.
NOTHING = bytes(40)


@dataclass(frozen=True)
class Measured:
    """`bare` is the time of a loop that looks at every paper for every destination and decides nothing."""

    people: int
    papers: int
    options: int
    queries: int
    seconds: float
    bare: float


def measure(people: QuerySet[Applicant], on: date) -> Measured:
    """Answer everybody once, from nothing: reading people, papers and rules included."""
    with CaptureQueriesContext(connection) as captured:
        start = perf_counter()
        book = rulebook(on)
        known = travellers(people)
        number = sum(len(options(one, book)) for one in known.values())
        seconds = perf_counter() - start
    return Measured(
        people=len(known),
        papers=sum(len(one.papers) for one in known.values()),
        options=number,
        queries=len(captured),
        seconds=seconds,
        bare=_bare(book.destinations, list(known.values())),
    )


def invent(number: int, types: Sequence[str], on: date, by: User) -> QuerySet[Applicant]:
    """Make people with one to five papers each; every date, age and status is drawn anew. To be rolled back."""
    random = Random(1)  # noqa: S311  # the same people in every run
    people = [_person(place, random) for place in range(number)]
    safes = [safe for one in people for safe in (one.identity_safe, one.account_safe)]
    Safe.objects.bulk_create(safes, batch_size=2000)
    Applicant.objects.bulk_create(people, batch_size=2000)
    papers = [
        _paper(one, random.choice([*OFTEN, *types]), on, random, by)
        for one in people
        for _number in range(random.randint(1, 5))
    ]
    Document.objects.bulk_create(papers, batch_size=2000)
    stays = [
        Stay(applicant=one, entered_on=on - timedelta(days=random.randrange(400)), updated_by=by)
        for one in people
    ]
    Stay.objects.bulk_create(stays, batch_size=2000)
    return Applicant.objects.filter(pseudonym__startswith=CALLED)


def _person(place: int, random: Random) -> Applicant:
    name, account = (Safe(id=random_id(), kind=kind, **_SEALED) for kind in ("identity", "account"))
    month = date(random.randint(2027, 2045), random.randint(1, 12), 1)
    return Applicant(
        id=random_id(),
        pseudonym=f"{CALLED} {place}",
        category=random.choice(Category.values),
        channel=Channel.OTHER,
        country=random.choice(COUNTRIES),
        identity_safe=name,
        account_safe=account,
        age_band=random.choice(("20-44", "20-44", "20-44", "6-13", "14", "")),
        next_age_threshold=month,
    )


_SEALED = {"public_key": NOTHING, "mac": NOTHING, "organisation_wrap": NOTHING}


def _paper(one: Applicant, code: str, on: date, random: Random, by: User) -> Document:
    issued = on - timedelta(days=random.randrange(-30, 365 * 11))
    expires = issued + timedelta(days=random.choice((365, 365 * 5, 3652)))
    return Document(
        id=random_id(),
        applicant=one,
        type_id=code,
        country="RU",
        status=random.choice(STATUSES),
        issued_on=random.choice((issued, issued, None)),
        expires_on=random.choice((expires, expires, expires, None)),
        blank_pages=random.choice((None, random.randrange(40))),
        destination=random.choice(("", "", "FR")),
        created_by=by,
    )


def _bare(destinations: Sequence[str], people: Sequence[Traveller]) -> float:
    start, seen = perf_counter(), 0
    for one in people:
        for destination in destinations:
            for paper in one.papers:
                seen += paper.type == destination
    return perf_counter() - start
