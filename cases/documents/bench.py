"""How long the answers take: invented travellers, all different, and a stopwatch. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from time import perf_counter

from cases.documents.travel.facts import Born, Paper, Status, Traveller
from cases.documents.travel.options import Guide
from cases.documents.travel.rules import Rules

PLACES = ("KZ", "KZ", "KZ", "AM", "KG", "GE", "RS", "TR", "")
STATUSES = (Status.HELD,) * 6 + tuple(Status)


@dataclass(frozen=True)
class Measured:
    """`bare` is the time of a loop that looks at every paper for every destination and decides nothing."""

    people: int
    papers: int
    destinations: int
    options: int
    seconds: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.bare


def measure(rules: Rules, on: date, travellers: Sequence[Traveller]) -> Measured:
    """Answer everybody once, from nothing: the time includes laying out the rules."""
    start = perf_counter()
    guide = Guide(rules, on)
    options = sum(len(guide.options(traveller)) for traveller in travellers)
    seconds = perf_counter() - start
    return Measured(
        people=len(travellers),
        papers=sum(len(traveller.papers) for traveller in travellers),
        destinations=len(guide.book.destinations),
        options=options,
        seconds=seconds,
        bare=_bare(guide.book.destinations, travellers),
    )


def invented(rules: Rules, on: date, count: int, seed: int = 1) -> list[Traveller]:
    """Travellers with one to five papers of any type; dates, ages and pages are drawn for each anew."""
    random = Random(seed)  # noqa: S311 - nothing secret
    codes = [row.code for row in rules.types]
    return [_traveller(str(number), codes, on, random) for number in range(count)]


def _traveller(key: str, codes: Sequence[str], on: date, random: Random) -> Traveller:
    birth = on - timedelta(days=random.randrange(365 * 70))
    spread = timedelta(days=random.choice((0, 0, 30, 365)))
    often = [code for code in ("RU_INT", "RU_INT", "RU_ZAG5", "RU_ZAG10", "RU_MIL") if code in codes]
    types = [random.choice(often + list(codes)) for _number in range(random.randint(1, 5))]
    return Traveller(
        key=key,
        papers=tuple(_paper(f"{key}.{place}", code, on, random) for place, code in enumerate(types)),
        born=random.choice((None, Born(birth - spread, birth), Born(birth - spread, birth))),
        place=random.choice(PLACES),
        entered=on - timedelta(days=random.randrange(400)),
    )


def _paper(key: str, code: str, on: date, random: Random) -> Paper:
    issued = on - timedelta(days=random.randrange(-30, 365 * 11))
    expires = issued + timedelta(days=random.choice((365, 365 * 5, 3652)))
    return Paper(
        id=key,
        type=code,
        issuer="RU",
        status=random.choice(STATUSES),
        issued=random.choice((issued, issued, None)),
        expires=random.choice((expires, expires, expires, None)),
        blank_pages=random.choice((None, random.randrange(40))),
        destination=random.choice(("", "", "FR")),
    )


def _bare(destinations: Sequence[str], travellers: Sequence[Traveller]) -> float:
    start, seen = perf_counter(), 0
    for traveller in travellers:
        for destination in destinations:
            for paper in traveller.papers:
                seen += paper.type == destination
    return perf_counter() - start
