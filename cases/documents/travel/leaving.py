"""Whether the place lets somebody leave, and which days count there. A question apart from where one may enter."""

from collections.abc import Iterable
from datetime import date

from cases.documents.travel.answers import Answer, Leaving, Option
from cases.documents.travel.days import plus_days
from cases.documents.travel.facts import Paper, Status, Traveller
from cases.documents.travel.rules import ExitRule, Rules, StayRule, TypeFacts

ANY = "ANY"


def leaving(traveller: Traveller, rules: Rules, on: date, option: Option | None = None) -> Leaving:
    """Return what stops, what must be agreed first and what nobody knows; for the way to `option` where it is given.

    Without it somebody who has no passport in hand is taken to need a laissez-passer.
    """
    stays = stay_deadlines(traveller.place, traveller.entered, rules)
    until = [(rule, day) for rule, day in stays if rule.kind == "stay"]
    met = {
        "overstay": _overstayed(traveller, [day for _rule, day in until], rules, on),
        "barred": traveller.barred,
        "foreign_laissez_passer": _on_laissez_passer(traveller, rules, on, option),
        "registration": _unregistered(traveller, stays, rules, on),
    }
    found: dict[str, list[ExitRule]] = {"stops": [], "asks": [], "unknown": []}
    for row in _exit_rows(traveller.place, rules, on):
        is_met = met.get(row.obstacle)
        if is_met is not False:
            found["unknown" if is_met is None else row.effect].append(row)
    return Leaving(
        tuple(found["stops"]),
        tuple(found["asks"]),
        tuple(found["unknown"]),
        min(until, key=lambda one: one[1], default=None),
    )


def stay_deadlines(place: str, entered: date | None, rules: Rules) -> tuple[tuple[StayRule, date], ...]:
    """Return the last day of each stay and duty that began with the entry, the earliest first.

    Of a stay the day of entry is the first day; a duty counts from the day after. A row counts if it is in force
    on any day in between.
    """
    if entered is None:
        return ()
    last = (
        (row, plus_days(entered, row.days - 1 if row.kind == "stay" else row.days))
        for row in rules.stays
        if row.country == place
    )
    return tuple(
        sorted(
            ((row, day) for row, day in last if _overlaps(row, entered, day)),
            key=lambda one: (one[1], one[0].key),
        )
    )


def _overlaps(row: StayRule, first: date, last: date) -> bool:
    return (row.begins is None or row.begins <= last) and (row.ends is None or first <= row.ends)


def _exit_rows(place: str, rules: Rules, on: date) -> Iterable[ExitRule]:
    """A country's own row on an obstacle stands above the one for all."""
    today = [row for row in rules.exits if row.in_force(on) and row.country in (place, ANY)]
    own = {row.obstacle for row in today if row.country != ANY}
    return (row for row in today if row.country != ANY or row.obstacle not in own)


def _overstayed(traveller: Traveller, last_days: list[date], rules: Rules, on: date) -> bool | None:
    if traveller.overstay is not None:
        return traveller.overstay
    if not last_days or traveller.entered is None or on < traveller.entered:
        return None
    if on <= min(last_days):
        return False
    stays = [
        paper for paper in _stay_papers(traveller, rules) if paper.expires is not None and on <= paper.expires
    ]
    if any(paper.issued is not None and paper.issued <= plus_days(min(last_days), 1) for paper in stays):
        return False
    # A permit that came later, or two rules that disagree: somebody has to ask.
    return None if stays or on <= max(last_days) else True


def _unregistered(
    traveller: Traveller, stays: Iterable[tuple[StayRule, date]], rules: Rules, on: date
) -> bool | None:
    """None after the last day: whether a registration was made, and confirmed, stands in no paper for certain."""
    if any(paper.expires is None or on <= paper.expires for paper in _stay_papers(traveller, rules)):
        return False
    last_days = [day for rule, day in stays if rule.kind == "register"]
    return False if last_days and on <= min(last_days) else None


def _stay_papers(traveller: Traveller, rules: Rules) -> list[Paper]:
    types = {row.code for row in rules.types if row.role == "stay"}
    return [
        paper
        for paper in traveller.papers
        if paper.type in types and paper.issuer == traveller.place and paper.status is Status.HELD
    ]


def _on_laissez_passer(traveller: Traveller, rules: Rules, on: date, option: Option | None) -> bool | None:
    types = {row.code: row for row in rules.types}
    if option is None or option.answer < Answer.REMEDY:
        return not any(_is_passport(paper, types, on) for paper in traveller.papers)
    if option.answer is Answer.REMEDY:
        return any(types[code].role == "single" for code in option.missing if code in types)
    return option.paper is not None and types[option.paper.type].role == "single"


def _is_passport(paper: Paper, types: dict[str, TypeFacts], on: date) -> bool:
    facts = types.get(paper.type)
    if facts is None or facts.role != "travel" or paper.status is not Status.HELD:
        return False
    return paper.expires is None or paper.expires >= on
