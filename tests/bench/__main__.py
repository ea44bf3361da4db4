"""`make bench`: fill throw-away organisations of several sizes, and measure each goal against its limit.

Hours for a million cases, minutes for a thousand: `make bench ARGS="--largest 1000 --only register,csv"`.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

from ngo import postgres
from tests.bench import crowds, export, names, pages, register, table
from tests.bench.place import ROOT, Place

SIZES = (1_000, 100_000, 1_000_000)
HELD = 5_000
ROWS = {
    "register": register.sql,
    "page": register.page,
    "growth": register.growth,
    "filters": register.filters,
    "csv": export.csv,
    "memory": export.memory,
    "search": names.search,
    "import": names.imports,
    "case": pages.case,
    "clients": pages.clients,
    "travel": pages.travel,
    "deadlines": crowds.deadlines,
    "group": crowds.group,
}
SEALED = {"search", "import", "case", "travel"}
# Rows that compare a hundred with ten thousand, whatever the largest.
CROWDS = {"hundred": crowds.FEW, "ten thousand": crowds.MANY}
# The server of the database runs with its own settings, but for the log of a COPY of gigabytes.
SETTINGS = ("max_wal_size=4GB",)


def main():
    chosen = options()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="safe-conduct-bench-") as folder, contextlib.ExitStack() as stack:
        # The server of the database may run as another user, who has to reach its folder.
        os.chmod(folder, 0o711)
        stack.enter_context(postgres.using(Path(folder) / "postgres", SETTINGS, keep=False))
        places = made(Path(folder), chosen, stack)
        rows = []
        for name in chosen.only:
            rows += told(name, ROWS[name], places, chosen.rounds)
        where = table.machine(places["smallest"].database)
    say(f"\n{where}\n\n{table.as_table(rows)}\n\n{table.below(rows)}\n")
    if chosen.write:
        table.write(chosen.write, rows, where, chosen.sizes)
    say(f"{time.monotonic() - began:.0f} seconds in all.")


def options():
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--largest", type=int, default=SIZES[-1], help="cases in the largest database")
    asked.add_argument("--held", type=int, default=HELD, help="names that one person can open")
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--only", default=",".join(ROWS), help="of the rows: " + ", ".join(ROWS))
    asked.add_argument("--write", type=Path, help="the page of docs to write the table to")
    chosen = asked.parse_args()
    chosen.only = chosen.only.split(",")
    if unknown := set(chosen.only) - set(ROWS):
        asked.error(f"There is no row {', '.join(sorted(unknown))}.")
    if chosen.write is None and (chosen.only, chosen.largest, chosen.held) == (list(ROWS), SIZES[-1], HELD):
        chosen.write = ROOT / "docs" / "performance.md"
    if chosen.write and not chosen.write.is_file():
        asked.error(f"There is no page {chosen.write} to write to.")
    chosen.sizes = sorted({*(size for size in SIZES if size < chosen.largest), chosen.largest})
    return chosen


def made(folder, chosen, stack):
    """The places that the chosen rows need; each is filled before the next one serves."""
    wanted = [Place(folder, f"of_{size}", cases=size) for size in chosen.sizes]
    if SEALED & set(chosen.only):
        wanted.append(Place(folder, "sealed", cases=100, held=chosen.held))
    if {"deadlines", "group"} & set(chosen.only):
        crowded = {name: Place(folder, f"crowd_{cases}", cases=cases) for name, cases in CROWDS.items()}
    else:
        crowded = {}
    for place in (*wanted, *crowded.values()):
        stack.callback(place.stop)
        start = time.monotonic()
        place.fill()
        say(f"{place.cases:,} cases, {place.held:,} names sealed ({time.monotonic() - start:.0f} s)")
    for place in (*wanted, *crowded.values()):
        place.serve()
    sizes = [place for place in wanted if not place.held]
    middle = next((place for place in sizes if place.cases >= SIZES[1]), sizes[-1])
    return {"smallest": sizes[0], "middle": middle, "largest": sizes[-1], "sealed": wanted[-1]} | crowded


def told(name, measure, places, rounds):
    start, rows = time.monotonic(), []
    for row in measure(places, rounds):
        rows.append(row)
        say(f"{row.what}: {row.seen} ({'reached' if row.reached else 'MISSED'}, {row.goal})")
    say(f"  {name}: {time.monotonic() - start:.0f} s")
    return rows


def say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
