"""Repair signs by what their position demands: a letter where only a digit can be, or the reverse."""

from cases.documents.zones.defects import Repair, RepairKind
from cases.documents.zones.kinds import FieldName
from cases.documents.zones.layouts import Layout
from cases.documents.zones.names import misread_tail

AS_DIGIT = dict(zip("OQDILZSGBT", "0001125687", strict=True))
AS_LETTER = dict(zip("0125687", "OIZSGBT", strict=True))
# KLER uses 2, 3, 4, 6, 7, 8 and 9 as letters, so only three digits can be misread there.
AS_KLER = {"0": "O", "1": "I", "5": "S"}
AS_FILLER = dict.fromkeys("KCL", "<")
TABLES = {
    "L": AS_LETTER,
    "A": AS_LETTER,
    "K": AS_KLER,
    "9": AS_DIGIT,
    "D": AS_DIGIT,
    "C": AS_DIGIT,
    "F": AS_FILLER,
}
HEAD = 5


def head_repaired(text: str) -> str:
    """The code and the issuing state as letters, so that the layout can be chosen."""
    return "".join(AS_LETTER.get(char, char) for char in text[:HEAD]) + text[HEAD:]


def repair_positions(layout: Layout, text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text with every sign that cannot stand at its position read as the one it resembles, and the list of these."""
    repaired = text if layout.pattern.fullmatch(text) else as_demanded(layout, text)
    tail = name_tail(layout, repaired)
    if tail:
        repaired = repaired[: tail[0]] + "<" * (tail[1] - tail[0]) + repaired[tail[1] :]
    return repaired, () if repaired == text else tuple(changes(layout, text, repaired, tail))


def as_demanded(layout: Layout, text: str) -> str:
    pairs = zip(text, layout.demands, strict=True)
    return "".join([TABLES[demand].get(char, char) if demand in TABLES else char for char, demand in pairs])


def name_tail(layout: Layout, text: str) -> tuple[int, int] | None:
    slot = layout.by_name[FieldName.NAMES]
    tail = misread_tail(text[slot.start : slot.end])
    return (slot.start + tail[0], slot.start + tail[1]) if tail else None


def changes(layout: Layout, before: str, after: str, tail: tuple[int, int] | None) -> list[Repair]:
    found = []
    for offset, (read, taken) in enumerate(zip(before, after, strict=True)):
        if read != taken:
            in_tail = tail is not None and tail[0] <= offset < tail[1]
            kind = RepairKind.NAME_TAIL if in_tail else RepairKind.POSITION
            found.append(Repair(kind, *layout.place(offset), read, taken))
    return found
