"""Reads a list line by line, whatever its length: targets.simple.csv of any version, or entities as JSON lines."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Any, BinaryIO

from cases.vetting.screening.entries import Entry, clean, cleaned
from cases.vetting.screening.problems import BadList, Wrong

# A legal entity may be a person: who filed it did not know.
PEOPLE = frozenset(("Person", "LegalEntity"))
OPS = frozenset(("", "ADD", "MOD", "DEL"))
LONGEST_ID = 255
LONGEST_LINE = 8 * 1024 * 1024
COLUMNS = {
    "aliases": "no_aliases",
    "birth_date": "no_birth_date",
    "countries": "no_countries",
    "dataset": "no_dataset",
}
NAMES = ("name", "alias", "weakAlias", "previousName")
GIVEN = ("firstName", "secondName", "middleName", "fatherName")


@dataclass
class Reading:
    """A list while it is read: `bytes` were read, `others` are no people; `delta` where lines say what changed."""

    file: BinaryIO
    bytes: int = 0
    others: int = 0
    delta: bool = False
    notes: list[str] = field(default_factory=list)
    _line: int = 0

    def rows(self) -> Iterator[Entry | Wrong]:
        """Every person of the list, and every line that cannot be read; raises BadList."""
        lines = self._lines()
        first = next((line for line in lines if line.strip()), None)
        if first is None:
            raise BadList("empty")
        if first.lstrip().startswith("{"):
            yield from self._entities(chain([first], lines))
        elif "," in first or ";" in first:
            yield from self._table(first, lines)
        else:
            raise BadList("unknown")

    def _lines(self) -> Iterator[str]:
        """Lines as text; what is no UTF-8 becomes U+FFFD, which no name holds."""
        while raw := self.file.readline(LONGEST_LINE):
            self.bytes += len(raw)
            self._line += 1
            text = raw.decode("utf-8", "replace")
            yield text.removeprefix("\ufeff") if self._line == 1 else text

    def _entities(self, lines: Iterator[str]) -> Iterator[Entry | Wrong]:
        for line in lines:
            if not line.strip():
                continue
            found = self._entity(line)
            if isinstance(found, str):
                yield Wrong(self._line, found)
            elif found is None:
                self.others += 1
            else:
                yield found

    def _entity(self, line: str) -> Entry | str | None:
        if "\ufffd" in line:
            return "not_text"
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            return "not_json"
        op = ""
        if isinstance(said, dict) and "op" in said:
            self.delta = True
            op, said = said["op"], said.get("entity")
        return entity_of(said, op) if op in OPS else "unknown_op"

    def _table(self, first: str, lines: Iterator[str]) -> Iterator[Entry | Wrong]:
        header = [name.strip().lower() for name in next(csv.reader([first]))]
        if not {"id", "name"} <= set(header):
            raise BadList("no_columns" if {"id", "name", "schema"} & set(header) else "unknown")
        self.notes += [note for column, note in COLUMNS.items() if column not in header]
        reader = csv.reader(lines)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Wrong(self._line, "not_csv")
                continue
            if not cells:
                continue
            found = self._target(header, cells)
            if isinstance(found, str):
                yield Wrong(self._line, found)
            elif found is None:
                self.others += 1
            else:
                yield found

    def _target(self, header: Sequence[str], cells: Sequence[str]) -> Entry | str | None:
        if len(cells) != len(header):
            return "cells"
        row = dict(zip(header, cells, strict=True))
        if row.get("schema", "Person") not in PEOPLE:
            return None
        return "not_text" if any("\ufffd" in cell for cell in cells) else target_of(row)


def target_of(row: Mapping[str, str]) -> Entry | str:
    get = row.get
    return _checked(
        Entry(
            id=clean(row["id"]),
            schema=get("schema", "Person"),
            names=cleaned([row["name"], *nested(get("aliases", ""))]),
            born=cleaned(nested(get("birth_date", ""))),
            countries=cleaned(nested(get("countries", ""))),
            datasets=cleaned(nested(get("dataset", ""))),
            programs=cleaned([*nested(get("program_ids", "")), *nested(get("sanctions", ""))]),
            since=clean(get("first_seen", ""))[:10],
        )
    )


def nested(cell: str) -> list[str]:
    """The values of a cell: semicolons part them, and a value that holds one is quoted."""
    if not cell:
        return []
    if ";" not in cell and '"' not in cell:
        return [cell]
    try:
        return next(csv.reader([cell.replace("\n", " ").replace("\r", " ")], delimiter=";"), [])
    except csv.Error:
        return [cell]


def entity_of(said: Any, op: str) -> Entry | str | None:
    """An entity of FollowTheMoney; None where it is no person, or only stands beside one who is listed."""
    if not isinstance(said, dict) or not isinstance(said.get("id"), str):
        return "not_an_entity"
    if op == "DEL":
        return _checked(Entry(clean(said["id"]), "Person", ["–"], op=op))
    if said.get("schema") not in PEOPLE or said.get("target") is False:
        return None
    properties = said.get("properties")
    if not isinstance(properties, dict):
        return "not_an_entity"
    get = _getter(properties)
    names = [*chain.from_iterable(map(get, NAMES)), said.get("caption"), *_joined(get)]
    return _checked(
        Entry(
            id=clean(said["id"]),
            schema=said["schema"],
            names=cleaned(names),
            families=cleaned(get("lastName")),
            born=cleaned(get("birthDate")),
            places=cleaned(get("birthPlace")),
            countries=cleaned([*get("nationality"), *get("citizenship"), *get("country")]),
            datasets=cleaned(_texts(said.get("datasets"))),
            programs=cleaned([*get("programId"), *get("program")]),
            topics=cleaned(get("topics")),
            since=clean(said.get("first_seen"))[:10],
            op=op,
        )
    )


def _getter(properties: Mapping[str, Any]) -> Callable[[str], list[str]]:
    return lambda name: _texts(properties.get(name))


def _texts(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _joined(get: Callable[[str], list[str]]) -> list[str]:
    """Whole names made of their parts, where the parts are few enough to know which belongs to which."""
    given, family = get("firstName"), get("lastName")
    fathers = [*get("fatherName"), *get("secondName"), *get("middleName")][:1]
    if len(given) > 2 or len(family) > 2:
        return []
    return [" ".join([one, *fathers, other]) for one, other in product(given, family)]


def _checked(entry: Entry) -> Entry | str:
    if not entry.id:
        return "no_id"
    if len(entry.id) > LONGEST_ID:
        return "long_id"
    return entry if entry.names else "no_name"
