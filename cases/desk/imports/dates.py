"""Dates as people write them, day first: 15.7.1974, 1974-07-15, 15 July 1974, "1974", "5.7.1983 or 10.3.1983"."""

import re
from dataclasses import dataclass
from datetime import date

from cases.desk.imports.words import key

OLDEST_YEAR = 1900
_MONTHS = (
    "jan janv янв",
    "feb fev fevr февр фев",
    "mar mars мар",
    "apr avr апр",
    "may mai май мая мае",
    "jun juin июн",
    "jul juil июл",
    "aug aou авг",
    "sep sept сен сент",
    "oct окт",
    "nov ноя",
    "dec дек",
)
_LONG_MONTHS = (
    "january janvier январь января",
    "february fevrier февраль февраля",
    "march mars март марта",
    "april avril апрель апреля",
    "may mai май мая",
    "june juin июнь июня",
    "july juillet июль июля",
    "august aout август августа",
    "september septembre сентябрь сентября",
    "october octobre октябрь октября",
    "november novembre ноябрь ноября",
    "december decembre декабрь декабря",
)
_MONTH_OF = {
    key(word): number
    for words in (_MONTHS, _LONG_MONTHS)
    for number, line in enumerate(words, 1)
    for word in line.split()
}
_MONTH = r"(?P<word>[^\W\d_]{3,9})\.?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)(?:[T ]00:00(?::00)?)?",
        r"(?<!\d)(?P<day>\d{1,2})\s*[./-]\s*(?P<month>\d{1,2})(?:\s*[./-]\s*|\s+)(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|-?го)?\.?\s+{_MONTH},?\s+(?P<year>\d{{4}})(?!\d)",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?!\d)",
        rf"{_MONTH}\s+(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<month>\d{1,2})[./](?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?!\d)",
    )
)
_NOTHING = {
    "",
    "n d",
    "n a",
    "na",
    "nd",
    "unknown",
    "not known",
    "inconnu",
    "inconnue",
    "неизвестно",
    "неизвестна",
    "нет",
}
_YEAR_SIGNS = re.compile(r"\b(?:г\.?\s?р|г|года|год|y|year)\b\.?|[.,]")


class NotADate(Exception):
    """The text holds no date, or an impossible one."""


@dataclass(frozen=True)
class Found:
    """A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD; not `plain` when there was more in the cell."""

    written: str
    plain: bool


def birth_date(text: str, today: date) -> Found:
    """Return the date; of several that disagree only what they share, at least the first one's year."""
    if key(text).strip() in {key(word) for word in _NOTHING}:
        return Found("", plain=True)
    dates, rest = _dates(text, today)
    if not dates:
        raise NotADate
    plain = len(dates) == 1 and not _YEAR_SIGNS.sub("", rest).strip()
    shared = _shared(dates)
    if any(word in _MONTH_OF for word in key(rest).split()):
        shared = shared[:4]
    return Found(shared, plain)


def contact_day(text: str, today: date) -> date:
    dates, rest = _dates(text, today)
    if len(dates) != 1 or len(dates[0]) != 10 or _YEAR_SIGNS.sub("", rest).strip():
        raise NotADate
    return date.fromisoformat(dates[0])


def _dates(text: str, today: date) -> tuple[list[str], str]:
    """Return the dates in the order they stand in, and the text without them."""
    found: dict[int, str] = {}
    for form in _FORMS:
        for match in form.finditer(text):
            if (written := _written(match, today)) is not None:
                found[match.start()] = written
                text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return [found[place] for place in sorted(found)], text


def _written(match: re.Match[str], today: date) -> str | None:
    parts = match.groupdict()
    month, day = parts.get("month"), parts.get("day")
    if word := parts.get("word"):
        if key(word) not in _MONTH_OF:
            return None
        month = str(_MONTH_OF[key(word)])
    year = _full_year(parts["year"], today)
    try:
        known = date(year, int(month or 1), int(day or 1))
    except ValueError:
        raise NotADate from None
    if year < OLDEST_YEAR or known > today:
        raise NotADate
    return known.isoformat()[: 10 if day else 7 if month else 4]


def _full_year(digits: str, today: date) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= today.year % 100 else 1900)


def _shared(dates: list[str]) -> str:
    for length in (10, 7, 4):
        if len({written[:length] for written in dates}) == 1:
            return min(dates, key=len)[:length]
    return dates[0][:4]
