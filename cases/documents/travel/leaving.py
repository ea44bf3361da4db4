"""Whether somebody can leave the place where he is, and what must be done there in time."""

from collections.abc import Iterable
from datetime import date, timedelta

from cases.documents.travel.answers import Leaving, Option
from cases.documents.travel.facts import Traveller
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.rules import ExitRule, StayRule


def leaving(traveller: Traveller, book: Rulebook, option: Option | None = None) -> Leaving:
    """Return what may keep a person from leaving; with `option`, also what its paper meets at the border."""
    met = {
        "overstay": is_over(traveller, book),
        "barred": traveller.barred,
        "foreign_laissez_passer": option is not None and needs_laissez_passer(option, book),
        # Whether a registration was made, and confirmed, stands in no paper for certain.
        "registration": None,
    }
    found: dict[str, list[ExitRule]] = {"stops": [], "asks": [], "unknown": []}
    for obstacle, is_met in met.items():
        for row in book.exits(traveller.place, obstacle) if is_met is not False else ():
            found["unknown" if is_met is None else row.effect].append(row)
    return Leaving(tuple(found["stops"]), tuple(found["asks"]), tuple(found["unknown"]))


def is_over(traveller: Traveller, book: Rulebook) -> bool | None:
    """Whether a lawful stay has ended: what somebody said counts, else what entry and the rule of stay say."""
    if traveller.overstay is not None or traveller.entered is None:
        return traveller.overstay
    ends = [
        last for row, last in stay_deadlines(traveller.place, traveller.entered, book) if row.kind == "stay"
    ]
    return book.on > min(ends) if ends else None


def stay_deadlines(place: str, entered: date, book: Rulebook) -> list[tuple[StayRule, date]]:
    """Return each rule of stay of a country with its last day, counted from the crossing of the border.

    The day of entry is the first day of a stay; a duty "within so many days" may be done on the last of them.
    """
    rows = book.stays(place, entered)
    return [
        (row, entered + timedelta(days=row.days - (row.kind == "stay")))
        for row in sorted(rows, key=lambda row: (row.days, row.key))
    ]


def needs_laissez_passer(option: Option, book: Rulebook) -> bool:
    """Whether the way rests on a paper that a foreign consulate makes for one journey."""
    codes: Iterable[str] = (
        [option.paper.type] if option.paper else [option.remedy.document] if option.remedy else []
    )
    types = (book.types.get(code) for code in codes)
    return any(facts is not None and facts.role == "single" for facts in types)
