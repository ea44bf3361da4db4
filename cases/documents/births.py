"""When somebody can have been born, from the age facts that stand in clear. Pure."""

from datetime import date, timedelta

from cases.applicants.ages import BANDS, THRESHOLDS, latest_birth_date
from cases.documents.travel.days import years_before
from cases.documents.travel.facts import Born


def born_between(band: str, threshold_month: date | None, today: date) -> Born | None:
    """Return the month of birth, reckoned back from the month of the next age threshold; None where no age is known.

    A birth date that is known by its year alone is kept as the last day of that year, so December stands for all of it.
    """
    if band not in BANDS:
        return None
    place = BANDS.index(band)
    if threshold_month is None or place >= len(THRESHOLDS):
        return Born(None, years_before(today, THRESHOLDS[-1])) if band == BANDS[-1] else None
    first = threshold_month.replace(year=threshold_month.year - THRESHOLDS[place], day=1)
    latest = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if first.month == 12:
        return Born(first.replace(month=1), latest)
    # Who was born on 29 February has the birthday on 1 March in other years.
    leap_day = first - timedelta(days=1)
    return Born(leap_day if (leap_day.month, leap_day.day) == (2, 29) else first, latest)


def born_on(written: str) -> Born | None:
    """Return what a birth date says that may be known in part: "1999", "1999-11" or "1999-11-04"."""
    latest = latest_birth_date(written)
    if latest is None:
        return None
    year, month, day = (*(int(part) for part in written.strip().split("-")), 1, 1)[:3]
    return Born(date(year, month, day), latest)
