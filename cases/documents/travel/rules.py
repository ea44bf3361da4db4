"""The dated rows that the answers rest on, as values. Each carries its key, by which an answer cites it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Confidence(StrEnum):
    FOUND = "found"
    KNOWN = "known"
    LOW = "low"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


class Effect(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Visa(StrEnum):
    NONE = "none"
    NEEDED = "needed"
    UNKNOWN = "unknown"


VERIFY_AGAIN_AFTER = timedelta(days=180)


def is_stale(verified_on: date | None, today: date) -> bool:
    """Whether a fact is to be verified again: never verified, or too long ago."""
    return verified_on is None or today - verified_on > VERIFY_AGAIN_AFTER


@dataclass(frozen=True)
class Text:
    """One text in the three languages of the house."""

    en: str = ""
    fr: str = ""
    ru: str = ""


@dataclass(frozen=True)
class Row:
    """A fact of the world: in force from `begins` to `ends`, both days included; None is an open end."""

    key: str
    source: str
    begins: date | None
    ends: date | None
    source_date: date | None
    verified_on: date | None
    confidence: Confidence

    def in_force(self, on: date) -> bool:
        return (self.begins is None or self.begins <= on) and (self.ends is None or on <= self.ends)


@dataclass(frozen=True)
class AreaMember(Row):
    """That a country belongs to an area with rules of its own, such as SCHENGEN."""

    area: str
    country: str


@dataclass(frozen=True)
class EntryRule(Row):
    """Whether a destination takes a type of document for entry, and on which conditions.

    `destination` is a country, an area or ANY; a country's row stands above an area's, an area's above ANY.
    Ages are those of the traveller on the day: `age_from` included, `age_below` not.
    """

    destination: str
    document: str
    effect: Effect
    visa: Visa
    age_from: int | None
    age_below: int | None
    by_air: bool
    # The document must be valid so many months after the day of departure from the destination.
    months_beyond: int | None
    blank_pages: int | None
    # Issued so many years before the day of travel, at most.
    years_since_issue: int | None
    note: Text = field(default_factory=Text)


@dataclass(frozen=True)
class VisaRule(Row):
    """Which visa opens which destination: a document type to a country or an area. It needs a document that is accepted there."""

    visa: str
    destination: str
    note: Text = field(default_factory=Text)


@dataclass(frozen=True)
class RemedyRule(Row):
    """What to apply for where no paper is accepted. Lower `order` first.

    `when`: "identity" needs some proof of who the person is (a paper that is refused, expired, a copy, or kept
    by the army); "nothing" is for who has no paper at all. A remedy for "nothing" also stands open to who has more.
    """

    order: int
    destination: str
    document: str
    when: str
    needs: Text
    next_step: Text


@dataclass(frozen=True)
class StayRule(Row):
    """How long one may stay (`kind` "stay": `days` in `within` days), or a duty with a time limit
    ("notify", "register", "asylum": `days` after crossing)."""

    country: str
    kind: str
    days: int
    within: int | None
    note: Text = field(default_factory=Text)


@dataclass(frozen=True)
class ExitRule(Row):
    """What may keep somebody from leaving a country. `obstacle`: "overstay", "barred", "foreign_laissez_passer" or "registration".
    `effect`: "stops", "asks" (somebody must agree) or "unknown"."""

    country: str
    obstacle: str
    effect: str
    note: Text


@dataclass(frozen=True)
class SafetyRule(Row):
    """What threatens in a country beside the law of entry. `danger`: "extradites", "unsafe", "visible" or "unknown"."""

    country: str
    danger: str
    note: Text


@dataclass(frozen=True)
class TypeFacts(Row):
    """What the rules need to know of a type of document; names and long texts stay in the catalogue.

    `role`: "travel" (crosses borders by itself), "single" (one journey), "identity" (proves who somebody is), "visa", "stay",
    "military", "civil", "number". An entry rule can name any; a passport of any kind ("travel", "identity") proves
    who somebody is to the one who makes a laissez-passer.
    """

    code: str
    issuer: str
    role: str
    years: int | None
    name: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Rules:
    """Everything in one value: made from the database by one query a table, or read from the files of the repository."""

    types: tuple[TypeFacts, ...] = ()
    members: tuple[AreaMember, ...] = ()
    entries: tuple[EntryRule, ...] = ()
    visas: tuple[VisaRule, ...] = ()
    remedies: tuple[RemedyRule, ...] = ()
    stays: tuple[StayRule, ...] = ()
    exits: tuple[ExitRule, ...] = ()
    safety: tuple[SafetyRule, ...] = ()
