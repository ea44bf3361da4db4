"""Which field stands where, position by position.

Sources: ICAO Doc 9303 parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (visas); for the Russian internal passport order 773 of the
Ministry of the Interior of 16 November 2020 (before it FMS order of 30 June 2011); for the French card before 2021 its two
lines of 36, which look like a TD2 and are none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.documents.zones.kinds import FieldName, Kind

FILLER = "<"
# What a position demands, as one letter each: L letter, A letter or filler, 9 digit, D digit or filler, C check digit,
# X anything, S sex, K a letter of the internal passport's table, F filler.
CLASSES = {
    "L": "[A-Z]",
    "A": "[A-Z<]",
    "9": "[0-9]",
    "D": "[0-9<]",
    "C": "[0-9<]",
    "X": "[A-Z0-9<]",
    "S": "[A-Z<]",
    "K": "[A-Z2346789<]",
    "F": "<",
}


@dataclass(frozen=True, slots=True)
class Slot:
    name: FieldName
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckSlot:
    """The digit at one offset, over some stretches; a filler may stand for it where all it covers is filler."""

    name: FieldName
    at: int
    over: tuple[tuple[int, int], ...]
    filler: bool


@dataclass(frozen=True)
class Layout:
    """Offsets count in the lines written behind each other."""

    kind: Kind
    lines: int
    width: int
    slots: tuple[Slot, ...]
    checks: tuple[CheckSlot, ...]
    demands: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("".join(map(CLASSES.__getitem__, self.demands)))

    @cached_property
    def by_name(self) -> dict[FieldName, Slot]:
        return {slot.name: slot for slot in self.slots}

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1."""
        line, column = divmod(offset, self.width)
        return line + 1, column + 1

    def cut(self, text: str) -> tuple[str, ...]:
        return tuple(text[start : start + self.width] for start in range(0, len(text), self.width))


Part = tuple[FieldName, str]
F = FieldName
HEAD: list[Part] = [(F.CODE, "LA"), (F.ISSUER, "LAA")]
NUMBER: list[Part] = [(F.NUMBER, "X" * 9), (F.NUMBER, "C")]
DATES: list[Part] = [(F.BIRTH, "D" * 6), (F.BIRTH, "C"), (F.SEX, "S"), (F.EXPIRY, "D" * 6), (F.EXPIRY, "C")]
NATIONALITY: Part = (F.NATIONALITY, "AAA")


Spans = tuple[tuple[int, int], ...]


def layout(kind: Kind, width: int, parts: Sequence[Part], over: Mapping[FieldName, Spans]) -> Layout:
    """Build a layout from its parts in order.

    A part that demands C alone is a check digit: over the stretches named in `over`, otherwise over the field it names.
    """
    offset = 0
    slots: dict[FieldName, Slot] = {}
    checks: list[CheckSlot] = []
    for name, demand in parts:
        if demand == "C":
            spans = over[name] if name in over else ((slots[name].start, slots[name].end),)
            checks.append(CheckSlot(name, offset, spans, filler=name is not F.COMPOSITE))
        else:
            slots[name] = Slot(name, offset, offset + len(demand))
        offset += len(demand)
    demands = "".join(demand for _, demand in parts)
    return Layout(kind, offset // width, width, tuple(slots.values()), tuple(checks), demands)


def names(width: int) -> Part:
    return (F.NAMES, "A" * width)


PASSPORT_TAIL: list[Part] = [(F.OPTIONAL, "X" * 14), (F.OPTIONAL, "C"), (F.COMPOSITE, "C")]
PASSPORT_SPANS: dict[FieldName, Spans] = {
    F.OPTIONAL: ((72, 86),),
    F.COMPOSITE: ((44, 54), (57, 64), (65, 87)),
}
ALL_DIGITS: list[Part] = [(F.NUMBER, "9" * 9), (F.NUMBER, "C")]

TD1 = layout(
    Kind.TD1,
    30,
    [
        *(*HEAD, *NUMBER, (F.OPTIONAL, "X" * 15)),
        *(*DATES, NATIONALITY, (F.OPTIONAL_2, "X" * 11), (F.COMPOSITE, "C")),
        names(30),
    ],
    {F.COMPOSITE: ((5, 30), (30, 37), (38, 45), (48, 59))},
)
TD2 = layout(
    Kind.TD2,
    36,
    [*HEAD, names(31), *NUMBER, NATIONALITY, *DATES, (F.OPTIONAL, "X" * 7), (F.COMPOSITE, "C")],
    {F.COMPOSITE: ((36, 46), (49, 56), (57, 71))},
)
TD3 = layout(Kind.TD3, 44, [*HEAD, names(39), *NUMBER, NATIONALITY, *DATES, *PASSPORT_TAIL], PASSPORT_SPANS)
# Russian passports for abroad are numbered by nine digits.
TD3_RUS = layout(
    Kind.TD3, 44, [*HEAD, names(39), *ALL_DIGITS, NATIONALITY, *DATES, *PASSPORT_TAIL], PASSPORT_SPANS
)
# Visas have neither a check digit over the optional data nor a composite one (Doc 9303 part 7).
MRV_A = layout(Kind.MRV_A, 44, [*HEAD, names(39), *NUMBER, NATIONALITY, *DATES, (F.OPTIONAL, "X" * 16)], {})
MRV_B = layout(Kind.MRV_B, 36, [*HEAD, names(31), *NUMBER, NATIONALITY, *DATES, (F.OPTIONAL, "X" * 8)], {})
RUS_INTERNAL = layout(
    Kind.RUS_INTERNAL,
    44,
    [
        *(*HEAD, (F.NAMES, "K" * 39)),
        *(*ALL_DIGITS, NATIONALITY, (F.BIRTH, "D" * 6), (F.BIRTH, "C"), (F.SEX, "S")),
        *((F.EXPIRY, "F" * 7), (F.SERIES_END, "9"), (F.ISSUED, "9" * 6), (F.UNIT_CODE, "9" * 6)),
        *((F.FILLER, "F"), (F.OPTIONAL, "C"), (F.COMPOSITE, "C")),
    ],
    PASSPORT_SPANS,
)
FRA_OLD_CARD = layout(
    Kind.FRA_OLD_CARD,
    36,
    [
        *(*HEAD, names(25), (F.OFFICE, "X" * 6)),
        *((F.NUMBER, "X" * 12), (F.NUMBER, "C"), (F.GIVEN_NAMES, "A" * 14)),
        *((F.BIRTH, "D" * 6), (F.BIRTH, "C"), (F.SEX, "S"), (F.COMPOSITE, "C")),
    ],
    {F.COMPOSITE: ((0, 71),)},
)


# Number of lines and their width.
SHAPES = ((2, 44), (2, 36), (3, 30))


def layout_for(lines: int, width: int, text: str) -> Layout | None:
    """The layout of a text of that shape, by its first letters; None where no kind has that shape."""
    if (lines, width) == (2, 44):
        if text[0] == "V":
            return MRV_A
        if text.startswith("PNRUS"):
            return RUS_INTERNAL
        return TD3_RUS if text[0] == "P" and text[2:5] == "RUS" else TD3
    if (lines, width) == (2, 36):
        if text[0] == "V":
            return MRV_B
        return FRA_OLD_CARD if text.startswith("IDFRA") and not TD2_SECOND_LINE.match(text, 36) else TD2
    return TD1 if (lines, width) == (3, 30) else None


# What tells a TD2 from the old French card, which has given names where the TD2 has nationality and dates.
TD2_SECOND_LINE = re.compile(r"[A-Z0-9<]{10}[A-Z<]{3}[0-9<]{7}[A-Z<][0-9<]{7}")
