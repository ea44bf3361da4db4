"""Invented people for measuring, with the statistics of real names: how often a name is borne, how names are spelt."""

import csv
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from cases.names.schemas import Schema
from cases.names.split import split
from cases.names.translit import transliterate

HEADER = [
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "phones",
    "emails",
    "program_ids",
    "dataset",
    "first_seen",
    "last_seen",
    "last_change",
]
SCHEMAS = (Schema.ICAO, Schema.MVD310, Schema.GOST52535, Schema.MVD310_FRENCH)
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
# So many letters decide the next one.
ORDER = 3
DATASETS = (
    "EU Financial Sanctions Files (FSF)",
    "Rosfinmonitoring List of terrorists and extremists",
    "Lead",
)


class Person(NamedTuple):
    name: str
    family: str
    given: str
    patronymic: str
    born: str


class Choice:
    """Picks with weights: the first of a list is borne by many, the last by few."""

    def __init__(self, items: Sequence[str], random: Random) -> None:
        self.items, self.random = items, random
        self.sums = list(accumulate(1 / (rank + 8) for rank in range(len(items))))

    def __call__(self) -> str:
        return self.items[bisect(self.sums, self.random.random() * self.sums[-1])]


class People:
    """`surnames` different surnames: the real ones of a file, and others made letter by letter as these are."""

    def __init__(self, file: Path, *, surnames: int = 200_000, seed: int = 1) -> None:
        self.random = Random(seed)  # noqa: S311 - the same people at every run
        with file.open(encoding="utf-8", newline="") as text:
            parts = [split(row["cyrillic"]) for row in csv.DictReader(text)]
        families = _common(part.family for part in parts)
        made = _made(families, surnames - len(families), self.random)
        self.family = Choice([*families, *made], self.random)
        self.given = Choice(_common(part.given for part in parts), self.random)
        self.patronymic = Choice(_common(part.patronymic for part in parts), self.random)

    def person(self) -> Person:
        family, given, patronymic = self.family().title(), self.given(), self.patronymic()
        born = f"{self.random.randint(1940, 2006)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        return Person(f"{given} {patronymic} {family}", family, given, patronymic, born)

    def rows(self, number: int) -> Iterator[list[str]]:
        """Rows of targets.simple.csv: 85 % with a birth date, 8 % with a year, each in two to five spellings."""
        for place in range(number):
            yield self._row(place)

    def _row(self, place: int) -> list[str]:
        person, random = self.person(), self.random
        schemas = random.sample(SCHEMAS, random.randint(1, 3))
        spellings = [transliterate(person.name, schema) for schema in schemas]
        spellings.append(f"{transliterate(person.family, SCHEMAS[0]).upper()}, {spellings[0].split()[0]}")
        chance = random.random()
        born = person.born if chance < 0.85 else person.born[:4] if chance < 0.93 else ""
        dataset = DATASETS[place % len(DATASETS)]
        day = "2026-01-31T00:00:00"
        aliases = ";".join([person.name, *spellings[1:]])
        return [
            f"inv-{place:08}", "Person", spellings[0], aliases, born, "ru", "", "", "", "", "", "", dataset,
            day, day, day,
        ]  # fmt: skip


def write(people: People, number: int, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(people.rows(number))


def _common(names: Iterable[str]) -> list[str]:
    """Russian names, the most frequent first."""
    counted = Counter(name.title() for name in names if name and RUSSIAN.issuperset(name.lower()))
    return [name for name, _number in counted.most_common()]


def _made(models: Sequence[str], number: int, random: Random) -> list[str]:
    """New surnames that resemble the models: each letter follows the last three as in a model."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    for model in models:
        text = f"{'^' * ORDER}{model.lower()}$"
        for at in range(ORDER, len(text)):
            after[text[at - ORDER : at]].append(text[at])
    found: dict[str, None] = {}
    while len(found) < number:
        text = "^" * ORDER
        while not text.endswith("$") and len(text) < 20:
            text += random.choice(after[text[-ORDER:]])
        if 6 < len(text) < 20:
            found[text.strip("^$")] = None
    return list(found)
