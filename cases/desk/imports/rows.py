"""From the rows of a table to people, with doubles inside the file and pseudonyms in use remarked on."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from cases.desk.imports import words
from cases.desk.imports.cells import RowReader
from cases.desk.imports.fields import CONTACT, IDENTITY, NAMES
from cases.desk.imports.people import Defaults, Layout, Person, Remark
from cases.names.telling import TELLING, tells
from cases.sheets.tables import Row, Table


def data_rows(table: Table, layout: Layout) -> list[Row]:
    return table.rows[1:] if layout.headed else table.rows


def read_people(table: Table, layout: Layout, defaults: Defaults, today: date) -> list[Person]:
    people = [_read(RowReader(row, layout, today), defaults) for row in data_rows(table, layout)]
    return _with_doubles(people, layout)


def without_taken(people: Iterable[Person], taken: Collection[str], layout: Layout) -> list[Person]:
    """Remark on each pseudonym that is among `taken` (in lower case): it belongs to somebody else."""
    said = _("This pseudonym was given to somebody else already.")
    return [
        _remarked(person, layout, "pseudonym", said) if person.pseudonym.casefold() in taken else person
        for person in people
    ]


def _read(reader: RowReader, defaults: Defaults) -> Person:
    identity = _identity(reader)
    person = Person(
        row=reader.row.number,
        pseudonym=reader.pseudonym(),
        category=reader.word("category", words.categories(), _("Not a category we know."), defaults.category),
        country=reader.word("country", words.country_codes(), _("Not a country we know."), defaults.country),
        channel=reader.word("channel", words.channels(), _("Not a channel we know."), defaults.channel),
        languages=reader.languages(words.languages()),
        urgency=int(reader.word("urgency", words.urgencies(), _("Not an urgency we know."), "2")),
        last_contact=reader.last_contact(),
        needs=reader.text("needs"),
        identity=identity,
        contact={code: text for code in CONTACT if (text := reader.text(code))},
    )
    _miss(person, reader)
    _keep_names_out(person, reader)
    return replace(person, remarks=tuple(reader.remarks))


def _identity(reader: RowReader) -> dict[str, str | list[str]]:
    identity: dict[str, str | list[str]] = {
        code: reader.text(code) for code in IDENTITY if code not in ("other_names", "birth_date")
    }
    parts = (identity["family_name"], identity["given_name"], identity["patronymic"])
    identity["name"] = (
        identity["name"] or " ".join(str(part) for part in parts if part) or identity["latin_name"]
    )
    identity["other_names"] = reader.names("other_names")
    identity["birth_date"] = reader.birth_date()
    return {code: known for code, known in identity.items() if known}


def _miss(person: Person, reader: RowReader) -> None:
    remarked = {remark.column for remark in reader.remarks}
    missing = {
        "category": _("The category is missing."),
        "channel": _("How the person was reached is missing."),
    }
    for code, said in missing.items():
        if not getattr(person, code) and reader.column(code) not in remarked - {None}:
            reader.say(reader.column(code), said)


def _keep_names_out(person: Person, reader: RowReader) -> None:
    """A pseudonym that is the name, or a need that tells it, would stand in clear for everybody."""
    known = [person.identity[code] for code in NAMES if code in person.identity]
    names = [name for one in known for name in ([one] if isinstance(one, str) else one)]
    telling = {part for name in names for part in words.key(name).split() if _is_telling(part)}
    found = {
        "pseudonym": tells(person.pseudonym, names),
        # Sentences are full of words that sound like some name: only what is written alike counts.
        "needs": bool(telling & set(words.key(person.needs).split())),
    }
    for code in (code for code, told in found.items() if told):
        reader.say(reader.column(code), _("This holds a part of the sealed name."))


def _is_telling(part: str) -> bool:
    return len(part) >= TELLING and not part.isdigit()


def _with_doubles(people: list[Person], layout: Layout) -> list[Person]:
    pseudonyms: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    checked = []
    for person in people:
        spelled = person.pseudonym.casefold()
        first = pseudonyms.setdefault(spelled, person.row) if spelled else person.row
        if first != person.row:
            said = _("The same pseudonym stands in row %(row)s.") % {"row": first}
            person = _remarked(person, layout, "pseudonym", said)
        same = (words.key(str(person.identity.get("name", ""))), str(person.identity.get("birth_date", "")))
        first = names.setdefault(same, person.row) if all(same) else person.row
        if first != person.row:
            said = _("The same name and date of birth stand in row %(row)s.") % {"row": first}
            person = _remarked(person, layout, "name", said, blocks=False)
        checked.append(person)
    return checked


def _remarked(person: Person, layout: Layout, code: str, text: str, *, blocks: bool = True) -> Person:
    column = next((column for column, known in layout.columns.items() if known == code), None)
    return replace(person, remarks=(*person.remarks, Remark(person.row, column, text, blocks)))
