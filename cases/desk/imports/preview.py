"""What is shown of a file before it is taken in. Sealed columns are only named, never shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_countries import countries

from cases.applicants.languages import in_words
from cases.applicants.models import Category, Channel, Urgency
from cases.desk.imports.fields import BY_CODE, CONTACT, IDENTITY, NAMES
from cases.desk.imports.forms import ColumnsForm
from cases.desk.imports.headings import has_headings, shape
from cases.desk.imports.people import Person, Remark
from cases.sheets.tables import Table, letter

ROWS = 20
REMARKS = 200
EXAMPLES = 2


@dataclass(frozen=True)
class Column:
    letter: str
    heading: str
    examples: list[str]
    field: BoundField


@dataclass(frozen=True)
class Line:
    row: int
    pseudonym: str
    sealed: str
    category: str
    country: str
    channel: str
    more: str
    good: bool


@dataclass(frozen=True)
class Said:
    row: int
    column: str
    text: str
    blocks: bool


@dataclass(frozen=True)
class Preview:
    total: int
    good: int
    nameless: int
    lines: list[Line] = field(repr=False)
    remarks: list[Said] = field(repr=False)
    unsaid: int
    names_mapped: bool

    @property
    def bad(self) -> int:
        return self.total - self.good


@dataclass(frozen=True)
class Left:
    row: int
    why: str


def columns(form: ColumnsForm, table: Table) -> list[Column]:
    """The columns with the shape of two cells each. What a cell says may be a name, whatever its heading promises."""
    headed = has_headings(table)
    rows = table.rows[1:] if headed else table.rows
    return [
        Column(
            letter(column),
            table.rows[0].cell(column) if headed else "",
            [shape(cell) for row in rows if (cell := row.cell(column))][:EXAMPLES],
            bound,
        )
        for column, bound in form.columns()
    ]


def of(people: Sequence[Person], form: ColumnsForm) -> Preview:
    remarks = [remark for person in people for remark in person.remarks]
    remarks.sort(key=lambda remark: not remark.blocks)
    return Preview(
        total=len(people),
        good=sum(1 for person in people if person.good),
        nameless=sum(1 for person in people if not person.named),
        lines=[_line(person) for person in people[:ROWS]],
        remarks=[_said(remark, form) for remark in remarks[:REMARKS]],
        unsaid=max(0, len(remarks) - REMARKS),
        names_mapped=any(code in NAMES for code in form.layout.columns.values()),
    )


def left(people: Sequence[Person], chosen: Sequence[Person], form: ColumnsForm) -> list[Left]:
    """Return the rows that were not taken in, each with the reason."""
    taken = {person.row for person in chosen}
    return [Left(person.row, _why(person, form)) for person in people if person.row not in taken]


def _why(person: Person, form: ColumnsForm) -> str:
    said = [_said(remark, form) for remark in person.remarks if remark.blocks]
    if not said:
        return _("not chosen")
    return " ".join(
        _("%(label)s: %(value)s") % {"label": one.column, "value": one.text} if one.column else one.text
        for one in said
    )


def _said(remark: Remark, form: ColumnsForm) -> Said:
    where = ""
    if remark.column is not None:
        where = letter(remark.column)
        if has_headings(form.table) and (heading := form.table.rows[0].cell(remark.column)):
            where = f"{where} ({heading})"
    return Said(remark.row, where, remark.text, remark.blocks)


def _line(person: Person) -> Line:
    more = [
        in_words(person.languages),
        str(Urgency(person.urgency).label) if person.urgency != Urgency.NORMAL else "",
        date_format(person.last_contact, "Y-m-d") if person.last_contact else "",
    ]
    known: dict[str, Any] = {**person.identity, **person.contact}
    # A row with an error may be one whose columns were mixed up: nothing that was typed freely is shown of it.
    return Line(
        row=person.row,
        pseudonym=person.pseudonym if person.good else "",
        sealed=", ".join(str(BY_CODE[code].label) for code in (*IDENTITY, *CONTACT) if code in known),
        category=str(Category(person.category).label) if person.category else "",
        country=str(countries.name(person.country)),
        channel=str(Channel(person.channel).label) if person.channel else "",
        more=" · ".join(filter(None, [*more, person.needs if person.good else ""])),
        good=person.good,
    )
