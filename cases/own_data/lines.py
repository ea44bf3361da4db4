"""What a copy is made of: sections of lines, each with its label and what is said."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


@dataclass(frozen=True, repr=False)
class Line:
    label: str
    said: list[str]


@dataclass(frozen=True, repr=False)
class Section:
    code: str
    title: str
    lines: list[Line]


def at(moment: date | datetime | None, *said: str) -> Line:
    """What was said on a day; what is empty is left out."""
    return Line(day(moment), [one for one in said if one])


def day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return date_format(timezone.localdate(moment) if isinstance(moment, datetime) else moment)
