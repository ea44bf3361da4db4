"""What can be wrong with a zone, as codes with parameters; whoever shows them writes the sentences."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from cases.documents.zones.kinds import FieldName, Verdict


class Grade(IntEnum):
    REMARK = 0
    """Worth knowing; the zone stays valid."""
    DOUBT = 1
    """Cannot be in a true document, though the check digits may hold."""
    BROKEN = 2
    """Shape or arithmetic is wrong."""


class Defect(Enum):
    """Code, grade and meaning. Parameters are named in braces."""

    def __init__(self, code: str, grade: Grade, meaning: str) -> None:
        self.code = code
        self.grade = grade
        self.meaning = meaning

    TOO_LONG = (
        "too_long",
        Grade.BROKEN,
        "The text has {found} characters; more than {expected} are not read.",
    )
    NO_ZONE = ("no_zone", Grade.BROKEN, "Nothing in the text looks like a machine-readable zone.")
    LINES = ("lines", Grade.BROKEN, "The text has {found} lines; this kind has {expected}.")
    LENGTH = ("length", Grade.BROKEN, "The line has {found} characters instead of {expected}.")
    CHARACTER = ("character", Grade.BROKEN, "{found} is none of A to Z, 0 to 9 and the filler.")
    CHECK_DIGIT = ("check_digit", Grade.BROKEN, "The check digit is {found}; the field asks for {expected}.")
    CHARACTER_KIND = ("character_kind", Grade.DOUBT, "{found} stands where only {expected} can.")
    DATE_CHARACTERS = ("date_characters", Grade.DOUBT, "{found} is not a date: two digits each or fillers.")
    DATE_IMPOSSIBLE = ("date_impossible", Grade.DOUBT, "There is no such day as {found}.")
    DATE_ZERO = (
        "date_zero",
        Grade.REMARK,
        "Zeros stand for an unknown day or month; fillers should: {found}.",
    )
    NAME_MISSING = ("name_missing", Grade.DOUBT, "There is no surname.")
    NAME_TAIL = ("name_tail", Grade.DOUBT, "{found} behind the names looks like fillers read as letters.")
    NAME_GAP = ("name_gap", Grade.REMARK, "Fillers stand between the names where one or two should.")
    NAME_CUT = ("name_cut", Grade.REMARK, "The names fill the field: they may be cut off.")
    FILLER_AS_K = (
        "filler_as_k",
        Grade.REMARK,
        "A K among fillers may be a filler read wrongly, and no check digit tells: K counts 20, a filler 0.",
    )
    CODE_UNUSUAL = ("code_unusual", Grade.REMARK, "{found} is not a usual code for this kind.")
    STATE_UNKNOWN = (
        "state_unknown",
        Grade.REMARK,
        "{found} is not among the codes of states and organisations.",
    )
    SEX_UNKNOWN = ("sex_unknown", Grade.REMARK, "{found} is neither M, F, X nor a filler.")
    FILLER_EXPECTED = ("filler_expected", Grade.DOUBT, "{found} stands where this passport has fillers.")
    NOT_KLER = (
        "not_kler",
        Grade.DOUBT,
        "{found} is not spelt by the table of the internal passport, which would write {expected}.",
    )
    UNIT_BEFORE_DATE = (
        "unit_before_date",
        Grade.DOUBT,
        "The unit code stands before the date of issue; in a true passport the date comes first: {found}.",
    )
    UNIT_CODE = ("unit_code", Grade.DOUBT, "{found} is not a unit code: its first two digits name no region.")
    ISSUE_IMPLAUSIBLE = (
        "issue_implausible",
        Grade.DOUBT,
        "Issued on {found}: in the future, before such passports were, or before the holder was 14.",
    )


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One defect at one place; line and column count from 1, 0 where the whole text is meant."""

    defect: Defect
    field: FieldName | None = None
    line: int = 0
    column: int = 0
    parameters: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __repr__(self) -> str:
        # The parameters hold what was typed, and that must not reach a log.
        return (
            f"<Finding {self.defect.name} {self.field.name if self.field else '-'} {self.line}:{self.column}>"
        )


def worst(findings: Iterable[Finding]) -> Grade:
    return max((finding.defect.grade for finding in findings), default=Grade.REMARK)


VERDICTS = {Grade.REMARK: Verdict.VALID, Grade.DOUBT: Verdict.DOUBTFUL, Grade.BROKEN: Verdict.INVALID}


class RepairKind(StrEnum):
    """Why something was read other than it was typed."""

    CASE = "case"
    """Small letters."""
    BLANKS = "blanks"
    """Blanks inside a line left out, or taken for fillers."""
    FILLER_SIGN = "filler sign"
    """Another sign typed for the filler: ‹ « _ - or a dash."""
    LOOK_ALIKE = "look-alike"
    """A letter of another alphabet or with an accent."""
    LINES = "lines"
    """Line breaks set anew, or lines around the zone left out."""
    PADDED = "padded"
    """Missing fillers put in."""
    CUT = "cut"
    """Surplus fillers taken out."""
    POSITION = "position"
    """A letter where only a digit can be, or the reverse."""
    NAME_TAIL = "name tail"
    """Letters behind the names taken for fillers."""
    CHECK_DIGIT = "check digit"
    """O for 0 or I for 1, the only such change that makes every check digit right."""


@dataclass(frozen=True, slots=True, repr=False)
class Repair:
    """What was read and what was taken for it; line and column count from 1 in the lines as taken, 0 for all."""

    kind: RepairKind
    line: int = 0
    column: int = 0
    read: str = ""
    taken: str = ""

    def __repr__(self) -> str:
        return f"<Repair {self.kind} {self.line}:{self.column}>"
