"""Exports for the tests of every slice, asked for as the form does it."""

from io import BytesIO
from types import SimpleNamespace

from openpyxl import Workbook
from openpyxl.styles import Font

from cases.disclosures import operations
from cases.disclosures.operations import Terms
from cases.staff.models import random_id

TERMS = Terms(
    recipient="Mme Laure Fabre, visa section",
    organisation="Ministry of the Interior",
    audience="government",
    channel="meeting",
    ground="consent",
    ground_reference="consent form of 4 Nov 2026",
    form="zip",
)


def as_if_unlocked(person):
    """Enough to ask with, for who has no passphrase at hand; it opens nothing."""
    return SimpleNamespace(user_id=person.pk)


def make_export(*people, by, fields=("name", "birth_date"), unlocked=None, terms=TERMS, **more):
    return operations.ask_export(
        id=more.pop("id", None) or random_id(),
        people=people,
        fields=fields,
        terms=terms,
        reason="Visas for the group",
        language=more.pop("language", "en"),
        unlocked=unlocked or as_if_unlocked(by),
        by=by,
        **more,
    )


def blank_book(
    rows=((), ("Ministry of Examples",), ("No", "Surname", "Born on", "Remarks")), numbers=3, change=None
):
    """The bytes of a form as a ministry sends it: a title, headings, and below them only the numbers of the rows."""
    book = Workbook()
    page = book.active
    for at, row in enumerate(rows, start=1):
        for column, said in enumerate(row, start=1):
            page.cell(at, column, said)
    for number in range(1, numbers + 1):
        page.cell(len(rows) + number, 1, number)
        page.cell(len(rows) + number, 2).font = Font(bold=True)
    if change:
        change(book)
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def make_form(*, by, columns=None, content=None, title="List of the ministry"):
    made = operations.add_form(id=random_id(), title=title, content=content or blank_book(), row=None, by=by)
    wanted = {"B": "family_name", "C": "birth_date"} if columns is None else columns
    if wanted:
        operations.set_columns(form=made, columns=wanted, by=by)
    made.refresh_from_db()
    return made
