"""What each column of the files may hold: a reader turns the text of a cell into a value, or says what is wrong with it."""

import re
from collections.abc import Callable, Iterable
from datetime import date

Value = str | int | bool | date | None
Reader = Callable[[str], Value]

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
CODE = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
COUNTRY = re.compile(r"[A-Z]{2}")
# A country, a part of one with its own border (GE-AB), an area (SCHENGEN) or ANY.
PLACE = re.compile(r"[A-Z]{2}(-[A-Z]{2})?|[A-Z]{3,20}")
ANY = "ANY"


class BadCell(Exception):
    """`str()` of it says in plain English what is wrong with the cell."""


def _text(most: int) -> Reader:
    def read(text: str) -> Value:
        if len(text) > most:
            raise BadCell(f"has {len(text)} characters; {most} are possible.")
        if "\0" in text:
            raise BadCell("holds a character that cannot be stored.")
        return text

    return read


def _needed(reader: Reader) -> Reader:
    def read(text: str) -> Value:
        if not text:
            raise BadCell("is empty.")
        return reader(text)

    return read


def _shaped(shape: re.Pattern[str], like: str) -> Reader:
    def read(text: str) -> Value:
        if not shape.fullmatch(text):
            raise BadCell(f'holds "{text}"; it should look like {like}.')
        return text

    return _needed(read)


def _one_of(words: Iterable[str]) -> Reader:
    known = list(words)

    def read(text: str) -> Value:
        if text not in known:
            raise BadCell(f'holds "{text}"; possible are {", ".join(known)}.')
        return text

    return _needed(read)


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadCell(f'holds "{text}"; a date should look like 2026-01-31.') from None


def _number(text: str) -> Value:
    if text and not (text.isascii() and text.isdigit() and int(text) <= 32767):
        raise BadCell(f'holds "{text}"; it should be a whole number.')
    return int(text) if text else None


def _yes(text: str) -> Value:
    if text not in ("", "yes"):
        raise BadCell(f'holds "{text}"; it should be yes or empty.')
    return text == "yes"


def _pattern(text: str) -> Value:
    try:
        re.compile(text)
    except re.error as error:
        raise BadCell(f"is no regular expression: {error}.") from None
    return _text(200)(text)


def _said(*names: str, most: int = 1000) -> dict[str, Reader]:
    return {f"{name}_{language}": _text(most) for name in names for language in ("en", "fr", "ru")}


NUMBER = _needed(_number)
DOCUMENT = _shaped(CODE, "RU_INT")
DESTINATION = _shaped(PLACE, "FR, GE-AB, SCHENGEN or ANY")
ROLES = ("travel", "single", "identity", "visa", "stay", "military", "civil", "number")
ZONES = ("none", "TD1", "TD2", "TD3", "PN", "MRVA", "MRVB", "unknown")

REFERENCE: dict[str, Reader] = {
    "key": _shaped(SLUG, "fr-ru-zag5-refused-2025-06"),
    "begins": _day,
    "ends": _day,
    "source": _needed(_text(500)),
    "source_date": _day,
    "verified_on": _day,
    "confidence": _one_of(("found", "known", "low", "conflict", "unknown")),
}

# The files by name, in the order in which they refer to each other.
FILES: dict[str, dict[str, Reader]] = {
    "document_types": REFERENCE
    | {
        "code": DOCUMENT,
        "order": NUMBER,
        "role": _one_of(ROLES),
        "issuer": lambda text: _shaped(COUNTRY, "KZ")(text) if text else "",
        **{name: _needed(reader) for name, reader in _said("name", most=120).items()},
        "number_pattern": _pattern,
        "number_example": _text(40),
        "years": _number,
        "months": _number,
        **_said("validity"),
        "zone": _one_of(ZONES),
        "zone_since": _day,
        **_said("proves", "allows", "warning"),
    },
    "area_members": REFERENCE
    | {"area": _shaped(re.compile("[A-Z]{4,20}"), "SCHENGEN"), "country": _shaped(COUNTRY, "KZ")},
    "entry_rules": REFERENCE
    | {
        "destination": DESTINATION,
        "document": DOCUMENT,
        "effect": _one_of(("accepted", "refused", "unknown")),
        "visa": _one_of(("none", "needed", "unknown")),
        "age_from": _number,
        "age_below": _number,
        "by_air": _yes,
        "months_beyond": _number,
        "blank_pages": _number,
        "years_since_issue": _number,
        **_said("note"),
    },
    "visa_rules": REFERENCE | {"visa": DOCUMENT, "destination": DESTINATION, **_said("note")},
    "remedies": REFERENCE
    | {
        "order": NUMBER,
        "destination": DESTINATION,
        "document": DOCUMENT,
        "when": _one_of(("identity", "nothing")),
        **_said("needs", "next_step"),
    },
    "stay_rules": REFERENCE
    | {
        "country": _shaped(COUNTRY, "KZ"),
        "kind": _one_of(("stay", "notify", "register", "asylum")),
        "days": NUMBER,
        "within": _number,
        **_said("note"),
    },
    "exit_rules": REFERENCE
    | {
        "country": _shaped(re.compile("[A-Z]{2}|ANY"), "KZ or ANY"),
        "obstacle": _one_of(("overstay", "barred", "foreign_laissez_passer", "registration")),
        "effect": _one_of(("stops", "asks", "unknown")),
        **_said("note"),
    },
    "safety_rules": REFERENCE
    | {
        "country": DESTINATION,
        "danger": _one_of(("extradites", "unsafe", "visible", "unknown")),
        **_said("note"),
    },
}
