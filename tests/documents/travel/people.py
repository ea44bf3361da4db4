"""Travellers and their papers, and the rules that the program ships with."""

from datetime import date
from functools import cache

from cases.documents.reference.files import read_rules
from cases.documents.travel.days import years_before
from cases.documents.travel.facts import Born, Paper, Status, Traveller
from cases.documents.travel.options import options
from cases.documents.travel.rulebook import Rulebook

TODAY = date(2026, 11, 23)
ADULT = Born(date(1994, 3, 11), date(1994, 3, 11))


@cache
def book(on=TODAY):
    return Rulebook(read_rules(), on)


def of_age(age, on=TODAY):
    """Somebody who reached this age half a year before the day."""
    born = years_before(on, age)
    born = (
        born.replace(day=1, month=born.month - 6)
        if born.month > 6
        else date(born.year - 1, born.month + 6, 1)
    )
    return Born(born, born)


def paper(type, **facts):
    return Paper(facts.pop("id", type), type, facts.pop("issuer", "RU"), **facts)


def internal(**facts):
    return paper("RU_INT", **facts)


def five(**facts):
    """A passport without a chip, good on every day that the tests ask about."""
    return paper(
        "RU_ZAG5", **{"issued": date(2024, 1, 1), "expires": date(2028, 12, 31), "blank_pages": 9, **facts}
    )


def ten(**facts):
    return paper(
        "RU_ZAG10", **{"issued": date(2021, 1, 1), "expires": date(2030, 12, 31), "blank_pages": 9, **facts}
    )


def visa(type="EU_VISA_C", **facts):
    return paper(type, **{"issued": date(2024, 1, 1), "expires": date(2028, 12, 31), **facts})


def lost(one):
    return Paper(one.id, one.type, one.issuer, Status.LOST)


def traveller(*papers, born=ADULT, place="KZ", **facts):
    return Traveller("x", papers, born, place, **facts)


def asked(one, destination, on=TODAY):
    """The option of one traveller for one destination on a day."""
    return next(option for option in options(one, book(on)) if option.destination == destination)
