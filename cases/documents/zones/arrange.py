"""Find the lines of a zone in a text, and bring them to the length that their kind has."""

import re
from collections.abc import Iterator
from itertools import islice, product

from cases.documents.zones.defects import Repair, RepairKind
from cases.documents.zones.layouts import FILLER, SHAPES
from cases.documents.zones.typed import Draft

# A line of data reaches at least to the expiry; of a line of names a few letters are enough.
SHORTEST_NAMES, SHORTEST_DATA, SHORTEST_CARD = 7, 26, (5, 18, 2)
LONGER = 6
SHORTEST_LINE = 7
# How many signs of each line stand before the optional data, where fillers come and go.
FIXED, FIXED_CARD = (0, 28), (15, 18, 0)
# The second line of a passport or visa, with the usual mistakes: number, check digit, state, birth, check digit, sex.
DIGIT = "[0-9<OQDILZSGB]"
SECOND_LINE = re.compile(rf"(?=[A-Z0-9<]{{9}}{DIGIT}[A-Z0-9<]{{3}}{DIGIT}{{7}}[MFX<])")
MOST_ARRANGEMENTS = 60


def arrangements(draft: Draft) -> Iterator[Draft]:
    """Every sensible way to see a zone of two or three lines of the right length, the simplest first."""
    yield from islice(all_arrangements(draft), MOST_ARRANGEMENTS)


def all_arrangements(draft: Draft) -> Iterator[Draft]:
    lines = zone_lines(draft.lines)
    left_out = Repair(RepairKind.LINES)
    well = well_broken(lines)
    for count in (len(lines),) if well else (2, 3):
        for start in range(len(lines) - count + 1):
            window = lines[start : start + count]
            around = () if tuple(window) == draft.lines else (left_out,)
            for width in widths(window):
                if plausible(window, width):
                    yield from fitted(window, width, (*draft.repairs, *around))
    if not well:
        # Short pieces of a broken line do not look like a zone by themselves.
        for window in (*broken_anew("".join(draft.lines)), *broken_anew("".join(lines))):
            for width in widths(window):
                if plausible(window, width):
                    yield from fitted(window, width, (*draft.repairs, left_out))


def zone_lines(typed: tuple[str, ...]) -> list[str]:
    """The lines that look like a zone; all of two or three where any does, for a first line may be as short as I<USA."""
    lines = [line for line in map(without_label, typed) if line]
    like = [line for line in lines if looks_like_zone(line)]
    return lines if like and len(lines) in (2, 3) else like


def widths(window: list[str]) -> tuple[int, ...]:
    """The widths to try, by the first letter and the longest line."""
    if len(window) == 3:
        return (30,)
    first, longest = window[0][0], max(map(len, window))
    if first == "P":
        return (44, 36) if longest == 36 else (44,)
    if first == "V":
        return (36, 44) if longest <= 38 else (44,)
    return (44,) if longest > 40 else (36,)


def well_broken(lines: list[str]) -> bool:
    """Whether the lines are as long as those of a zone, so that the breaks need not be sought elsewhere."""
    return len(lines) in (2, 3) and all(
        width - 2 <= len(line) <= width + 2 for width in widths(lines) for line in lines
    )


def without_label(line: str) -> str:
    """What stands behind a colon: MRZ: P<UTO..."""
    return line.rpartition(":")[2]


def looks_like_zone(line: str) -> bool:
    if len(line) < SHORTEST_LINE:
        return False
    return FILLER in line or (len(line) >= SHORTEST_DATA and sum(map(str.isdigit, line)) >= 12)


def plausible(window: list[str], width: int) -> bool:
    shortest = (SHORTEST_NAMES, SHORTEST_DATA) if len(window) == 2 else SHORTEST_CARD

    return all(low <= len(line) <= width + LONGER for low, line in zip(shortest, window, strict=True))


def broken_anew(whole: str) -> Iterator[list[str]]:
    """Set the line breaks anew: by the length of a kind, or where a second line seems to begin."""
    for count, width in SHAPES:
        if len(whole) == count * width:
            yield [whole[start : start + width] for start in range(0, len(whole), width)]
    for found in islice(SECOND_LINE.finditer(whole, SHORTEST_NAMES), 4):
        yield [whole[: found.start()], whole[found.start() :]]


def fitted(window: list[str], width: int, repairs: tuple[Repair, ...]) -> Iterator[Draft]:
    """The lines at their length; a line of names only grows or shrinks at its end."""
    names = len(window) - 1 if len(window) == 3 else 0
    fixed = FIXED_CARD if len(window) == 3 else FIXED
    ways = [
        list(names_fitted(line, width) if number == names else data_fitted(line, width, fixed[number]))
        for number, line in enumerate(window)
    ]
    for lines in product(*ways):
        changes = [
            Repair(RepairKind.PADDED if len(before) < width else RepairKind.CUT, line=number)
            for number, before in enumerate(window, start=1)
            if len(before) != width
        ]
        yield Draft(lines, (*repairs, *changes))


def names_fitted(line: str, width: int) -> Iterator[str]:
    if len(line) <= width or not line[width:].strip(FILLER):
        yield line[:width].ljust(width, FILLER)


def data_fitted(line: str, width: int, fixed: int) -> Iterator[str]:
    """Fillers are missing or surplus at the end, in the last run of fillers, or before the closing check digits.

    The first signs of the line, up to `fixed`, always stand where they are.
    """
    if len(line) > width:
        surplus = len(line) - width
        run = line.rfind(FILLER * surplus)
        if run >= 0:
            yield line[:run] + line[run + surplus :]
        return
    missing = FILLER * (width - len(line))
    places = (len(line), line.rfind(FILLER) + 1 or len(line), len(line) - 1, len(line) - 2)
    for place in dict.fromkeys(places):
        if place >= fixed or place == len(line):
            yield line[:place] + missing + line[place:]
