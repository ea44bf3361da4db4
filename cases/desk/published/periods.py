"""The periods for which figures leave the house: quarters and years that are over, and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

# So many years back somebody may ask for.
YEARS = 4


@dataclass(frozen=True)
class Period:
    """`quarter` 0 is the whole year."""

    year: int
    quarter: int

    @property
    def code(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def starts(self) -> date:
        return date(self.year, 3 * self.quarter - 2 if self.quarter else 1, 1)

    @property
    def ends(self) -> date:
        """The last day of it."""
        year, month = (self.year, 3 * self.quarter + 1) if self.quarter else (self.year + 1, 1)
        return (date(year + 1, 1, 1) if month == 13 else date(year, month, 1)) - timedelta(days=1)

    def __str__(self) -> str:
        if not self.quarter:
            return str(self.year)
        return _("quarter %(quarter)s of %(year)s") % {"quarter": self.quarter, "year": self.year}


def over(today: date) -> Iterator[Period]:
    """Quarters and years that are over, the latest first."""
    for year in range(today.year, today.year - YEARS, -1):
        for quarter in (0, 4, 3, 2, 1):
            period = Period(year, quarter)
            if period.ends < today:
                yield period


def period_of(code: str) -> Period:
    year, _dash, quarter = code.partition("-Q")
    return Period(int(year), int(quarter or 0))
