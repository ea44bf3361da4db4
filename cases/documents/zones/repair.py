"""Look for a reading of the text that is valid when the usual reading mistakes are repaired."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cases.documents.zones.arrange import arrangements
from cases.documents.zones.checks import failing
from cases.documents.zones.defects import (
    VERDICTS,
    Defect,
    Finding,
    Grade,
    Repair,
    RepairKind,
    worst,
)
from cases.documents.zones.examine import examine
from cases.documents.zones.kinds import FieldName, Verdict
from cases.documents.zones.layouts import SHAPES, Layout, layout_for
from cases.documents.zones.positions import head_repaired, repair_positions
from cases.documents.zones.typed import Draft, drafts
from cases.documents.zones.zone import Zone, nothing

# Other ways to write the same signs; the other repairs are guesses.
HARMLESS = {
    *(RepairKind.CASE, RepairKind.BLANKS, RepairKind.FILLER_SIGN),
    *(RepairKind.LOOK_ALIKE, RepairKind.LINES),
}
# A date of birth and a check digit; in prose without them nothing is looked for.
FEWEST_DIGITS = 4
# Only letters that are typed for digits, and only the two commonest: with more pairs, or both ways, many a wrong digit would
# find something else to be explained by.
SWAPS = {"O": "0", "I": "1"}


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    layout: Layout
    text: str
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]

    @property
    def cost(self) -> tuple[int, int, int]:
        """Fewer broken rules first, then fewer doubts, then fewer repairs."""
        broken, doubts = burden(self.findings)
        return broken, doubts, len(self.repairs)

    @property
    def verdict(self) -> Verdict:
        """A reading that needs a guess and still leaves a doubt explains nothing."""
        grade = worst(self.findings)
        if grade is Grade.REMARK:
            return Verdict.CORRECTED
        guessed = any(repair.kind not in HARMLESS for repair in self.repairs)
        return Verdict.INVALID if guessed else VERDICTS[grade]


def burden(findings: tuple[Finding, ...]) -> tuple[int, int]:
    grades = [finding.defect.grade for finding in findings]
    return grades.count(Grade.BROKEN), grades.count(Grade.DOUBT)


def repaired(lines: list[str], strict: Zone | None, today: date) -> Zone:
    """The best reading after repairs where it is better than the strict one; the strict one, or its defects, otherwise."""
    if strict is None and sum(map(str.isdigit, "".join(lines))) < FEWEST_DIGITS:
        return nothing(Defect.NO_ZONE, today)
    best = min(readings(lines, strict, today), key=lambda reading: reading.cost, default=None)
    if strict and (best is None or best.cost[:2] >= burden(strict.defects)):
        return strict
    if best is None:
        return no_reading(lines, today)
    return Zone(
        kind=best.layout.kind,
        lines=best.layout.cut(best.text),
        verdict=best.verdict,
        defects=strict.defects if strict else shape_defects(lines, best.layout.lines, best.layout.width),
        today=today,
        layout=best.layout,
        repairs=best.repairs,
        remaining=best.findings,
    )


def readings(lines: list[str], strict: Zone | None, today: date) -> Iterator[Reading]:
    """Readings in the order of their simplicity; nothing more is tried once one is without a flaw.

    Lines that have the shape of a kind keep it: to break them anew would make zones out of rubbish.
    """
    shape = list(map(len, lines)) if strict else []
    for draft in drafts(lines):
        for arranged in [draft] if strict and list(map(len, draft.lines)) == shape else arrangements(draft):
            reading = read_arranged(arranged, strict, today)
            if reading:
                yield reading
                if worst(reading.findings) is Grade.REMARK:
                    return


def read_arranged(arranged: Draft, strict: Zone | None, today: date) -> Reading | None:
    text = head_repaired("".join(arranged.lines))
    layout = layout_for(len(arranged.lines), len(arranged.lines[0]), text)
    if layout is None:
        return None
    text, changes = repair_positions(layout, "".join(arranged.lines))
    unchanged = strict is not None and strict.layout is layout and strict.text == text
    findings = strict.defects if strict and unchanged else examine(layout, text, today)
    reading = Reading(layout, text, findings, (*arranged.repairs, *changes))
    return by_check_digits(reading, today)


def by_check_digits(reading: Reading, today: date) -> Reading:
    """Read O as 0, or I as 1, in a number or the optional data, where that alone makes every check digit right.

    At least two check digits have to speak for it, the field's own and the composite one, and no other swap may do the same.
    """
    wrong = [finding.field for finding in reading.findings if finding.defect is Defect.CHECK_DIGIT]
    if len(wrong) < 2 or FieldName.COMPOSITE not in wrong:
        return reading
    candidates = [text for text in swapped(reading.layout, reading.text) if not failing(reading.layout, text)]
    if len(candidates) != 1:
        return reading
    changes = tuple(
        Repair(RepairKind.CHECK_DIGIT, *reading.layout.place(offset), read, taken)
        for offset, (read, taken) in enumerate(zip(reading.text, candidates[0], strict=True))
        if read != taken
    )
    findings = examine(reading.layout, candidates[0], today)
    return replace(reading, text=candidates[0], findings=findings, repairs=(*reading.repairs, *changes))


def swapped(layout: Layout, text: str) -> Iterator[str]:
    """Every single swap, and every letter of a field swapped together."""
    seen = set()
    for slot in layout.slots:
        if slot.name not in (FieldName.NUMBER, FieldName.OPTIONAL, FieldName.OPTIONAL_2):
            continue
        if layout.demands[slot.start] != "X":
            continue
        field = text[slot.start : slot.end]
        changed = [field.replace("O", "0"), field.replace("I", "1")]
        changed.append(changed[0].replace("I", "1"))
        for offset, char in enumerate(field):
            if char in SWAPS:
                changed.append(field[:offset] + SWAPS[char] + field[offset + 1 :])
        for other in changed:
            if other != field:
                seen.add(text[: slot.start] + other + text[slot.end :])
    yield from sorted(seen)


def shape_defects(lines: list[str], count: int, width: int) -> tuple[Finding, ...]:
    """What is wrong with the lines as they were typed, measured against the kind they were taken for."""
    if len(lines) != count:
        parameters = {"found": str(len(lines)), "expected": str(count)}
        return (Finding(Defect.LINES, parameters=parameters),)
    return tuple(
        Finding(Defect.LENGTH, None, number, 0, {"found": str(len(line)), "expected": str(width)})
        for number, line in enumerate(lines, start=1)
        if len(line) != width
    )


def no_reading(lines: list[str], today: date) -> Zone:
    """Lines too short or too long for any kind: say by how much, where they resemble a zone at all."""
    shapes = [(count, width) for count, width in SHAPES if count == len(lines)]
    if not shapes or not any("<<" in line for line in lines):
        return nothing(Defect.NO_ZONE, today)
    count, width = min(shapes, key=lambda shape: abs(shape[1] - max(map(len, lines))))
    return Zone(None, (), Verdict.INVALID, shape_defects(lines, count, width), today)
