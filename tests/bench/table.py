"""The rows of the table, and the page of docs that they stand on."""

import os
import platform
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg


@dataclass(frozen=True)
class Row:
    """One goal: what was seen, in words, and whether it was reached; `more` are lines for below the table."""

    what: str
    goal: str
    seen: str
    reached: bool
    more: list[str] = field(default_factory=list)


def ratio_row(what, most, turns, words="limit", unit=1000, more=()):
    """A row that is a ratio of two times of the same run."""
    sign = "ms" if unit == 1000 else "s"
    seen = f"{turns.ratio:.2f} x: {turns.ours * unit:,.1f} {sign} ({words} {turns.limit * unit:,.1f} {sign})"
    return Row(what, f"at most {most} x {words}", seen, turns.ratio <= most, list(more))


def as_table(rows):
    head = ["| what | goal | seen | reached |", "|---|---|---|---|"]
    lines = [
        f"| {row.what} | {row.goal} | {row.seen} | {'yes' if row.reached else '**no**'} |" for row in rows
    ]
    return "\n".join(head + lines)


def below(rows):
    parts = [f"### {row.what}\n\n" + "\n".join(f"* {line}" for line in row.more) for row in rows if row.more]
    return "\n\n".join(parts)


def machine(database):
    with psycopg.connect(database) as line:
        version = line.info.server_version
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory; {platform.system()}, "
        f"PostgreSQL {version // 10000}.{version % 10000} with its own settings, Python {platform.python_version()}"
    )


def _processor():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def write(path, rows, where, sizes):
    """Replace what is between the marks; what people wrote around it stays."""
    begin, end = "<!-- measured -->", "<!-- /measured -->"
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    said = f"{date.today():%-d %B %Y}, on {where}. Cases: {', '.join(f'{size:,}' for size in sizes)}."
    measured = "\n\n".join(part for part in (said, as_table(rows), below(rows)) if part)
    path.write_text(f"{before}{begin}\n\n{measured}\n\n{end}{after}", encoding="utf-8")
