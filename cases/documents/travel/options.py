"""Where a person can go: every destination with an answer, the paper it rests on, why, and what to do next."""

from collections.abc import Iterable, Sequence

from cases.documents.travel.answers import Change, Option, Together
from cases.documents.travel.facts import Traveller
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.rules import Row
from cases.documents.travel.weighing import Weighing


def options(traveller: Traveller, book: Rulebook) -> tuple[Option, ...]:
    """Return an option for every destination of the rules, in the order of their codes."""
    weighing = Weighing(traveller, book)
    return tuple(weighing.option(place, name) for place, name in enumerate(book.destinations))


def option_for(traveller: Traveller, destination: str, book: Rulebook) -> Option | None:
    """Return the option for one destination alone; None where the rules know no such place."""
    if destination not in book.destinations:
        return None
    return Weighing(traveller, book).option(book.destinations.index(destination), destination)


def together(members: Sequence[tuple[str, tuple[Option, ...]]]) -> tuple[Together, ...]:
    """Return for each destination the worst answer among the members, given as (key, options) over the same rules."""
    found = []
    for group in zip(*(options for _key, options in members), strict=True):
        worst = min(one.answer for one in group)
        hangs_on = tuple(
            key for (key, _options), one in zip(members, group, strict=True) if one.answer == worst
        )
        found.append(Together(group[0].destination, worst, hangs_on))
    return tuple(found)


def changes(before: Iterable[Option], after: Iterable[Option]) -> tuple[Change, ...]:
    """Return the destinations that two days answer differently, each with the rows that only one of them cites."""
    pairs = [
        (one, other)
        for one, other in zip(before, after, strict=True)
        if (one.answer, one.paper) != (other.answer, other.paper)
    ]
    return tuple(Change(one, other, _only_one_cites(one, other)) for one, other in pairs)


def _only_one_cites(one: Option, other: Option) -> tuple[Row, ...]:
    first, second = {row.key for row in one.cites}, {row.key for row in other.cites}
    rows = [row for row in (*other.cites, *one.cites) if (row.key in first) != (row.key in second)]
    return tuple(row for row in rows if row.begins or row.ends)
