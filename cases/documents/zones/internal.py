"""What only the Russian internal passport has: its own letters, fillers for an expiry, date of issue and unit code.

Check digits alone do not prove this layout: a zone put together in the wrong order can have every one of them right.
"""

from collections.abc import Iterator
from datetime import date

from cases.documents.zones.dates import Century, birthday, read_date
from cases.documents.zones.defects import Defect, Finding
from cases.documents.zones.findings import found_at
from cases.documents.zones.kinds import FieldName
from cases.documents.zones.kler import respell
from cases.documents.zones.layouts import Layout

# Passports of this kind are issued since this day (decree 232 of 13 March 1997, government order 828 of 8 July 1997).
FIRST_ISSUED = date(1997, 10, 1)
AGE = 14
NO_REGION = "00"


def examine_internal(layout: Layout, text: str, today: date) -> Iterator[Finding]:
    yield from strange_spelling(layout, text)
    for name in (FieldName.EXPIRY, FieldName.FILLER):
        slot = layout.by_name[name]
        for offset in range(slot.start, slot.end):
            if text[offset] != "<":
                yield found_at(layout, name, Defect.FILLER_EXPECTED, offset, found=text[offset])
    yield from issue(layout, text, today)


def strange_spelling(layout: Layout, text: str) -> Iterator[Finding]:
    slot = layout.by_name[FieldName.NAMES]
    offset = slot.start
    for word in text[slot.start : slot.end].split("<"):
        if (better := respell(word)) != word:
            yield found_at(layout, slot.name, Defect.NOT_KLER, offset, found=word, expected=better)
        offset += len(word) + 1


def issue(layout: Layout, text: str, today: date) -> Iterator[Finding]:
    day, unit = layout.by_name[FieldName.ISSUED], layout.by_name[FieldName.UNIT_CODE]
    raw_day, raw_unit = text[day.start : day.end], text[unit.start : unit.end]
    born = birth(layout, text, today)
    defect = implausible(raw_day, born, today)
    if defect and plausible_unit(raw_day) and not implausible(raw_unit, born, today):
        yield found_at(layout, day.name, Defect.UNIT_BEFORE_DATE, day.start, found=raw_day + raw_unit)
        return
    if defect:
        yield found_at(layout, day.name, defect, day.start, found=raw_day)
    if raw_unit.isdecimal() and not plausible_unit(raw_unit):
        yield found_at(layout, unit.name, Defect.UNIT_CODE, unit.start, found=raw_unit)


def birth(layout: Layout, text: str, today: date) -> date | None:
    slot = layout.by_name[FieldName.BIRTH]
    found, _ = read_date(text[slot.start : slot.end], Century.PAST, today)
    return found.exact if found else None


def implausible(raw: str, born: date | None, today: date) -> Defect | None:
    """Why the six characters cannot be the date of issue."""
    if not raw.isdecimal():
        # Named as a wrong character already, position by position.
        return None
    found, defect = read_date(raw, Century.PAST, today)
    issued = found.exact if found else None
    if issued is None:
        return defect if defect is Defect.DATE_IMPOSSIBLE else Defect.DATE_CHARACTERS
    if not FIRST_ISSUED <= issued <= today or (born and issued < birthday(born, AGE)):
        return Defect.ISSUE_IMPLAUSIBLE
    return None


def plausible_unit(raw: str) -> bool:
    """Two digits of the region, one of the level, three of the office."""
    return raw.isdecimal() and raw[:2] != NO_REGION
