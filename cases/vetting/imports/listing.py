"""Rows of EU listings with their reasons. The person listed stays in the citation: an incident names no people."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from cases.names.keys import key as name_key
from cases.names.tokens import words
from cases.vetting.imports.drafts import Draft, SourceDraft, UnitDraft
from cases.vetting.imports.reason_period import period_named, sentences, sentences_about
from cases.vetting.spans import first_day

COLUMNS = ("celex", "record_id", "units", "reason")
LISTED_PERSON = "the listed person"
LONGEST = 300
_ADDRESS = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_RANKS = re.compile(rf"(?:(?:Lieutenant|Major|Colonel|General|Captain)[ -]+)+(?={LISTED_PERSON})")
_REPEATED = re.compile(rf"{LISTED_PERSON}(?:[ -]{LISTED_PERSON})+")
_CELEX = re.compile(r"[0-9A-Z()_-]{8,30}")
_BELONGS = r"(?:,? which (?:is|was) part of| of|,? (?:as )?part of) the (?:so-called )?[‘'\"]?"
_ACTS = "war crime|atrocit"
_KINDS = (
    ("killing", "kill|murder|execut|massacre"),
    ("torture", "tortur"),
    ("sexual", "rape|sexual"),
    ("looting", "loot"),
    ("strike", "missile|strike|shell"),
    ("deportation", "deport"),
)


def read_listing(line: int, row: Mapping[str, str]) -> Draft:
    """What one entry would become; `errors` say what is missing."""
    units, places, reason = _parts(row["units"]), _parts(row.get("places", "")), row["reason"]
    names = _names(row)
    period, what = period_named(reason, places, units), _what(reason, places, units, names)
    return Draft(
        line=line,
        what=what,
        kind=_kind(what),
        units=_lowest(units, f"{row.get('position', '')}. {reason}"),
        places=tuple(places),
        country="UA" if places else "",
        begins=period.begins if period else "",
        ends=period.ends if period else "",
        read_from=without_names(period.sentence, names) if period else "",
        source=_source(row),
        errors=tuple(_errors(row)),
    )


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with the names of the person replaced, in whatever spelling."""
    keys = {heard for name in names for word in words(name) if len(heard := name_key(word)) > 2}
    told = _WORD.sub(lambda found: LISTED_PERSON if _tells(found[0], keys) else found[0], text)
    told = _RANKS.sub("", _REPEATED.sub(LISTED_PERSON, told))
    return told[:1].upper() + told[1:]


def _tells(word: str, keys: set[str]) -> bool:
    return word[:1].isupper() and any(name_key(part) in keys for part in words(word))


def _names(row: Mapping[str, str]) -> list[str]:
    return [] if row.get("schema", "") not in ("", "Person") else [row.get("name", ""), row.get("alias", "")]


def _what(reason: str, places: list[str], units: list[str], names: list[str]) -> str:
    telling = [*sentences_about(reason, places), *sentences_about(reason, units), *sentences(reason)]
    told = without_names(max(telling, key=_weight), names)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


def _weight(sentence: str) -> int:
    return sum(bool(re.search(stems, sentence, re.IGNORECASE)) for stems in (*dict(_KINDS).values(), _ACTS))


def _lowest(units: list[str], text: str) -> tuple[UnitDraft, ...]:
    """The units without those of which the text says that another one of the row is a part."""
    parents = {child: parent for child in units for parent in units if _is_part(child, parent, text)}
    return tuple(
        UnitDraft(unit, parent=parents.get(unit, "")) for unit in units if unit not in parents.values()
    )


def _is_part(child: str, parent: str, text: str) -> bool:
    return child != parent and bool(re.search(re.escape(child) + _BELONGS + re.escape(parent), text))


def _kind(what: str) -> str:
    named = [kind for kind, stems in _KINDS if re.search(stems, what, re.IGNORECASE)]
    return "several" if len(named) > 1 else next(iter(named), "other")


def _source(row: Mapping[str, str]) -> SourceDraft:
    celex, entry = row["celex"].strip(), row["record_id"].strip()
    text = f"EU listing, CELEX {celex}, entry {entry}"
    return SourceDraft(text[:500], f"eu:{celex}/{entry}"[:100], _ADDRESS + celex, _day(row.get("listed", "")))


def _day(written: str) -> date | None:
    """“3.6.2022” as the listings write it."""
    parts = written.strip().split(".")
    return first_day("-".join([parts[2], parts[1].zfill(2), parts[0].zfill(2)])) if len(parts) == 3 else None


def _errors(row: Mapping[str, str]) -> Iterable[str]:
    if not (_CELEX.fullmatch(row["celex"].strip()) and row["record_id"].strip()):
        yield _("The number of the act (celex) or of the entry (record_id) is missing.")
    if not _parts(row["units"]):
        yield _("No unit is named.")
    if not row["reason"].strip():
        yield _("The reason is missing.")
    if any(len(name) > 120 for name in (*_parts(row.get("places", "")), *_parts(row["units"]))):
        yield _("The name of a unit or a place is longer than 120 characters.")


def _parts(cell: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (part.strip() for part in re.split("[;\n]", cell)))))
