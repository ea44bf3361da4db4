"""Measure the rules on real names: python -m cases.names.measure FOLDER. What is measured and why: docs/names.md.

The folder holds names that stay outside of this repository; nothing of them is printed unless --missed asks for it.
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from csv import DictReader
from itertools import combinations
from pathlib import Path
from random import Random
from typing import NamedTuple

from cases.names.alike import ALIKE, MOST_ERRORS, alike, count_errors
from cases.names.compare import compare
from cases.names.keys import asking_keys, filing_keys, keys
from cases.names.lookalikes import is_cyrillic, is_latin, repair
from cases.names.prepared import Prepared, prepare
from cases.names.schemas import Schema
from cases.names.split import split
from cases.names.translit import transliterate
from cases.names.verdict import Verdict, judge

RUSSIAN_PAPERS = (Schema.MVD310, Schema.MVD782, Schema.GOST52535, Schema.ICAO)
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя -")
THRESHOLDS = [number / 100 for number in range(50, 100)]
Row = dict[str, str]
Labelled = Sequence[tuple[float, bool]]


class Share(NamedTuple):
    """How many of how many, and the rows that failed."""

    good: int
    all: int
    missed: Sequence[str] = ()

    def __str__(self) -> str:
        return f"{self.good:>6} of {self.all:>6}  {100 * self.good / max(1, self.all):6.2f} %"


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def share(rows: Sequence[Row], is_good: Callable[[Row], bool], shown: Sequence[str]) -> Share:
    missed = [" | ".join(row[column] for column in shown) for row in rows if not is_good(row)]
    return Share(len(rows) - len(missed), len(rows), missed)


def same_key_in_all_papers(row: Row) -> bool:
    expected = keys(row["cyrillic"])
    return all(keys(transliterate(row["cyrillic"], schema)) == expected for schema in RUSSIAN_PAPERS)


def surname_found(row: Row) -> bool:
    """Whether a key of a word of the Cyrillic surname is among the keys of the words in Latin letters."""
    surname = split(row["cyrillic"]).family
    return not asking_keys(surname).isdisjoint(filing_keys(row["latin"]))


def is_other_name(row: Row, record: Sequence[Row]) -> bool:
    """Whether a record gives a person two names, and this pair has one of each: a maiden name, a nom de guerre.

    Said only where the surname is found in another Latin spelling of the record and no word here comes near to it.
    """
    surname, others = prepare(split(row["cyrillic"]).family).words, prepare(row["latin"]).words
    if any(count_errors(word, other) <= MOST_ERRORS for word in surname for other in others):
        return False
    return any(surname_found({**row, "latin": other["latin"]}) for other in record)


def measure_pairs(rows: Sequence[Row]) -> Iterator[tuple[str, Share]]:
    yield "surname found, all Cyrillic/Latin pairs", share(rows, surname_found, ("cyrillic", "latin"))
    records: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        records.setdefault((row["celex"], row["record_id"]), []).append(row)
    own = [
        row
        for row in rows
        if surname_found(row) or not is_other_name(row, records[row["celex"], row["record_id"]])
    ]
    yield "surname found, without pairs of two names", share(own, surname_found, ("cyrillic", "latin"))
    found = [any(map(surname_found, record)) for record in records.values()]
    yield "surname found, by person", Share(sum(found), len(found))
    yield "whole name alike, without pairs of two names", share(own, whole_name_alike, ("cyrillic", "latin"))


def whole_name_alike(row: Row) -> bool:
    return alike(row["cyrillic"], row["latin"]).score >= ALIKE


def f1(rows: Labelled, threshold: float) -> float:
    """The harmonic mean of precision and recall at a threshold."""
    right = sum(match for score, match in rows if score >= threshold)
    wrong = sum((score >= threshold) != match for score, match in rows)
    return 2 * right / (2 * right + wrong) if right else 0.0


def cross_validate(rows: Labelled, rounds: int = 100) -> list[float]:
    """F1 on one half with the threshold that was best on the other, for many ways to halve; sorted."""
    random = Random(1)  # noqa: S311 - the same halves at every run
    results = []
    for _ in range(rounds):
        shuffled = random.sample(rows, len(rows))
        halves = shuffled[: len(rows) // 2], shuffled[len(rows) // 2 :]
        for train, test in (halves, halves[::-1]):
            best = max(THRESHOLDS, key=lambda threshold: (f1(train, threshold), -threshold))
            results.append(f1(test, best))
    return sorted(results)


def measure_labelled(rows: Sequence[Row]) -> Iterator[tuple[str, object]]:
    labelled = [(alike(row["name1"], row["name2"]).score, row["is_match"] == "true") for row in rows]
    halves = cross_validate(labelled)
    yield f"labelled pairs, {len(rows)} persons: F1 at {ALIKE}", f"{f1(labelled, ALIKE):.3f}"
    yield "threshold of one half on the other: mean F1", f"{sum(halves) / len(halves):.3f}"
    yield "the same, worst and best of 200", f"{halves[0]:.3f} to {halves[-1]:.3f}"
    right = [
        (row["is_match"] == "true") == (score >= ALIKE)
        for row, (score, _) in zip(rows, labelled, strict=True)
    ]
    wrong = [f"{row['name1']} | {row['name2']}" for row, fits in zip(rows, right, strict=True) if not fits]
    yield "labelled pairs decided as labelled", Share(sum(right), len(rows), wrong)


def measure_homonyms(rows: Sequence[Row]) -> Iterator[tuple[str, Share]]:
    """Two people of one given name and surname: by both spellings on the list, and by what a foreign passport shows."""
    pairs = [pair for pair in combinations(rows, 2) if pair[0]["group"] == pair[1]["group"]]
    confirmed = with_dates = joined = 0
    for first, second in pairs:
        names = [(first[form], second[form]) for form in ("cyrillic", "latin")]
        short = [(without_patronymic(one), without_patronymic(other)) for one, other in names]
        born, other_born = [first["birth_date"]], [second["birth_date"]]
        by_name = [judge(*pair) for pair in names + short]
        by_both = [judge(*pair, born=born, other_born=other_born) for pair in names + short]
        confirmed += Verdict.SAME_PERSON in by_name
        with_dates += Verdict.SAME_PERSON in by_both
        joined += any(alike(*pair).score >= ALIKE for pair in short)
    yield "homonyms not confirmed by name alone", Share(len(pairs) - confirmed, len(pairs))
    yield "homonyms not confirmed with their birth dates", Share(len(pairs) - with_dates, len(pairs))
    yield "homonyms alike without patronymic (must be seen)", Share(joined, len(pairs))


def without_patronymic(name: str) -> str:
    parts = split(name)
    return f"{parts.given} {parts.family}"


def is_repaired(row: Row) -> bool:
    token = repair(row["token"])
    return not (any(map(is_cyrillic, token)) and any(map(is_latin, token)))


def measure_strangers(rows: Sequence[Row]) -> Iterator[tuple[str, Share]]:
    """The price: surnames of strangers that no table joins, and that folds or less likely readings join all the same."""
    surnames = [(row["record_id"], prepare(split(row["cyrillic"]).family)) for row in rows[::4]]
    names = [(row["record_id"], prepare(row["latin"])) for row in rows[::4]]
    asked = [(person, table_keys(name), asking_keys(name)) for person, name in surnames]
    filed = [(person, table_keys(name), filing_keys(name)) for person, name in names]
    apart = [
        ours[2].isdisjoint(theirs[2])
        for ours in asked
        for theirs in filed
        if ours[0] != theirs[0] and ours[1].isdisjoint(theirs[1])
    ]
    yield "surnames of strangers kept apart", Share(sum(apart), len(apart))


def table_keys(name: Prepared) -> frozenset[str]:
    return frozenset().union(*(word.keys for word in name.words))


def measure_speed(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    names = [(row["cyrillic"], row["latin"]) for row in rows]
    taken_apart = [(prepare(first), prepare(second)) for first, second in names]
    strangers = [
        (first, second) for (first, _), (_, second) in zip(taken_apart, taken_apart[50:], strict=False)
    ]
    yield "take a name apart", microseconds(prepare, [(name,) for pair in names for name in pair])
    for title, pairs in (("of one person", taken_apart), ("of strangers", strangers)):
        yield f"compare (search), two prepared names {title}", microseconds(compare, pairs)
        yield f"alike (lists), two prepared names {title}", microseconds(alike, pairs)


def microseconds(work: Callable[..., object], calls: Sequence[tuple[object, ...]]) -> str:
    """The processor time of one call, the best of three rounds."""
    rounds = []
    for _ in range(3):
        started = time.process_time()
        for arguments in calls:
            work(*arguments)
        rounds.append(time.process_time() - started)
    return f"{1e6 * min(rounds) / max(1, len(calls)):.0f} µs"


def measure(folder: Path) -> Iterator[tuple[str, object]]:
    """Every figure of docs/names.md, from the files of a folder; a title and what was found."""
    pairs = read(folder / "eu_ru_cyr_lat_pairs.csv")
    names = {row["cyrillic"]: row for row in pairs if RUSSIAN.issuperset(row["cyrillic"].lower())}
    yield (
        "same key in four Russian papers",
        share(list(names.values()), same_key_in_all_papers, ("cyrillic",)),
    )
    yield from measure_pairs(pairs)
    yield from measure_strangers(pairs)
    labelled = read(folder / "nk_name_cases.csv")
    yield from measure_labelled([row for row in labelled if row["schema"] == "Person"])
    yield from measure_homonyms(read(folder / "eu_given_surname_homonyms.csv"))
    tokens = read(folder / "eu_homoglyph_tokens.csv")
    yield "tokens of two alphabets repaired", share(tokens, is_repaired, ("token",))
    yield from measure_speed(pairs)


def main(arguments: Sequence[str]) -> None:
    parser = ArgumentParser(prog="python -m cases.names.measure", description=measure.__doc__)
    parser.add_argument("folder", type=Path, help="holds the CSV files named in docs/names.md")
    parser.add_argument(
        "--missed", action="store_true", help="list the rows that failed; they are names of people"
    )
    options = parser.parse_args(arguments)
    for title, found in measure(options.folder):
        sys.stdout.write(f"{title:<52} {found}\n")
        if options.missed and isinstance(found, Share):
            sys.stdout.writelines(f"    {row}\n" for row in found.missed)


if __name__ == "__main__":
    main(sys.argv[1:])
