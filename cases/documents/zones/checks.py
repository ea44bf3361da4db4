"""Which check digits fail, and which single reading mistake would explain it."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.documents.zones.dates import Century, read_date
from cases.documents.zones.digits import check_digit, digit_over, values_of
from cases.documents.zones.kinds import FieldName, Kind
from cases.documents.zones.layouts import FILLER, CheckSlot, Layout

# Signs that are taken for each other in OCR-B and by hand.
MISTAKEN = {
    **{"0": "OQD86", "O": "0QD", "Q": "0O", "D": "0O", "1": "I7L", "I": "1L", "L": "1I", "7": "1T", "T": "7"},
    **{"8": "B063", "B": "8", "3": "8", "5": "S6", "S": "5", "2": "Z7", "Z": "2", "6": "G508", "G": "6"},
    **{"4": "9A", "A": "4", "9": "4", "U": "V", "V": "U"},
}


@dataclass(frozen=True, slots=True, repr=False)
class Fit:
    """Reading one sign otherwise would make the check digit right."""

    line: int
    column: int
    read: str
    fits: str


@dataclass(frozen=True, slots=True, repr=False)
class CheckDigit:
    """One check digit; the text and layout behind it are kept to say what would fit."""

    field: FieldName
    expected: str
    found: str
    line: int
    column: int
    ok: bool
    text: str
    layout: Layout = dataclasses.field(compare=False)
    slot: CheckSlot = dataclasses.field(compare=False)

    @property
    def fits(self) -> tuple[Fit, ...]:
        """Every single reading mistake that would explain a wrong check digit; nothing where it is right."""
        return () if self.ok else tuple(fits(self.layout, self.text, self.slot))


def check_slots(layout: Layout, text: str) -> tuple[CheckSlot, ...]:
    """The check digits of this zone; a long number moves the one over the number."""
    number = layout.checks[0]
    if layout.kind not in (Kind.TD1, Kind.TD2) or text[number.at] != FILLER:
        return layout.checks
    longer = long_number(layout, text, number)
    return (longer, *layout.checks[1:]) if longer else layout.checks


def long_number(layout: Layout, text: str, number: CheckSlot) -> CheckSlot | None:
    """The check digit of a number of more than nine characters.

    A filler replaces the usual one; the rest of the number, its check digit and a filler open the optional data (Doc 9303
    part 5). Belgium counts without that first filler, as the standard says; Portugal counts it, which with values of 0 still
    shifts the weights. Either is accepted.
    """
    start, end = number.over[0]
    optional = layout.by_name[FieldName.OPTIONAL].start
    rest = text[optional : layout.by_name[FieldName.OPTIONAL].end].split(FILLER, 1)[0]
    if len(rest) < 2 or not text[start:end].strip(FILLER):
        return None
    at = optional + len(rest) - 1
    standard = CheckSlot(number.name, at, ((start, end), (optional, at)), filler=False)
    counted = CheckSlot(number.name, at, ((start, end + 1), (optional, at)), filler=False)
    return next((slot for slot in (standard, counted) if digit_holds(slot, text)), standard)


def digit_holds(slot: CheckSlot, text: str) -> bool:
    return check_digit(covered(slot, text)) == text[slot.at]


def covered(slot: CheckSlot, text: str) -> str:
    return "".join([text[start:end] for start, end in slot.over])


def failing(layout: Layout, text: str) -> list[CheckSlot]:
    """The check digits that are wrong."""
    values = values_of(text)
    wrong = []
    for slot in check_slots(layout, text):
        if len(slot.over) == 1:
            start, end = slot.over[0]
            expected = digit_over(values[start:end])
        else:
            expected = digit_over(b"".join([values[start:end] for start, end in slot.over]))
        found = text[slot.at]
        # A letter has a value too, so the sign itself is compared.
        if found != "0123456789"[expected] and not (
            slot.filler and found == FILLER and not covered(slot, text).strip(FILLER)
        ):
            wrong.append(slot)
    return wrong


def read_checks(layout: Layout, text: str) -> tuple[CheckDigit, ...]:
    wrong = failing(layout, text)
    return tuple(
        CheckDigit(
            field=slot.name,
            expected=check_digit(covered(slot, text)),
            found=text[slot.at],
            line=layout.place(slot.at)[0],
            column=layout.place(slot.at)[1],
            ok=slot not in wrong,
            text=text,
            layout=layout,
            slot=slot,
        )
        for slot in check_slots(layout, text)
    )


def fits(layout: Layout, text: str, slot: CheckSlot) -> Iterator[Fit]:
    offsets = [offset for start, end in slot.over for offset in range(start, end)]
    for offset in [*offsets, slot.at]:
        for other in MISTAKEN.get(text[offset], ""):
            if layout.demands[offset] in "9DC" and not other.isdecimal():
                continue
            changed = text[:offset] + other + text[offset + 1 :]
            if digit_holds(slot, changed) and possible(layout, changed, offset):
                line, column = layout.place(offset)
                yield Fit(line, column, text[offset], other)


def possible(layout: Layout, text: str, offset: int) -> bool:
    """Whether the date at that place, if one stands there, exists: what would fit a check digit may be no day."""
    for name, century in ((FieldName.BIRTH, Century.PAST), (FieldName.EXPIRY, Century.NEAREST)):
        slot = layout.by_name.get(name)
        if slot and slot.start <= offset < slot.end:
            # Any leap year will do: only 29 February depends on the century.
            return read_date(text[slot.start : slot.end], century, date(2096, 12, 31))[0] is not None
    return True
