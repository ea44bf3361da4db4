"""Write a zone: what a document with these fields would have printed in it, check digits included."""

from collections.abc import Mapping
from datetime import date

from cases.documents.zones import layouts
from cases.documents.zones.checks import covered
from cases.documents.zones.dates import PartialDate
from cases.documents.zones.digits import check_digit
from cases.documents.zones.kinds import FieldName, Kind
from cases.documents.zones.kler import to_kler
from cases.documents.zones.layouts import Layout
from cases.documents.zones.names import zone_letters

LAYOUTS = {
    Kind.TD1: layouts.TD1,
    Kind.TD2: layouts.TD2,
    Kind.TD3: layouts.TD3,
    Kind.MRV_A: layouts.MRV_A,
    Kind.MRV_B: layouts.MRV_B,
}
CODES = {Kind.TD1: "I", Kind.TD2: "I", Kind.TD3: "P", Kind.MRV_A: "V", Kind.MRV_B: "V"}
SHORT_NUMBER = 9
# Rules of the internal passport: the patronymic is cut first, the name only where surname and name leave it no room, and then
# the last two signs are a filler and the first letter of the patronymic.
NAMES_WIDTH = 39
ROOM_FOR_BOTH = 37
LONGEST_SURNAME = 34


def compose(
    kind: Kind,
    *,
    surname: str,
    given_names: str = "",
    number: str,
    issuer: str,
    nationality: str,
    birth: date | PartialDate,
    expiry: date | PartialDate,
    sex: str = "",
    code: str = "",
    optional: str = "",
    optional_2: str = "",
) -> tuple[str, ...]:
    """The lines of a zone of ICAO Doc 9303; names that are too long are cut.

    ValueError where another field does not fit, or for the two kinds of national card that have rules of their own.
    """
    if kind not in LAYOUTS:
        raise ValueError(f"{kind} is not written by this function")
    layout = LAYOUTS[kind]
    raw = {
        FieldName.CODE: code or CODES[kind],
        FieldName.ISSUER: issuer,
        FieldName.NAMES: names_field(surname, given_names, layout),
        FieldName.NUMBER: number,
        FieldName.NATIONALITY: nationality,
        FieldName.BIRTH: six_digits(birth),
        FieldName.SEX: sex,
        FieldName.EXPIRY: six_digits(expiry),
        FieldName.OPTIONAL: optional,
        FieldName.OPTIONAL_2: optional_2,
    }
    longer = len(number) > SHORT_NUMBER and kind in (Kind.TD1, Kind.TD2)
    if longer:
        rest = number[SHORT_NUMBER:] + check_digit(number)
        raw[FieldName.NUMBER] = number[:SHORT_NUMBER]
        raw[FieldName.OPTIONAL] = f"{rest}<{optional}".rstrip("<")
    return layout.cut(fill(layout, raw, long_number=longer))


def compose_internal(
    *,
    surname: str,
    given_names: str,
    patronymic: str = "",
    number: str,
    birth: date,
    sex: str,
    issued: date,
    unit_code: str,
) -> tuple[str, ...]:
    """The two lines of a Russian internal passport; names in Cyrillic, number of ten digits, unit code 292-000.

    ValueError where a field does not fit.
    """
    digits = "".join(filter(str.isdecimal, number))
    if len(digits) != 10:
        raise ValueError("the number of an internal passport has ten digits")
    raw = {
        FieldName.CODE: "PN",
        FieldName.ISSUER: "RUS",
        FieldName.NAMES: internal_names(to_kler(surname), to_kler(given_names), to_kler(patronymic)),
        FieldName.NUMBER: digits[:3] + digits[4:],
        FieldName.NATIONALITY: "RUS",
        FieldName.BIRTH: six_digits(birth),
        FieldName.SEX: sex,
        FieldName.SERIES_END: digits[3],
        FieldName.ISSUED: six_digits(issued),
        FieldName.UNIT_CODE: unit_code.replace("-", ""),
    }
    return layouts.RUS_INTERNAL.cut(fill(layouts.RUS_INTERNAL, raw))


def internal_names(surname: str, given: str, patronymic: str) -> str:
    both = f"{surname[:LONGEST_SURNAME]}<<{given}"
    if len(both) <= ROOM_FOR_BOTH or not patronymic:
        return f"{both}<{patronymic}".rstrip("<")[:NAMES_WIDTH]
    return f"{both[:ROOM_FOR_BOTH]}<{patronymic[0]}"


def names_field(surname: str, given: str, layout: Layout) -> str:
    slot = layout.by_name[FieldName.NAMES]
    both = f"{zone_letters(surname)}<<{zone_letters(given)}"
    return both[: slot.end - slot.start].rstrip("<")


def six_digits(day: date | PartialDate) -> str:
    if isinstance(day, date):
        return day.strftime("%y%m%d")
    parts = (None if day.year is None else day.year % 100, day.month, day.day)
    return "".join("<<" if part is None else f"{part:02}" for part in parts)


def fill(layout: Layout, raw: Mapping[FieldName, str], *, long_number: bool = False) -> str:
    """The whole text with fillers and check digits; ValueError where a field is too long or cannot stand there.

    A long number brings its check digit along in the optional data; the usual one stays a filler.
    """
    signs = ["<"] * len(layout.demands)
    for slot in layout.slots:
        content = raw.get(slot.name, "").upper()
        if len(content) > slot.end - slot.start:
            raise ValueError(f"{slot.name.code} is too long")
        signs[slot.start : slot.start + len(content)] = content
    for check in layout.checks:
        if not (long_number and check.name is FieldName.NUMBER):
            signs[check.at] = check_digit(covered(check, "".join(signs)))
    text = "".join(signs)
    if not layout.pattern.fullmatch(text):
        raise ValueError("a field holds a sign that cannot stand in it")
    return text
