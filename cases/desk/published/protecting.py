"""What becomes of true numbers before anybody sees them: pure functions, by docs/decisions/2026-11-24-published-figures.md.

Numbers are rounded to five, those under five are not told, and a total is the sum of what is told. A table that together with
the others would give away a small number after all is held back as a whole: `leaky` plays the reader who reckons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LEAST = 5
ENDLESS = 10**9

Counts = Mapping[str, Mapping[str, int]]
# None: fewer than five, or nobody.
Row = dict[str, int | None]
# None: the whole table is held back.
Shown = dict[str, Row | None]
Bounds = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Link:
    """That the people in some rows are the people in others: `whole` equals the sum of `parts`."""

    whole: str
    parts: Sequence[str]


@dataclass(frozen=True)
class Links:
    """How tables speak of the same people, as every reader may know it.

    `same`: two names of tables that count the same people. `within`: a row, the table in which all of its people are counted as well.
    `split`: a row, and the rows of another table into which it falls.
    """

    same: Sequence[tuple[str, str]] = ()
    within: Sequence[tuple[Sequence[str], str]] = ()
    split: Sequence[tuple[str, Sequence[str]]] = ()
    # Tables of which not every row is named: one more row stands for those that are not.
    open: frozenset[str] = field(default_factory=frozenset)


def rounded(number: int) -> int | None:
    """To the nearest five; None for what is not told."""
    return None if number < LEAST else LEAST * ((number + 2) // LEAST)


def meant(shown: int | None) -> tuple[int, int]:
    """The least and the most people that a told number can stand for."""
    if shown is None:
        return 0, LEAST - 1
    return (LEAST, LEAST + 2) if shown == LEAST else (shown - 2, shown + 2)


def total(row: Row) -> int:
    """Of what is told, and so it tells nothing more."""
    return sum(number for number in row.values() if number is not None)


def protect(counts: Counts, links: Links) -> Shown:
    """The tables as they may be seen, once no reader can reckon a small number out of them."""
    shown: Shown = {}
    for name, rows in counts.items():
        told = {row: rounded(number) for row, number in rows.items()}
        # A table that tells nothing looks like one that is held back: which of the two it is would be told otherwise.
        shown[name] = told if any(told.values()) else None
    while leaks := leaky(shown, links):
        shown |= dict.fromkeys(leaks)
    return shown


def leaky(shown: Shown, links: Links) -> set[str]:
    """The tables of which somebody who reckons learns that in a row, or in all that is not told, are one to four people."""
    bounds, equations, owner = _world(shown, links)
    _narrow(bounds, equations)
    return {table for name, table in owner.items() if bounds[name][0] >= 1 and bounds[name][1] < LEAST}


def _world(shown: Shown, links: Links) -> tuple[Bounds, list[Link], dict[str, str]]:
    """What a reader knows: bounds of each row, what adds up to what, and whose fault a small number would be."""
    bounds: Bounds = {}
    equations: list[Link] = []
    owner: dict[str, str] = {}

    def put(name: str, known: tuple[int, int], table: str = "") -> str:
        bounds.setdefault(name, known)
        if table:
            owner[name] = table
        return name

    for table, rows in shown.items():
        if rows is None:
            continue
        told = [put(f"{table}.{row}", meant(number)) for row, number in rows.items() if number is not None]
        hidden = [put(f"{table}.{row}", meant(None), table) for row, number in rows.items() if number is None]
        if table in links.open:
            hidden.append(put(f"{table}.*", (0, ENDLESS)))
        rest = put(f"{table}.hidden", (0, ENDLESS if hidden else 0), table)
        whole = put(f"{table}.all", (0, ENDLESS))
        equations += [Link(rest, hidden), Link(whole, [*told, rest])]

    for one, other in links.same:
        if shown.get(one) and shown.get(other):
            equations.append(Link(f"{one}.all", [f"{other}.all"]))
    for place, (rows_within, table) in enumerate(links.within):
        if shown.get(table) and all(row in bounds for row in rows_within):
            part = put(f"within {place}", (0, ENDLESS), rows_within[0].partition(".")[0])
            more = put(f"beyond {place}", (0, ENDLESS), table)
            equations += [Link(part, rows_within), Link(f"{table}.all", [part, more])]
    for row, parts in links.split:
        if row in bounds and all(part in bounds for part in parts):
            equations.append(Link(row, parts))
    return bounds, equations, owner


def _narrow(bounds: Bounds, equations: Sequence[Link]) -> None:
    """Draw bounds from equations until nothing changes. Where these form no ring, nobody can know more.

    It ends as well where they contradict each other, as with a case that was taken in long after the arrival.
    """
    changed = True
    while changed and all(least <= most for least, most in bounds.values()):
        changed = False
        for one in equations:
            least, most = (sum(bounds[part][end] for part in one.parts) for end in (0, 1))
            changed |= _cut(bounds, one.whole, least, most)
            low, high = bounds[one.whole]
            for part in one.parts:
                part_low, part_high = bounds[part]
                changed |= _cut(bounds, part, low - (most - part_high), high - (least - part_low))
                least, most = (sum(bounds[name][end] for name in one.parts) for end in (0, 1))


def _cut(bounds: Bounds, name: str, least: int, most: int) -> bool:
    before = bounds[name]
    bounds[name] = (max(before[0], least), min(before[1], most))
    return bounds[name] != before
