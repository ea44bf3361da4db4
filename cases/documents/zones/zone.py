"""A zone that was read: verdict, defects, repairs, and on demand its fields, check digits and values."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.documents.zones.checks import CheckDigit, read_checks
from cases.documents.zones.defects import VERDICTS, Defect, Finding, Grade, Repair, worst
from cases.documents.zones.kinds import FieldName, Kind, Verdict
from cases.documents.zones.layouts import Layout
from cases.documents.zones.values import Values, plain, read_values

DATES = {FieldName.BIRTH: "birth", FieldName.EXPIRY: "expiry", FieldName.ISSUED: "issued"}


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One field: what stands there, what it means, and where; line and column count from 1."""

    name: FieldName
    raw: str
    value: str
    line: int
    column: int

    @property
    def explanation(self) -> str:
        return self.name.meaning


# Not slotted: what is made on demand is kept beside the fields.
@dataclass(frozen=True, repr=False)
class Zone:
    """What became of one text.

    `defects` belong to the text as it was typed. Where repairs helped, `lines`, `fields`, `checks` and `values` belong to the
    repaired reading, and `remaining` says what is wrong with that.
    """

    kind: Kind | None
    lines: tuple[str, ...]
    verdict: Verdict
    defects: tuple[Finding, ...]
    today: date
    layout: Layout | None = dataclasses.field(default=None, compare=False)
    repairs: tuple[Repair, ...] = ()
    remaining: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return f"<Zone {self.kind} {self.verdict}>"

    @property
    def valid(self) -> bool:
        """Valid as it was typed; not so after a correction, which somebody has to confirm."""
        return self.verdict is Verdict.VALID

    @property
    def check_digits_hold(self) -> bool:
        """Shape and check digits of the text as it was typed; says nothing about what is doubtful in it."""
        return self.kind is not None and worst(self.defects) is not Grade.BROKEN

    @property
    def text(self) -> str:
        return "".join(self.lines)

    @cached_property
    def values(self) -> Values:
        return read_values(self.layout, self.text, self.today) if self.layout else Values()

    @cached_property
    def checks(self) -> tuple[CheckDigit, ...]:
        return read_checks(self.layout, self.text) if self.layout else ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        if self.layout is None:
            return ()
        found = []
        text = self.text
        for slot in self.layout.slots:
            raw = text[slot.start : slot.end]
            line, column = self.layout.place(slot.start)
            found.append(Field(slot.name, raw, self.value_of(slot.name, raw), line, column))
        return tuple(found)

    def value_of(self, name: FieldName, raw: str) -> str:
        if name in DATES:
            read = getattr(self.values, DATES[name])
            return str(read) if read else ""
        if name is FieldName.NUMBER:
            return self.values.number
        if name is FieldName.OPTIONAL:
            return self.values.optional[0] if self.values.optional else ""
        return plain(raw)

    def field(self, name: FieldName) -> Field | None:
        return next((found for found in self.fields if found.name is name), None)


def judged(layout: Layout, lines: tuple[str, ...], findings: tuple[Finding, ...], today: date) -> Zone:
    """A zone of the right shape, as it was typed."""
    return Zone(layout.kind, lines, VERDICTS[worst(findings)], findings, today, layout)


def nothing(defect: Defect, today: date, **parameters: str) -> Zone:
    """The answer to a text that is no zone."""
    return Zone(None, (), Verdict.INVALID, (Finding(defect, parameters=parameters),), today)
