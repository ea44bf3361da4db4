"""What the arithmetic finds odd about a paper. Pure: no database, no Django.

A remark asks to look again and stops nothing: what somebody really holds is stored as it is. Its values are dates,
years and examples, never a part of a number, since remarks stand in clear.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cases.applicants.ages import birthday
from cases.documents import control_digits
from cases.documents.travel.days import plus_months
from cases.documents.travel.facts import Born, Status

INTERNAL, WITHOUT_CHIP, WITH_CHIP = "RU_INT", "RU_ZAG5", "RU_ZAG10"
# Before this day passports with a chip were given for five years too.
TEN_YEARS_SINCE = date(2010, 3, 1)
AT_14, REPLACED_AT = 14, (20, 45)
GRACE = timedelta(days=90)
# Some offices count from the application, some to the day before.
LEEWAY = timedelta(days=31)
SERIES_LEEWAY = 3
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f№]+")
_UNIT_CODE = re.compile(r"\d{3}-\d{3}")


@dataclass(frozen=True)
class Kind:
    """What the catalogue says of a type of paper, as far as it can be reckoned with."""

    code: str
    issuer: str = ""
    years: int | None = None
    months: int | None = None
    number_pattern: str = ""
    number_example: str = ""
    zone: str = "none"
    zone_since: date | None = None


@dataclass(frozen=True)
class Facts:
    """One paper as it was entered; the sealed part is empty where nobody opened or typed it."""

    status: str = Status.HELD
    country: str = ""
    issued: date | None = None
    expires: date | None = None
    chip: bool | None = None
    born: Born | None = None
    number: str = field(default="", repr=False)
    unit_code: str = field(default="", repr=False)
    has_zone: bool = False


@dataclass(frozen=True)
class Remark:
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def clear_remarks(kind: Kind, facts: Facts, today: date) -> list[Remark]:
    """What is odd about dates, age, chip and country: reckoned anew whenever the paper is shown."""
    checks: tuple[Callable[[], Remark | None], ...] = (
        lambda: _issued_ahead(facts, today),
        lambda: _issued_before_birth(facts),
        lambda: _validity(kind, facts),
        lambda: _chip(kind, facts),
        lambda: _country(kind, facts),
        lambda: _too_young(kind, facts),
        lambda: _not_replaced(kind, facts, today),
        lambda: _expired(facts, today),
    )
    return [remark for check in checks if (remark := check())]


def sealed_remarks(kind: Kind, facts: Facts) -> list[Remark]:
    """What is odd about the number, the unit code and the zone: known only at the moment of sealing, so stored."""
    return [
        *_number_form(kind, facts),
        *_series_year(kind, facts),
        *_unit_code(facts),
        *_zone(kind, facts),
        *_control(kind, facts),
    ]


def remarks(kind: Kind, facts: Facts, today: date) -> list[Remark]:
    return [*clear_remarks(kind, facts, today), *sealed_remarks(kind, facts)]


def plain_number(typed: str) -> str:
    """A number as the patterns of the catalogue want it: without blanks, in capitals."""
    return _BLANKS.sub("", typed).upper()


def _issued_ahead(facts: Facts, today: date) -> Remark | None:
    if facts.issued and facts.issued > today:
        return Remark("issued_ahead", {"issued": facts.issued})
    return None


def _issued_before_birth(facts: Facts) -> Remark | None:
    born = facts.born.earliest if facts.born else None
    return Remark("issued_before_birth") if facts.issued and born and facts.issued < born else None


def _validity(kind: Kind, facts: Facts) -> Remark | None:
    issued, expires = facts.issued, facts.expires
    months = kind.months or (kind.years or 0) * 12
    if issued is None or expires is None or not months:
        return None
    if kind.code == WITH_CHIP and issued < TEN_YEARS_SINCE:
        months = 60
    if _fits(issued, expires, months):
        return None
    if kind.code == WITHOUT_CHIP and _fits(issued, expires, 120):
        return Remark("ten_years_without_chip")
    if kind.code == WITH_CHIP and _fits(issued, expires, 60):
        return Remark("five_years_with_chip")
    until = plus_months(issued, months)
    usual = {"months": months, "until": until}
    if expires > until:
        return Remark("validity_longer", usual)
    # A permit of some months is often given for less; a paper of whole years is not.
    return Remark("validity_shorter", usual) if kind.years else None


def _fits(issued: date, expires: date, months: int) -> bool:
    return abs(expires - plus_months(issued, months)) <= LEEWAY


def _chip(kind: Kind, facts: Facts) -> Remark | None:
    if kind.code == WITH_CHIP and facts.chip is False:
        return Remark("chip_missing")
    if kind.code == WITHOUT_CHIP and facts.chip and (not facts.issued or facts.issued >= TEN_YEARS_SINCE):
        return Remark("chip_unexpected")
    return None


def _country(kind: Kind, facts: Facts) -> Remark | None:
    if kind.issuer and facts.country and facts.country != kind.issuer:
        return Remark("country_differs", {"issuer": kind.issuer})
    return None


def _too_young(kind: Kind, facts: Facts) -> Remark | None:
    born = facts.born.earliest if facts.born else None
    if kind.code == INTERNAL and facts.issued and born and born <= facts.issued < birthday(born, AT_14):
        return Remark("issued_before_14")
    return None


def _not_replaced(kind: Kind, facts: Facts, today: date) -> Remark | None:
    """An internal passport that an age has made invalid; said only where the known month of birth leaves no doubt."""
    if kind.code != INTERNAL or not facts.issued or not facts.born:
        return None
    earliest, latest = facts.born.earliest, facts.born.latest
    if earliest is None or latest is None:
        return None
    for age in reversed(REPLACED_AT):
        if birthday(latest, age) + GRACE < today and facts.issued < birthday(earliest, age):
            return Remark("not_replaced", {"age": age})
    return None


def _expired(facts: Facts, today: date) -> Remark | None:
    if facts.expires and facts.expires < today and facts.status == Status.HELD:
        return Remark("expired_but_held", {"expires": facts.expires})
    return None


def _number_form(kind: Kind, facts: Facts) -> list[Remark]:
    if not (facts.number and kind.number_pattern):
        return []
    try:
        fits = re.fullmatch(kind.number_pattern, plain_number(facts.number))
    except re.error:
        # The pattern can be edited in the catalogue; a broken one checks nothing.
        return []
    return [] if fits else [Remark("number_form", {"example": kind.number_example})]


def _series_year(kind: Kind, facts: Facts) -> list[Remark]:
    digits = plain_number(facts.number)
    if kind.code != INTERNAL or not facts.issued or not re.fullmatch(r"\d{10}", digits):
        return []
    printed = int(digits[2:4])
    year = 2000 + printed if printed < 97 else 1900 + printed
    return [Remark("series_year")] if abs(year - facts.issued.year) > SERIES_LEEWAY else []


def _unit_code(facts: Facts) -> list[Remark]:
    typed = plain_number(facts.unit_code)
    return [Remark("unit_code_form")] if typed and not _UNIT_CODE.fullmatch(typed) else []


def _zone(kind: Kind, facts: Facts) -> list[Remark]:
    if not facts.has_zone:
        return []
    if kind.zone == "none":
        return [Remark("zone_unexpected")]
    if kind.zone_since and facts.issued and facts.issued < kind.zone_since:
        return [Remark("zone_too_early", {"since": kind.zone_since})]
    return []


def _control(kind: Kind, facts: Facts) -> list[Remark]:
    digits = plain_number(facts.number).replace("-", "")
    if kind.code == "RU_SNILS" and re.fullmatch(r"[0-9]{11}", digits):
        return [] if control_digits.is_snils(digits) else [Remark("control_digits")]
    if kind.code == "RU_INN" and re.fullmatch(r"[0-9]{12}", digits):
        return [] if control_digits.is_inn(digits) else [Remark("control_digits")]
    if kind.code == "KZ_IIN" and re.fullmatch(r"[0-9]{12}", digits):
        return _iin(digits, facts.born)
    return []


def _iin(digits: str, born: Born | None) -> list[Remark]:
    found = [] if control_digits.is_iin(digits) else [Remark("control_digits")]
    day = control_digits.iin_birth(digits)
    if day is None:
        return [*found, Remark("iin_without_birth")]
    early = born is not None and born.earliest is not None and day < born.earliest
    late = born is not None and born.latest is not None and day > born.latest
    return [*found, Remark("iin_birth_differs")] if early or late else found
