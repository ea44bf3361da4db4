"""Judge a zone as it stands: letters, check digits, dates, names, codes. Nothing is repaired here."""

from collections.abc import Iterator
from datetime import date

from cases.documents.zones.checks import covered, failing
from cases.documents.zones.dates import Century, read_date
from cases.documents.zones.defects import Defect, Finding
from cases.documents.zones.digits import check_digit
from cases.documents.zones.findings import found_at
from cases.documents.zones.internal import examine_internal
from cases.documents.zones.kinds import FieldName, Kind
from cases.documents.zones.layouts import Layout
from cases.documents.zones.names import has_gap, misread_tail
from cases.documents.zones.states import STATES
from cases.documents.zones.typed import ALPHABET

SEXES = frozenset("MFX<")
CODES = {
    Kind.TD1: "ACI",
    Kind.TD2: "ACIP",
    Kind.TD3: "P",
    Kind.MRV_A: "V",
    Kind.MRV_B: "V",
    Kind.RUS_INTERNAL: "P",
    Kind.FRA_OLD_CARD: "I",
}
# In words, what a position demands, for the parameters of a finding.
DEMANDS = {
    "L": "letter",
    "A": "letter or filler",
    "S": "letter",
    "9": "digit",
    "K": "letter or 2 to 9 without 5",
}


def examine(layout: Layout, text: str, today: date) -> tuple[Finding, ...]:
    """Everything that is wrong or remarkable, in the order of the fields; empty for a zone without a flaw."""
    findings = [] if layout.pattern.fullmatch(text) else list(wrong_characters(layout, text))
    findings += wrong_digits(layout, text)
    findings += dates(layout, text, today)
    findings += names(layout, text)
    findings += optional(layout, text)
    findings += codes(layout, text)
    if layout.kind is Kind.RUS_INTERNAL:
        findings += examine_internal(layout, text, today)
    return tuple(findings)


def wrong_characters(layout: Layout, text: str) -> Iterator[Finding]:
    """Signs of no zone anywhere, and signs of the wrong kind where no other check names them; one finding for each field."""
    for check in layout.checks:
        if (char := text[check.at]) not in ALPHABET:
            yield found_at(layout, check.name, Defect.CHARACTER, check.at, found=char)
    for slot in layout.slots:
        signs = [(offset, text[offset], layout.demands[offset]) for offset in range(slot.start, slot.end)]
        unknown = [(offset, char) for offset, char, _ in signs if char not in ALPHABET]
        if unknown:
            found = "".join(char for _, char in unknown)
            yield found_at(layout, slot.name, Defect.CHARACTER, unknown[0][0], found=found)
        wrong = [
            (offset, char, demand)
            for offset, char, demand in signs
            if demand in DEMANDS and char in ALPHABET and not fits_demand(char, demand)
        ]
        if wrong:
            found, expected = "".join(char for _, char, _ in wrong), DEMANDS[wrong[0][2]]
            yield found_at(
                layout, slot.name, Defect.CHARACTER_KIND, wrong[0][0], found=found, expected=expected
            )


def fits_demand(char: str, demand: str) -> bool:
    if demand == "K":
        return char not in "015"
    if demand == "9":
        return char.isdecimal()
    return not char.isdecimal() and (demand != "L" or char != "<")


def wrong_digits(layout: Layout, text: str) -> list[Finding]:
    return [
        found_at(
            layout,
            slot.name,
            Defect.CHECK_DIGIT,
            slot.at,
            found=text[slot.at],
            expected=check_digit(covered(slot, text)),
        )
        for slot in failing(layout, text)
    ]


def dates(layout: Layout, text: str, today: date) -> Iterator[Finding]:
    for name, century in ((FieldName.BIRTH, Century.PAST), (FieldName.EXPIRY, Century.NEAREST)):
        slot = layout.by_name.get(name)
        if slot is None or (name is FieldName.EXPIRY and layout.kind is Kind.RUS_INTERNAL):
            continue
        raw = text[slot.start : slot.end]
        defect = read_date(raw, century, today)[1]
        if defect:
            yield found_at(layout, name, defect, slot.start, found=raw)


def names(layout: Layout, text: str) -> Iterator[Finding]:
    slot = layout.by_name[FieldName.NAMES]
    raw = text[slot.start : slot.end]
    if raw[0] == "<":
        yield found_at(layout, slot.name, Defect.NAME_MISSING, slot.start)
    if tail := misread_tail(raw):
        start = slot.start + tail[0]
        yield found_at(layout, slot.name, Defect.NAME_TAIL, start, found=text[start : slot.end].strip("<"))
    elif has_gap(raw):
        yield found_at(layout, slot.name, Defect.NAME_GAP, slot.start)
    if raw[-1] != "<":
        yield found_at(layout, slot.name, Defect.NAME_CUT, slot.end - 1)


def optional(layout: Layout, text: str) -> Iterator[Finding]:
    for name in (FieldName.OPTIONAL, FieldName.OPTIONAL_2):
        slot = layout.by_name.get(name)
        if slot and (at := text.find("<<K", slot.start, slot.end)) >= 0:
            yield found_at(layout, name, Defect.FILLER_AS_K, at + 2)


def codes(layout: Layout, text: str) -> Iterator[Finding]:
    if text[0] not in CODES[layout.kind]:
        yield found_at(layout, FieldName.CODE, Defect.CODE_UNUSUAL, 0, found=text[:2])
    for name in (FieldName.ISSUER, FieldName.NATIONALITY):
        slot = layout.by_name.get(name)
        if slot and (code := text[slot.start : slot.end].rstrip("<")) not in STATES:
            yield found_at(layout, name, Defect.STATE_UNKNOWN, slot.start, found=code)
    sex = layout.by_name[FieldName.SEX].start
    if text[sex] not in SEXES:
        yield found_at(layout, FieldName.SEX, Defect.SEX_UNKNOWN, sex, found=text[sex])
