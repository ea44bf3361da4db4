"""The steps of an import: file, columns, check, report. Each is answered from the file as it is sent again; nothing is kept."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused as FileRefused
from cases.desk.imports import preview, queries
from cases.desk.imports.forms import ColumnsForm, RowsForm, StartForm
from cases.desk.imports.operations import Source, take_in
from cases.desk.imports.people import Person
from cases.desk.imports.rows import read_people, without_taken
from cases.sheets.reading import read_table
from cases.sheets.refusals import Unreadable
from cases.sheets.tables import Table
from cases.staff.models import User, random_id
from cases.staff.queries import teams_of
from cases.vault import progress
from cases.vault.refusals import Refused as VaultRefused

FILE = "desk/_import_file.html"
COLUMNS = "desk/_import_columns.html"
CHECK = "desk/_import_check.html"
REPORT = "desk/_import_report.html"


@dataclass(frozen=True)
class Sent:
    """What the browser sent: the values of the form and, each time, the file."""

    data: QueryDict
    files: MultiValueDict[str, Any]
    by: User

    @property
    def step(self) -> str:
        return str(self.data.get("step", ""))

    def answers(self, *names: str) -> list[tuple[str, str]]:
        """What was answered on a later page, for the fields that keep it while one goes back."""
        return [(name, str(value)) for name, value in self.data.items() if name.startswith(names)]


@dataclass(frozen=True)
class Answer:
    template: str
    context: dict[str, Any]
    refused: bool = False


def first(by: User) -> Answer:
    team = teams_of(by).first()
    start = StartForm(user=by, initial={"id": random_id(), "team": team})
    return Answer(FILE, {"start": start, "form": start})


def answer(sent: Sent) -> Answer:
    start = StartForm(sent.data, sent.files, user=sent.by)
    table = _table(start) if start.is_valid() else None
    if table is None or sent.step == "file":
        kept = sent.answers("digest", "headed", "column-", "which", "rows")
        return Answer(FILE, {"start": start, "form": start, "kept": kept}, refused=bool(start.errors))
    return _columns(sent, start, table, _digest(start))


def _table(start: StartForm) -> Table | None:
    try:
        return read_table(_content(start), limit=settings.UPLOAD_LIMIT)
    except Unreadable as refusal:
        start.add_error("file", str(refusal))
        return None


def _content(start: StartForm) -> bytes:
    file = start.cleaned_data["file"]
    file.seek(0)
    return bytes(file.read())


def _digest(start: StartForm) -> str:
    return sha256(_content(start)).hexdigest()[:32]


def _columns(sent: Sent, start: StartForm, table: Table, digest: str) -> Answer:
    """Ask what the columns hold; go on to the check if that was answered for this very file."""
    answered = "digest" in sent.data
    same = sent.data.get("digest") == digest
    columns = ColumnsForm(sent.data if same else None, table=table, digest=digest)
    shown = {
        "start": start,
        "form": columns,
        "columns": preview.columns(columns, table),
        "kept": sent.answers("which", "rows"),
    }
    if sent.step == "columns" or not same:
        return Answer(COLUMNS, shown | {"another": answered and not same})
    if not columns.is_valid():
        return Answer(COLUMNS, shown, refused=True)
    return _check(sent, start, columns, Source(start.cleaned_data["id"], digest))


def _check(sent: Sent, start: StartForm, columns: ColumnsForm, source: Source) -> Answer:
    people = read_people(columns.table, columns.layout, start.defaults, timezone.localdate())
    people = _against_register(people, columns, source, sent.by)
    rows = RowsForm(sent.data if sent.step == "take" else None, initial=dict(sent.answers("which", "rows")))
    shown = {
        "start": start,
        "columns": columns,
        "form": rows,
        "source": source,
        "preview": preview.of(people, columns),
    }
    if sent.step != "take":
        return Answer(CHECK, shown)
    if rows.is_valid():
        chosen = [person for person in people if person.good and rows.takes(person.row)]
        if chosen:
            return _take(sent, shown, people, chosen)
        rows.add_error(None, _("None of these rows can be taken in."))
    return Answer(CHECK, shown, refused=True)


def _against_register(people: list[Person], columns: ColumnsForm, source: Source, by: User) -> list[Person]:
    """Remark on pseudonyms in use, except where this form gave them: its answer may have got lost."""
    known = queries.taken_in((source.person_id(person.row) for person in people), by)
    used = queries.used_pseudonyms()
    own = {person.pseudonym.casefold() for person in people if source.person_id(person.row) in known}
    return without_taken(people, used - own, columns.layout)


def _take(sent: Sent, shown: dict[str, Any], people: list[Person], chosen: list[Person]) -> Answer:
    start, rows, source = shown["start"], shown["form"], shown["source"]
    try:
        with progress.shown(sent.by, source.import_id, len(chosen)) as tell:
            taken = take_in(
                people=chosen, source=source, team=start.cleaned_data["team"], by=sent.by, progress=tell
            )
    except (FileRefused, VaultRefused) as refusal:
        rows.add_error(None, str(refusal))
        return Answer(CHECK, shown, refused=True)
    return Answer(REPORT, {"taken": taken, "left": preview.left(people, chosen, shown["columns"])})
