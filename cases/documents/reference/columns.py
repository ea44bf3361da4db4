"""What each column of the files may hold: a reader turns the text of a cell into a value, or says what is wrong with it."""

import re
from collections.abc import Callable, Iterable
from datetime import date

Value = str | int | bool | date | list[str] | None
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


def needed(reader: Reader) -> Reader:
    def read(text: str) -> Value:
        if not text:
            raise BadCell("is empty.")
        return reader(text)

    return read


def shaped(shape: re.Pattern[str], like: str) -> Reader:
    def read(text: str) -> Value:
        if not shape.fullmatch(text):
            raise BadCell(f'holds "{text}"; it should look like {like}.')
        return text

    return needed(read)


def one_of(words: Iterable[str]) -> Reader:
    known = list(words)

    def read(text: str) -> Value:
        if text not in known:
            raise BadCell(f'holds "{text}"; possible are {", ".join(known)}.')
        return text

    return needed(read)


def list_of(words: Iterable[str]) -> Reader:
    """Several of `words` with semicolons between them, in the order of `words`; or none."""
    known = list(words)

    def read(text: str) -> Value:
        chosen = [part.strip() for part in text.split(";") if part.strip()]
        for word in chosen:
            if word not in known:
                raise BadCell(f'holds "{word}"; possible are {", ".join(known)}, with ; between them.')
        return [word for word in known if word in chosen]

    return read


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadCell(f'holds "{text}"; a date should look like 2026-01-31.') from None


def number(text: str) -> Value:
    if text and not (text.isascii() and text.isdigit() and int(text) <= 32767):
        raise BadCell(f'holds "{text}"; it should be a whole number.')
    return int(text) if text else None


def yes(text: str) -> Value:
    if text not in ("", "yes"):
        raise BadCell(f'holds "{text}"; it should be yes or empty.')
    return text == "yes"


def _pattern(text: str) -> Value:
    try:
        re.compile(text)
    except re.error as error:
        raise BadCell(f"is no regular expression: {error}.") from None
    return _text(200)(text)


def said(*names: str, most: int = 1000) -> dict[str, Reader]:
    return {f"{name}_{language}": _text(most) for name in names for language in ("en", "fr", "ru")}


NUMBER = needed(number)
DOCUMENT = shaped(CODE, "RU_INT")
DESTINATION = shaped(PLACE, "FR, GE-AB, SCHENGEN or ANY")
ROLES = ("travel", "single", "identity", "visa", "stay", "military", "civil", "number")
ZONES = ("none", "TD1", "TD2", "TD3", "PN", "MRVA", "MRVB", "unknown")

REFERENCE: dict[str, Reader] = {
    "key": shaped(SLUG, "fr-ru-zag5-refused-2025-06"),
    "begins": _day,
    "ends": _day,
    "source": needed(_text(500)),
    "source_date": _day,
    "verified_on": _day,
    "confidence": one_of(("found", "known", "low", "conflict", "unknown")),
}

# The files by name, in the order in which they refer to each other.
FILES: dict[str, dict[str, Reader]] = {
    "document_types": REFERENCE
    | {
        "code": DOCUMENT,
        "order": NUMBER,
        "role": one_of(ROLES),
        "issuer": lambda text: shaped(COUNTRY, "KZ")(text) if text else "",
        **{name: needed(reader) for name, reader in said("name", most=120).items()},
        "number_pattern": _pattern,
        "number_example": _text(40),
        "years": number,
        "months": number,
        **said("validity"),
        "zone": one_of(ZONES),
        "zone_since": _day,
        **said("proves", "allows", "warning"),
    },
    "area_members": REFERENCE
    | {"area": shaped(re.compile("[A-Z]{4,20}"), "SCHENGEN"), "country": shaped(COUNTRY, "KZ")},
    "entry_rules": REFERENCE
    | {
        "destination": DESTINATION,
        "document": DOCUMENT,
        "effect": one_of(("accepted", "refused", "unknown")),
        "visa": one_of(("none", "needed", "unknown")),
        "age_from": number,
        "age_below": number,
        "by_air": yes,
        "months_beyond": number,
        "blank_pages": number,
        "years_since_issue": number,
        **said("note"),
    },
    "visa_rules": REFERENCE | {"visa": DOCUMENT, "destination": DESTINATION, **said("note")},
    "remedies": REFERENCE
    | {
        "order": NUMBER,
        "destination": DESTINATION,
        "document": DOCUMENT,
        "when": one_of(("identity", "nothing")),
        **said("needs", "next_step"),
    },
    "stay_rules": REFERENCE
    | {
        "country": shaped(COUNTRY, "KZ"),
        "kind": one_of(("stay", "notify", "register", "asylum")),
        "days": NUMBER,
        "within": number,
        **said("note"),
    },
    "exit_rules": REFERENCE
    | {
        "country": shaped(re.compile("[A-Z]{2}|ANY"), "KZ or ANY"),
        "obstacle": one_of(("overstay", "barred", "foreign_laissez_passer", "registration")),
        "effect": one_of(("stops", "asks", "unknown")),
        **said("note"),
    },
    "safety_rules": REFERENCE
    | {
        "country": DESTINATION,
        "danger": one_of(("extradites", "unsafe", "visible", "unknown")),
        **said("note"),
    },
}
