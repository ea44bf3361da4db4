"""How old a traveller is on a day, as far as it is known."""

from datetime import date

from cases.documents.travel.days import years_before
from cases.documents.travel.facts import Born

ADULT = 18


def at_least(age: int, on: date) -> Born:
    """Somebody who has reached `age` by the day `on`."""
    return Born(None, years_before(on, age))


def is_between(birth: Born | None, on: date, age_from: int | None, age_below: int | None) -> bool | None:
    """Whether somebody is of an age with these bounds on a day; None where it is not known."""
    answers = (
        True if age_from is None else has_reached(birth, on, age_from),
        True if age_below is None else _not(has_reached(birth, on, age_below)),
    )
    if False in answers:
        return False
    return None if None in answers else True


def has_reached(birth: Born | None, on: date, age: int) -> bool | None:
    if birth is None:
        return None
    limit = years_before(on, age)
    if birth.latest is not None and birth.latest <= limit:
        return True
    if birth.earliest is not None and birth.earliest > limit:
        return False
    return None


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
