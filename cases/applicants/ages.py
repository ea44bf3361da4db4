"""Ages at which a rule changes, from a birth date that may be known only in part. Pure: no database, no Django.

A missing day or month counts as the latest possible: somebody is treated as a child until it is certain that they
are not one any more.
"""

import re
from calendar import monthrange
from datetime import date

THRESHOLDS = (6, 14, 15, 18, 20, 45)
BANDS = ("0-5", "6-13", "14", "15-17", "18-19", "20-44", "45+")
OLDEST = 120

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def latest_birth_date(written: str) -> date | None:
    """Return the latest day that "YYYY", "YYYY-MM" or "YYYY-MM-DD" can mean, or None where it means nothing."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])
    except ValueError:
        return None


def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches `age`; who was born on 29 February waits for 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_facts(birth_date: str, today: date) -> tuple[str, date | None]:
    """Return the age band and the first day of the month in which the next threshold is reached."""
    born = latest_birth_date(birth_date)
    if born is None or not _plausible(born, birth_date, today):
        return "", None
    for band, threshold in zip(BANDS, THRESHOLDS, strict=False):
        reached = birthday(born, threshold)
        if reached > today:
            return band, reached.replace(day=1)
    return BANDS[-1], None


def grown(band: str, threshold_month: date | None, today: date) -> tuple[str, date | None]:
    """Carry the facts sealed some time ago forward to `today`; a threshold counts when its month is over."""
    while threshold_month is not None and band in BANDS[:-1]:
        if (today.year, today.month) <= (threshold_month.year, threshold_month.month):
            break
        place = BANDS.index(band) + 1
        band = BANDS[place]
        if place < len(THRESHOLDS):
            years = THRESHOLDS[place] - THRESHOLDS[place - 1]
            threshold_month = threshold_month.replace(year=threshold_month.year + years)
        else:
            threshold_month = None
    return band, threshold_month


def _plausible(born: date, written: str, today: date) -> bool:
    if birthday(born, OLDEST) < today:
        return False
    # Of a birth date known in part only what is known must not lie in the future.
    length = len(written.strip())
    return born.isoformat()[:length] <= today.isoformat()[:length]
