"""Measure the reader against a corpus of labelled zones in CSV files."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import process_time

from cases.documents.zones.defects import Defect
from cases.documents.zones.kinds import Verdict
from cases.documents.zones.read import read_zone
from cases.documents.zones.zone import Zone

LINES = ("line1", "line2", "line3")
# Either column says whether all check digits of the line are right.
LABELS = {"all_check_digits_ok": {"yes": True, "no": False}, "check_digits": {"all_ok": True, "bad": False}}
FAILED = "failed_checks"
LENGTH = "length"
SECONDS = 0.5

Row = Mapping[str, str]


class MeasureError(ValueError):
    """The corpus cannot be read; the message is one sentence for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Labelled:
    id: str
    format: str
    text: str
    valid: bool
    failed: tuple[str, ...]


@dataclass
class Figures:
    """Keys of `agreed` and `labelled` are the kind and the label; identifiers are those of the corpus."""

    lines: int = 0
    labelled: Counter[tuple[str, bool]] = field(default_factory=Counter)
    agreed: Counter[tuple[str, bool]] = field(default_factory=Counter)
    defects: int = 0
    named: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    disagreeing: list[str] = field(default_factory=list)
    not_named: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    per_second: dict[str, int] = field(default_factory=dict)


def read_corpus(path: Path) -> list[Labelled]:
    """The labelled lines of a CSV file, or of every CSV file in a folder; MeasureError where there are none."""
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    found = [labelled for file in files for labelled in read_file(file)]
    if not found:
        raise MeasureError(f"{path} holds no labelled lines.")
    return found


def read_file(path: Path) -> Iterator[Labelled]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            label = label_column(path, rows.fieldnames or ())
            for row in rows:
                yield labelled(row, label)
    except OSError as error:
        raise MeasureError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise MeasureError(f"{path} is not a CSV file in UTF-8.") from error


def label_column(path: Path, columns: Sequence[str]) -> str:
    label = next((column for column in LABELS if column in columns), None)
    if label is None or not {"id", *LINES[:2]} <= set(columns):
        wanted = " or ".join(LABELS)
        raise MeasureError(f"{path} lacks a column: id, line1, line2 and {wanted} are needed.")
    return label


def labelled(row: Row, label: str) -> Labelled:
    verdict = LABELS[label].get(row[label] or "")
    if verdict is None:
        raise MeasureError(
            f"Line {row['id']} has the label {row[label]!r}; known are {', '.join(LABELS[label])}."
        )
    text = "\n".join(row[name] for name in LINES if row.get(name))
    failed = tuple((row.get(FAILED) or "").split())
    return Labelled(row["id"], row.get("format") or "", text, verdict, failed)


def measure(corpus: Sequence[Labelled], *, today: date, seconds: float = SECONDS) -> Figures:
    """Compare labels with readings, then read the corpus again and again for so many seconds."""
    figures = Figures(lines=len(corpus))
    for line in corpus:
        count(figures, line, read_zone(line.text, today=today))
    texts = [line.text for line in corpus]
    good = [line.text for line in corpus if line.valid]
    for name, those in (("labelled valid", good), ("all, repairs included", texts)):
        if those:
            figures.per_second[f"{name}: verdict and defects"] = speed(those, today, seconds, values=False)
            figures.per_second[f"{name}: names, dates and number too"] = speed(
                those, today, seconds, values=True
            )
    return figures


def count(figures: Figures, line: Labelled, zone: Zone) -> None:
    kind = line.format or str(zone.kind)
    figures.labelled[kind, line.valid] += 1
    figures.verdicts[zone.verdict] += 1
    if zone.check_digits_hold == line.valid:
        figures.agreed[kind, line.valid] += 1
    else:
        figures.disagreeing.append(line.id)
    if zone.verdict is Verdict.DOUBTFUL and zone.check_digits_hold:
        figures.doubtful.append(line.id)
    found = defect_names(zone)
    for failed in line.failed:
        figures.defects += 1
        if failed.partition(":")[0] in found:
            figures.named += 1
        else:
            figures.not_named.append(f"{line.id} {failed}")


def defect_names(zone: Zone) -> set[str]:
    """The defects in the words of the corpus: the field of a wrong check digit, or length."""
    names = {
        defect.field.code
        for defect in zone.defects
        if defect.defect is Defect.CHECK_DIGIT and defect.field is not None
    }
    if any(defect.defect in (Defect.LENGTH, Defect.LINES, Defect.NO_ZONE) for defect in zone.defects):
        names.add(LENGTH)
    return names


def speed(texts: Sequence[str], today: date, seconds: float, *, values: bool) -> int:
    """Zones in one second of processor time, on one core."""
    read = 0
    start = process_time()
    while (spent := process_time() - start) < seconds or not read:
        for text in texts:
            zone = read_zone(text, today=today)
            if values:
                _ = zone.values
        read += len(texts)
    return round(read / spent) if spent else read


def report(figures: Figures) -> Iterable[str]:
    """The figures as lines of text."""
    yield f"lines read: {figures.lines}"
    for kind, valid in sorted(figures.labelled):
        right, all_of_them = figures.agreed[kind, valid], figures.labelled[kind, valid]
        yield f"{kind}, labelled {'valid' if valid else 'invalid'}: {right} of {all_of_them} agree"
    yield f"labelled defects named: {figures.named} of {figures.defects}"
    for verdict in Verdict:
        yield f"verdict {verdict}: {figures.verdicts[verdict]}"
    yield f"check digits hold, but doubtful: {', '.join(figures.doubtful) or 'none'}"
    yield f"defects not named: {', '.join(figures.not_named) or 'none'}"
    yield f"disagreeing lines: {', '.join(figures.disagreeing) or 'none'}"
    for name, rate in figures.per_second.items():
        yield f"zones a second, {name}: {rate}"
