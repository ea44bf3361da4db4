"""Measures taking in and asking a long list, in a database that is thrown away: docs/vetting.md."""

import csv
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from cases.names.schemas import Schema
from cases.names.translit import transliterate
from cases.vetting.models import ListEntry
from cases.vetting.operations.screening import find
from cases.vetting.operations.watchlists import begin_import, run_import
from cases.vetting.queries.screening import question, rows_for
from cases.vetting.queries.watchlists import sizes
from cases.vetting.screening.buckets import leaf_of
from cases.vetting.screening.filers import buckets
from cases.vetting.screening.invented import People, Person, write
from cases.vetting.screening.reading import nested
from cases.vetting.screening.sought import sought

PAIRS = "eu_ru_cyr_lat_pairs.csv"
SAMPLE_SECONDS = 0.2
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Plan:
    """`folder` holds the file of real names from which the invented ones are made."""

    folder: Path
    entities: int
    people: int
    surnames: int

    @property
    def names(self) -> Path:
        return next(file for file in (self.folder / PAIRS, self.folder / "names" / PAIRS) if file.exists())


def measure(plan: Plan) -> Iterator[Row]:
    """What was measured, with the goal and the figure."""
    with TemporaryDirectory() as folder, _thrown_away():
        file = Path(folder) / "targets.simple.csv"
        _beside(_write, plan, file)
        yield from _taking_in(file, plan)
        connections["owner"].cursor().execute("ANALYZE vetting_listentry")
        yield from _asking(plan)
        yield from _finding(plan, file)


@contextmanager
def _thrown_away() -> Iterator[None]:
    """A database of its own, on the server that is there, and gone afterwards."""
    aliases = ["default", "owner"]
    made = setup_databases(verbosity=0, interactive=False, aliases=aliases, serialized_aliases=[])  # type: ignore[arg-type]
    try:
        yield
    finally:
        connections["default"].close()
        teardown_databases(made, verbosity=0)


def _write(plan: Plan, file: Path) -> None:
    write(People(plan.names, surnames=plan.surnames), plan.entities, file)


def _take_in(file: Path) -> None:
    with file.open("rb") as content:
        started = begin_import(slug="measured", by=None, file_name=file.name)
        run_import(started=started, file=content)


def _taking_in(file: Path, plan: Plan) -> Iterator[Row]:
    before = os.times()
    seconds, memory = _beside(_take_in, file)
    after = os.times()
    worked = sum(after[2:4]) - sum(before[2:4])
    taken = f"{ListEntry.objects.count():,} of {plan.entities:,} people, {file.stat().st_size >> 20} MB"
    yield "taken in", "all", taken
    yield "time", "180 s", f"{seconds:.0f} s"
    yield "processor time of both processes", "", f"{worked:.0f} s"
    yield "memory at the peak, both processes together", "300 MB", f"{memory >> 20} MB"
    seconds, memory = _beside(_take_in, file)
    yield "the same file again: time, memory", "", f"{seconds:.0f} s, {memory >> 20} MB"


def _asking(plan: Plan) -> Iterator[Row]:
    known, least = sizes(), 20
    leaves = {leaf_of(bucket, known, least) for bucket in range(len(known))}
    fewest = min(sum(known[bucket] for bucket in leaf) for leaf in leaves)
    yield "fewest surnames that share a question", f"{least}", f"{fewest}, of {len(leaves)} questions"
    people = People(plan.names, surnames=plan.surnames)
    identities = [identity(people.person()) for _ in range(plan.people)]
    times, fetched = [], []
    for one in identities:
        times.append(_milliseconds(find, one))
        fetched.append(len(list(rows_for(question(sought(one).buckets(buckets()))))))
    yield f"one person, median of {plan.people}", "50 ms", f"{statistics.median(times):.0f} ms"
    yield "95 of 100 people", "", f"{statistics.quantiles(times, n=20)[-1]:.0f} ms"
    yield "rows fetched, median", "", f"{statistics.median(fetched):,.0f}"


def _finding(plan: Plan, file: Path) -> Iterator[Row]:
    """People who are on the list with a whole birth date, sought by the Cyrillic spelling alone."""
    with file.open(encoding="utf-8", newline="") as content:
        rows = [
            row for row in islice(csv.DictReader(content), plan.people * 2) if len(row["birth_date"]) == 10
        ]
    listed = rows[: plan.people]
    found = sum(any(one.entry.id == row["id"] for one in find(_listed(row))) for row in listed)
    yield "people on the list found by name and birth date", "", f"{found} of {len(listed)}"


def _listed(row: dict[str, str]) -> dict[str, str]:
    return {"name": nested(row["aliases"])[0], "birth_date": row["birth_date"]}


def identity(person: Person) -> dict[str, str]:
    """The person as an identity is sealed: Cyrillic in parts, and the Latin name of a passport."""
    return {
        "name": f"{person.family} {person.given} {person.patronymic}",
        "family_name": person.family,
        "given_name": person.given,
        "patronymic": person.patronymic,
        "latin_name": transliterate(f"{person.given} {person.family}", Schema.ICAO),
        "birth_date": person.born,
    }


def _milliseconds(work: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    work(*arguments)
    return 1000 * (time.perf_counter() - started)


def _beside(work: Callable[..., None], *arguments: Any) -> tuple[float, int]:
    """Do something in a process of its own; return seconds, and bytes that it and its children held at the peak."""
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=work, args=arguments)
    started, peak = time.monotonic(), 0
    process.start()
    while process.is_alive():
        peak = max(peak, sum(map(_resident, _family(process.pid or 0))))
        process.join(SAMPLE_SECONDS)
    if process.exitcode:
        raise ChildProcessError(f"The work beside ended with {process.exitcode}.")
    return time.monotonic() - started, peak


def _family(pid: int) -> Sequence[int]:
    """A process and its descendants."""
    children = [
        int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in _read(path).split()
    ]
    return [pid, *(one for child in children for one in _family(child))]


def _resident(pid: int) -> int:
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _read(path: Path) -> str:
    """Processes end while one looks."""
    try:
        return path.read_text()
    except OSError:
        return ""
