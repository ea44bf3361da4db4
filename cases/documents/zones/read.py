"""Read a machine-readable zone out of a typed or pasted text."""

from datetime import date

from cases.documents.zones.defects import Defect, Grade, worst
from cases.documents.zones.examine import examine
from cases.documents.zones.layouts import layout_for
from cases.documents.zones.repair import repaired
from cases.documents.zones.zone import Zone, judged, nothing

# The largest zone has 90 characters; a page pasted around it is tolerated, a file is not.
LONGEST = 2000


def read_zone(text: str, *, today: date) -> Zone:
    """Read any text; never raises, whatever the text.

    The text is judged as it stands first. Only where that is not valid are the usual reading mistakes repaired, and then the
    repairs are listed and the verdict is "valid after correction" at best.
    """
    if len(text) > LONGEST:
        return nothing(Defect.TOO_LONG, today, found=str(len(text)), expected=str(LONGEST))
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if not lines:
        return nothing(Defect.NO_ZONE, today)
    strict = read_strictly(lines, today)
    if strict and worst(strict.defects) is Grade.REMARK:
        return strict
    return repaired(lines, strict, today)


def read_strictly(lines: list[str], today: date) -> Zone | None:
    """The zone as it stands; nothing where the lines have the shape of no kind."""
    width = len(lines[0])
    if any(len(line) != width for line in lines):
        return None
    text = "".join(lines)
    layout = layout_for(len(lines), width, text)
    return judged(layout, tuple(lines), examine(layout, text, today), today) if layout else None
