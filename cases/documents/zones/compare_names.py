"""Compare a name in a zone with a typed one: the same under a table of transliteration, or where they part."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cases.documents.zones.agreement import Agreement, Compared, alike, differs
from cases.documents.zones.kinds import FieldName, Kind
from cases.documents.zones.kler import to_kler
from cases.documents.zones.names import Names, zone_letters
from cases.documents.zones.zone import Zone
from cases.names.compare import QueryTooShort, Reason, compare
from cases.names.lookalikes import is_cyrillic
from cases.names.schemas import Schema
from cases.names.translit import transliterate

NAME_FIELDS = ("surname", "given_names", "patronymic")
KLER = "kler"
# The table of today first: it is the likeliest.
SCHEMAS = (Schema.ICAO, *(schema for schema in Schema if schema is not Schema.ICAO))
NOT_KLER = re.compile("[^A-Z2346789]+")
SAME_SOUND = {Reason.SAME, Reason.OTHER_SPELLING}


def compare_name(zone: Zone, field: str, typed: str) -> Compared:
    """One part of the name; Cyrillic is transliterated by every known table, Latin letters are compared as they are."""
    mine = part(zone.values.names, field)
    if not mine:
        return Compared(field, Agreement.NOT_IN_ZONE, "", typed)
    known = list(spellings(zone, field, typed))
    for scheme, spelling in known:
        if spelling == mine:
            agreement = Agreement.TRANSLITERATED if scheme else Agreement.SAME
            return Compared(field, agreement, mine, typed, scheme, spelling)
    for scheme, spelling in known:
        if spelling.startswith(f"{mine} ") or (is_cut(zone) and spelling.startswith(mine)):
            return Compared(field, Agreement.SHORTER, mine, typed, scheme, spelling)
    nearest = max((spelling for _, spelling in known), key=lambda text: alike(mine, text))
    found = differs(field, mine, typed, nearest)
    if sounds_alike(typed, part(zone.values.cyrillic, field) or mine):
        return replace(found, agreement=Agreement.SOUNDS_ALIKE)
    return found


def part(names: Names, field: str) -> str:
    parts = {
        "surname": names.surname,
        "given_names": " ".join(names.given),
        "patronymic": names.patronymic,
    }
    return parts[field]


def spellings(zone: Zone, field: str, typed: str) -> Iterator[tuple[str, str]]:
    """How this zone could spell what was typed: the table, empty for the letters as they are, and the spelling."""
    internal = zone.kind is Kind.RUS_INTERNAL
    if not any(map(is_cyrillic, typed)):
        latin = blanks(zone_letters(typed))
        yield "", latin
        if internal:
            yield "", NOT_KLER.sub(" ", typed.upper()).strip()
            yield from read_back(zone, field, latin)
        return
    if internal:
        yield KLER, like_the_zone(blanks(to_kler(typed)), part(zone.values.names, field))
        return
    for schema in SCHEMAS:
        yield schema.value, blanks(zone_letters(transliterate(typed, schema)))


def read_back(zone: Zone, field: str, latin: str) -> Iterator[tuple[str, str]]:
    """A Latin name against the internal passport: its Cyrillic, transliterated as for a passport for abroad."""
    cyrillic = part(zone.values.cyrillic, field)
    for schema in SCHEMAS:
        if blanks(zone_letters(transliterate(cyrillic, schema))) == latin:
            yield schema.value, part(zone.values.names, field)


def like_the_zone(kler: str, zone: str) -> str:
    """Nobody types every ё: the zone's own word where the two differ in ё and е alone."""
    return zone if kler.replace("2", "E") == zone.replace("2", "E") else kler


def blanks(letters: str) -> str:
    return letters.replace("<", " ")


def is_cut(zone: Zone) -> bool:
    names = zone.field(FieldName.NAMES)
    return names is not None and not names.raw.endswith("<")


def sounds_alike(typed: str, found: str) -> bool:
    """Whether the two are the same name to the ear, in whatever spelling."""
    try:
        comparison = compare(typed, found)
    except QueryTooShort:
        return False
    return comparison.score > 0 and set(comparison.reasons) <= SAME_SOUND
