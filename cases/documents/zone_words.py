"""What the zone reader finds, in the reader's words: the parser itself knows codes only."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.documents.zones.agreement import Agreement
from cases.documents.zones.defects import Finding, Repair, RepairKind
from cases.documents.zones.kinds import FieldName, Kind, Verdict

FIELDS: dict[FieldName, Promise] = {
    FieldName.CODE: _("Kind of paper"),
    FieldName.ISSUER: _("Issued by"),
    FieldName.NAMES: _("Names"),
    FieldName.NUMBER: _("Number"),
    FieldName.NATIONALITY: _("Nationality"),
    FieldName.BIRTH: _("Birth date"),
    FieldName.SEX: _("Sex"),
    FieldName.EXPIRY: _("Expires on"),
    FieldName.OPTIONAL: _("Whatever the state adds"),
    FieldName.OPTIONAL_2: _("More of what the state adds"),
    FieldName.SERIES_END: _("Last digit of the series"),
    FieldName.ISSUED: _("Issued on"),
    FieldName.UNIT_CODE: _("Code of the office"),
    FieldName.FILLER: _("Only < signs"),
    FieldName.GIVEN_NAMES: _("Given names"),
    FieldName.OFFICE: _("Office"),
    FieldName.COMPOSITE: _("Over everything"),
}
KINDS: dict[Kind, Promise] = {
    Kind.TD1: _("identity card of three lines"),
    Kind.TD2: _("identity card of two lines"),
    Kind.TD3: _("passport"),
    Kind.MRV_A: _("large visa"),
    Kind.MRV_B: _("small visa"),
    Kind.RUS_INTERNAL: _("Russian internal passport"),
    Kind.FRA_OLD_CARD: _("French identity card before 2021"),
}
VERDICTS: dict[Verdict, tuple[str, Promise]] = {
    Verdict.VALID: ("safe", _("Read, and every check digit is right.")),
    Verdict.CORRECTED: ("soon", _("Right after a correction. Compare what was corrected with the paper.")),
    Verdict.DOUBTFUL: (
        "danger",
        _(
            "The check digits are right, but something in it cannot be in a true paper. Look at it with a colleague who knows papers."
        ),
    ),
    Verdict.INVALID: ("danger", _("This cannot be right. Nothing was filled in; compare it with the paper.")),
}
DEFECTS: dict[str, Promise] = {
    "too_long": _("The text has %(found)s characters; more than %(expected)s are not read."),
    "no_zone": _("Nothing in the text looks like a machine-readable zone: two or three lines with < signs."),
    "lines": _("The text has %(found)s lines; this kind has %(expected)s."),
    "length": _("The line has %(found)s characters instead of %(expected)s."),
    "character": _("%(found)s is none of A to Z, 0 to 9 and <."),
    "check_digit": _("The check digit is %(found)s; what it checks asks for %(expected)s."),
    "character_kind": _("%(found)s stands where only this can: %(expected)s."),
    "date_characters": _("%(found)s is no date."),
    "date_impossible": _("There is no such day: %(found)s."),
    "date_zero": _("Zeros stand for an unknown day or month, where < signs should: %(found)s."),
    "name_missing": _("There is no surname."),
    "name_tail": _("%(found)s behind the names looks like < signs read as letters."),
    "name_gap": _("More < signs stand between the names than there should."),
    "name_cut": _("The names fill the whole line: they may be cut off."),
    "filler_as_k": _("A K among < signs may be a < read wrongly; no check digit tells."),
    "code_unusual": _("%(found)s is not a usual code for this kind of paper."),
    "state_unknown": _("%(found)s is the code of no state or organisation that we know."),
    "sex_unknown": _("%(found)s is neither M, F, X nor <."),
    "filler_expected": _("%(found)s stands where this passport has < signs."),
    "not_kler": _(
        "%(found)s is not spelt by the table of the internal passport, which would write %(expected)s."
    ),
    "unit_before_date": _(
        "The code of the office stands before the date of issue; in a true passport the date comes first: %(found)s."
    ),
    "unit_code": _("%(found)s is no code of an office: its first two digits name no region."),
    "issue_implausible": _(
        "Issued on %(found)s: in the future, before there were such passports, or before the holder was 14."
    ),
}
# What a position demands, as the parser says it.
DEMANDS: dict[str, Promise] = {
    "letter": _("a letter"),
    "letter or filler": _("a letter or <"),
    "digit": _("a digit"),
    "letter or 2 to 9 without 5": _("a letter, or one of 2, 3, 4, 6, 7, 8, 9"),
}
REPAIRS: dict[RepairKind, Promise] = {
    RepairKind.CASE: _("Small letters were read as capitals."),
    RepairKind.BLANKS: _("Blanks were left out or read as <."),
    RepairKind.FILLER_SIGN: _("Another sign was read as <: %(read)s"),
    RepairKind.LOOK_ALIKE: _("%(read)s was read as %(taken)s."),
    RepairKind.LINES: _("The lines were broken anew, or lines around the zone left out."),
    RepairKind.PADDED: _("Missing < signs were put in."),
    RepairKind.CUT: _("Surplus < signs were taken out."),
    RepairKind.POSITION: _("%(read)s was read as %(taken)s, which alone can stand there."),
    RepairKind.NAME_TAIL: _("%(read)s behind the names was read as <."),
    RepairKind.CHECK_DIGIT: _(
        "%(read)s was read as %(taken)s: the only change that makes every check digit right."
    ),
}
AGREEMENTS: dict[Agreement, tuple[str, Promise]] = {
    Agreement.SAME: ("safe", _("the same")),
    Agreement.TRANSLITERATED: ("safe", _("the same name in other letters")),
    Agreement.SOUNDS_ALIKE: ("soon", _("sounds alike, but no known table explains the spelling")),
    Agreement.SHORTER: ("soon", _("the zone holds only the beginning, or fewer of the names")),
    Agreement.PARTIAL: ("safe", _("the zone knows only a part of the date, and that agrees")),
    Agreement.DIFFERS: ("danger", _("differs: the zone would have to say %(expected)s")),
    Agreement.NOT_IN_ZONE: ("", _("the zone does not tell")),
}
COMPARED: dict[str, Promise] = {
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "patronymic": _("Patronymic"),
    "number": _("Number"),
    "birth": _("Birth date"),
    "expiry": _("Expires on"),
    "issued": _("Issued on"),
}
_PLACE = _("Line %(line)s, character %(column)s")


def said_finding(finding: Finding) -> str:
    words = DEFECTS.get(finding.defect.code)
    values = {name: str(DEMANDS.get(value, value)) for name, value in finding.parameters.items()}
    sentence = str(words) % values if words else finding.defect.meaning.format_map(values)
    field = f"{FIELDS[finding.field]}: " if finding.field else ""
    return f"{_placed(finding.line, finding.column)}{field}{sentence}"


def said_repair(repair: Repair) -> str:
    return _placed(repair.line, repair.column) + str(REPAIRS[repair.kind]) % _signs(repair)


def _signs(repair: Repair) -> Mapping[str, str]:
    return {"read": repair.read, "taken": repair.taken}


def _placed(line: int, column: int) -> str:
    return f"{_PLACE % {'line': line, 'column': column}}. " if line and column else ""
