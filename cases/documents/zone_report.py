"""What a typed or pasted zone fills into the form of a paper, and what is to be said about it.

The text tells who it is: it is held for the length of one answer, and kept in the identity safe alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries

from cases.applicants.forms.sealed import written_date
from cases.documents.forms.days import written
from cases.documents.models import DocumentType, Zone
from cases.documents.zone_words import (
    AGREEMENTS,
    COMPARED,
    FIELDS,
    KINDS,
    VERDICTS,
    said_finding,
    said_repair,
)
from cases.documents.zones.agreement import Agreement, Compared
from cases.documents.zones.checks import CheckDigit
from cases.documents.zones.compare import compare
from cases.documents.zones.kinds import FieldName, Kind, Verdict
from cases.documents.zones.zone import Zone as ReadZone

# The zone that each type of the catalogue carries, as the parser names it.
EXPECTED: dict[str, tuple[Kind, ...]] = {
    Zone.TD1: (Kind.TD1,),
    Zone.TD2: (Kind.TD2, Kind.FRA_OLD_CARD),
    Zone.TD3: (Kind.TD3,),
    Zone.PN: (Kind.RUS_INTERNAL,),
    Zone.MRVA: (Kind.MRV_A,),
    Zone.MRVB: (Kind.MRV_B,),
}
_GERMANY = {"D": "DE"}
_COMPARED = {"surname": "surname", "number": "number", "issued_on": "issued", "expires_on": "expiry"}


@dataclass(frozen=True)
class Line:
    """One field of the zone: what stands there, what it means, and its check digit where it has one."""

    label: str
    raw: str
    value: str
    check: CheckDigit | None

    @property
    def fits(self) -> list[str]:
        if self.check is None or self.check.ok:
            return []
        return [
            _("%(fits)s instead of %(read)s (line %(line)s, character %(column)s)")
            % {"fits": one.fits, "read": one.read, "line": one.line, "column": one.column}
            for one in self.check.fits
        ]


@dataclass(frozen=True)
class Difference:
    label: str
    zone: str
    typed: str
    tone: str
    said: str


@dataclass(frozen=True)
class Report:
    tone: str
    verdict: str
    kind: str
    text: str
    repairs: list[str]
    defects: list[str]
    lines: list[Line]
    compared: list[Difference]
    filled: dict[str, Any] = field(default_factory=dict)


def report(zone: ReadZone, *, type: DocumentType | None, typed: Mapping[str, str]) -> Report:
    """Read into the form: what was typed stays and is compared, what was empty is filled in."""
    tone, verdict = VERDICTS[zone.verdict]
    filled = {} if zone.verdict is Verdict.INVALID else form_values(zone)
    defects = [said_finding(one) for one in zone.defects]
    if type is not None and zone.kind is not None and zone.kind not in EXPECTED.get(type.zone, tuple(Kind)):
        defects.insert(0, _("This is the zone of another kind of paper than the type chosen above."))
    return Report(
        tone,
        str(verdict),
        str(KINDS[zone.kind]) if zone.kind else "",
        "\n".join(zone.lines),
        [said_repair(one) for one in zone.repairs],
        defects,
        _lines(zone),
        differences(zone, _to_compare(zone, typed)) if zone.verdict is not Verdict.INVALID else [],
        {name: value for name, value in filled.items() if value and not typed.get(name)},
    )


def form_values(zone: ReadZone) -> dict[str, Any]:
    """The values of a zone under the names of the form's fields."""
    values, names = zone.values, zone.values.cyrillic if zone.values.cyrillic.surname else zone.values.names
    return {
        "country": _GERMANY.get(values.issuer) or countries.alpha2(values.issuer),
        "number": values.number,
        "surname": names.surname,
        "given_names": " ".join(filter(None, [*names.given, names.patronymic])),
        "unit_code": values.unit_code,
        "issued_on": written(values.issued.exact) if values.issued and values.issued.exact else "",
        "expires_on": written(values.expiry.exact) if values.expiry and values.expiry.exact else "",
    }


def differences(zone: ReadZone, typed: Mapping[str, str]) -> list[Difference]:
    compared = compare(zone, typed)
    return [_difference(one) for one in compared if one.agreement is not Agreement.NOT_IN_ZONE]


def sealed_identity(zone: ReadZone, identity: Mapping[str, Any]) -> list[Difference]:
    """Compare with the opened name: the parts that are known apart, and the birth date where it is whole."""
    birth = str(identity.get("birth_date", ""))
    known = {
        "surname": identity.get("family_name", ""),
        "given_names": identity.get("given_name", ""),
        "patronymic": identity.get("patronymic", "") if zone.kind is Kind.RUS_INTERNAL else "",
        "birth": birth if len(birth) == len("1999-11-04") else "",
    }
    return differences(zone, {name: str(value) for name, value in known.items() if value})


def _difference(one: Compared) -> Difference:
    tone, said = AGREEMENTS[one.agreement]
    expected = _value(one.expected)
    return Difference(
        str(COMPARED[one.field]),
        _value(one.zone),
        _value(one.typed),
        tone,
        str(said) % {"expected": expected},
    )


def _to_compare(zone: ReadZone, typed: Mapping[str, str]) -> dict[str, str]:
    found = {its: typed[mine] for mine, its in _COMPARED.items() if typed.get(mine)}
    for name in ("issued", "expiry"):
        if name in found:
            found[name] = written_date(found[name].strip())
    given = typed.get("given_names", "").split()
    if len(given) > 1 and zone.values.names.patronymic:
        found["patronymic"] = given.pop()
    return found | ({"given_names": " ".join(given)} if given else {})


def _lines(zone: ReadZone) -> list[Line]:
    checks = {check.field: check for check in zone.checks}
    lines = [
        Line(str(FIELDS[one.name]), one.raw, _value(one.value), checks.get(one.name))
        for one in zone.fields
        if one.name is not FieldName.FILLER
    ]
    whole = checks.get(FieldName.COMPOSITE)
    return [*lines, Line(str(FIELDS[FieldName.COMPOSITE]), whole.found, "", whole)] if whole else lines


def _value(value: str) -> str:
    try:
        return written(date.fromisoformat(value))
    except ValueError:
        return value
