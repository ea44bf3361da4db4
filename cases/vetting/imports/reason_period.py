"""The months that the reasons of a listing name: “in February to March 2022”. A proposal for somebody to confirm."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join(MONTHS)
_SENTENCES = re.compile(r"(?<=[.])\s+(?=[A-Z‘“])")
_RANGE = re.compile(
    rf"(?:(\d{{1,2}}) )?({_MONTH})(?: (\d{{4}}))? (?:to|until|and|–|-) (?:(\d{{1,2}}) )?({_MONTH}) (\d{{4}})"
)
_ONE = re.compile(
    rf"(?P<before>[Ss]ince |[Uu]ntil |[Bb]y )?(?:mid-|early |late )?(?:(?P<day>\d{{1,2}}) )?(?P<month>{_MONTH}) (?P<year>\d{{4}})"
    r"(?P<after> (?:full-scale )?invasion)?"
)
_YEAR = re.compile(r"\b[Ii]n (?:early|late|mid-?|the (?:beginning|spring|summer|autumn|end) of) ?(\d{4})\b")
# The date of an office is not the date of what happened.
_OFFICE = re.compile(r"\b(?:he|she) (?:was|is|has been)\b|\bappointed\b|\bnamed (?:after|as)\b")


@dataclass(frozen=True)
class Period:
    begins: str
    ends: str
    sentence: str


def sentences(text: str) -> list[str]:
    return _SENTENCES.split(text.strip())


def sentences_about(text: str, names: Iterable[str]) -> Iterator[str]:
    """The sentences that name one of these units or places."""
    wanted = [name.casefold() for name in names if name]
    return (one for one in sentences(text) if any(name in one.casefold() for name in wanted))


def period_named(text: str, places: Iterable[str], units: Iterable[str]) -> Period | None:
    """The time that a sentence about a place gives, else one about a unit; None where the text names no month."""
    of_places = list(sentences_about(text, places))
    of_units = [
        one for one in sentences_about(text, units) if one not in of_places and not _OFFICE.search(one)
    ]
    for sentence in [*of_places, *of_units]:
        if found := _read(sentence):
            return Period(*found, sentence)
    return None


def _read(sentence: str) -> tuple[str, str] | None:
    if found := _RANGE.search(sentence):
        first_day, first, first_year, last_day, last, last_year = found.groups()
        return _written(first_day, first, first_year or last_year), _written(last_day, last, last_year)
    if found := _ONE.search(sentence):
        day = _written(found["day"], found["month"], found["year"])
        before = (found["before"] or "").strip().lower()
        # What began with the invasion did not end with that month.
        begins = "" if before in ("until", "by") else day
        return begins, "" if before == "since" or found["after"] else day
    if found := _YEAR.search(sentence):
        return found[1], found[1]
    return None


def _written(day: str | None, month: str, year: str) -> str:
    written = f"{year}-{MONTHS.index(month) + 1:02}"
    return f"{written}-{int(day):02}" if day else written
