"""Count typing errors: letters left out, added, exchanged, or two neighbours swapped (Damerau-Levenshtein)."""

from typing import NamedTuple


class Edits(NamedTuple):
    whole: int  # errors between both words; limit + 1 stands for "more than allowed"
    beginning: int  # errors between the typed word and the best beginning of the other


def edits(typed: str, other: str, limit: int) -> Edits:
    """Errors up to `limit`, looked for in a band along the diagonal and given up as soon as no path stays below it."""
    beyond = limit + 1
    if len(typed) - len(other) > limit:
        return Edits(beyond, beyond)
    width = min(len(other), len(typed) + limit)
    before = [beyond] * (width + 1)
    row = [min(at, beyond) for at in range(width + 1)]
    for line, char in enumerate(typed, 1):
        older, before = before, row
        row = [beyond] * (width + 1)
        row[0] = min(line, beyond)
        for at in range(max(1, line - limit), min(width, line + limit) + 1):
            # Comparisons instead of min(): this line is where a search spends its time.
            cost = before[at - 1] + (char != other[at - 1])
            if before[at] < cost:
                cost = before[at] + 1
            if row[at - 1] < cost:
                cost = row[at - 1] + 1
            if line > 1 and at > 1 and char == other[at - 2] and typed[line - 2] == other[at - 1]:
                cost = min(cost, older[at - 2] + 1)
            row[at] = cost if cost < beyond else beyond
        if min(row) > limit and min(before) > limit:
            return Edits(beyond, beyond)
    whole = row[width] if width == len(other) else beyond
    return Edits(whole, min(row))
