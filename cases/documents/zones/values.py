"""What a zone says, in plain values: names apart, dates as dates, fillers gone."""

from dataclasses import dataclass
from datetime import date

from cases.documents.zones.checks import check_slots
from cases.documents.zones.dates import Century, PartialDate, read_date
from cases.documents.zones.kinds import FieldName, Kind
from cases.documents.zones.kler import split_patronymic, to_cyrillic
from cases.documents.zones.layouts import Layout
from cases.documents.zones.names import Names, split_names
from cases.documents.zones.states import REFUGEES, STATELESS

NO_NAMES = Names()


@dataclass(frozen=True, slots=True, repr=False)
class Values:
    """Empty text and None stand for what the zone does not hold or what cannot be read."""

    code: str = ""
    issuer: str = ""
    nationality: str = ""
    names: Names = NO_NAMES
    cyrillic: Names = NO_NAMES
    """Only for the Russian internal passport, whose letters can be read back."""
    number: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    expiry: PartialDate | None = None
    optional: tuple[str, ...] = ()
    issued: PartialDate | None = None
    unit_code: str = ""

    @property
    def stateless(self) -> bool:
        return self.nationality == STATELESS

    @property
    def refugee(self) -> bool:
        return self.nationality in REFUGEES


def plain(raw: str) -> str:
    return raw.strip("<").replace("<", " ")


def read_values(layout: Layout, text: str, today: date) -> Values:
    raw = {slot.name: text[slot.start : slot.end] for slot in layout.slots}
    names, cyrillic = people(layout.kind, raw)
    number, optional = numbers(layout, text, raw)
    issued = raw.get(FieldName.ISSUED, "")
    if layout.kind is Kind.FRA_OLD_CARD:
        issued = raw[FieldName.NUMBER][:4] + "<<"
    unit = raw.get(FieldName.UNIT_CODE, "")
    return Values(
        code=plain(raw[FieldName.CODE]),
        issuer=plain(raw[FieldName.ISSUER]),
        nationality=plain(raw.get(FieldName.NATIONALITY, "")),
        names=names,
        cyrillic=cyrillic,
        number=number,
        birth=read_date(raw[FieldName.BIRTH], Century.PAST, today)[0],
        sex=plain(raw[FieldName.SEX]) or "X",
        expiry=expiry(layout.kind, raw, today),
        optional=optional,
        issued=read_date(issued, Century.PAST, today)[0] if issued else None,
        unit_code=f"{unit[:3]}-{unit[3:]}" if unit else "",
    )


def people(kind: Kind, raw: dict[FieldName, str]) -> tuple[Names, Names]:
    if kind is Kind.FRA_OLD_CARD:
        given = tuple(word for word in raw[FieldName.GIVEN_NAMES].split("<") if word)
        return Names(plain(raw[FieldName.NAMES]), given), NO_NAMES
    read = split_names(raw[FieldName.NAMES])
    if kind is not Kind.RUS_INTERNAL:
        return read, NO_NAMES
    given, patronymic = split_patronymic(read.given)
    cyrillic = Names(to_cyrillic(read.surname), tuple(map(to_cyrillic, given)), to_cyrillic(patronymic))
    return Names(read.surname, given, patronymic), cyrillic


def numbers(layout: Layout, text: str, raw: dict[FieldName, str]) -> tuple[str, tuple[str, ...]]:
    """The number of the document, put together where the zone splits it, and the optional data without any part of it."""
    number = raw[FieldName.NUMBER]
    first = raw.get(FieldName.OPTIONAL, "")
    if layout.kind is Kind.RUS_INTERNAL:
        # Three digits of the series stand before the number, the fourth in the optional data.
        number = number[:3] + raw[FieldName.SERIES_END] + number[3:]
    elif layout.kind in (Kind.TD1, Kind.TD2):
        slot = check_slots(layout, text)[0]
        if len(slot.over) > 1:
            start, end = slot.over[1]
            number += text[start:end]
            first = first[end + 1 - start :]
    both = (plain(first), plain(raw.get(FieldName.OPTIONAL_2, "")))
    return plain(number), tuple([part for part in both if part])


def expiry(kind: Kind, raw: dict[FieldName, str], today: date) -> PartialDate | None:
    if kind in (Kind.RUS_INTERNAL, Kind.FRA_OLD_CARD):
        return None
    found, _ = read_date(raw[FieldName.EXPIRY], Century.NEAREST, today)
    return found
