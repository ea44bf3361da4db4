"""Where a text tells who somebody is: against what is known of the person, or by shapes alone where nothing is known.

Nothing is remembered between calls: a cache would keep opened names in memory.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from cases.names.declension import declined, forms_of
from cases.names.given import FORMS, SHORT, is_given
from cases.names.lookalikes import TO_LATIN, is_latin, swap
from cases.names.sound import french_sound, sound
from cases.names.tokens import fold, words
from cases.names.written_days import written_days


class Kind(StrEnum):
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    HANDLE = "handle"
    BIRTH_DATE = "birth date"


# No repr: neither what is secret nor where it stands may get into a log line or an error page.
@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """One thing that must not stand in clear: a full name, a number, a phone, a handle or address, a birth date
    (ISO 8601). `about` says whose it is, as the caller likes."""

    kind: Kind
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Place:
    """The characters from `start` up to, not including, `end`."""

    start: int
    end: int
    kind: Kind
    about: str = ""


# A stress mark or a soft hyphen parts no word; a letter is any letter or figure of any alphabet.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300\u0301\u00ad\u200b-\u200d'’ʼ`´])*")
STRESS = re.compile("[\u0300\u0301]")
FEWEST_FIGURES = 5
PHONE_FIGURES = 10
GAP = re.compile(r"[\s().,/№#\-–—+]*")
SHORT_HANDLE = 4
COMMON = frozenset(["или", "еле", "оле", "иле", "вере", "мари", "мила", "миле", "рада", "рады", "роман"])


def find_leaks(text: str, secrets: Iterable[Secret]) -> list[Place]:
    """Every place of `text` that tells one of the secrets, in order; those of one person side by side are one."""
    known = list(secrets)
    found = [*_names(text, [one for one in known if one.kind is Kind.NAME])]
    for kind, look in _LOOKING.items():
        for secret in known:
            if secret.kind is kind:
                found += [Place(start, end, kind, secret.about) for start, end in look(text, secret.text)]
    return joined(text, found)


def find_shapes(text: str, allowed: Iterable[str] = ()) -> list[Place]:
    """What looks like a phone, a number of a paper, a handle or a given name; `allowed` are names that may stand there."""
    fine = {form for name in allowed for word in words(name) for form in declined(word)}
    found = [Place(*match.span(), kind) for kind, shape in SHAPES for match in shape.finditer(text)]
    for start, end, token in _words(text):
        if token[:1].isupper() and sound(token) not in fine and _is_given(token):
            found.append(Place(start, end, Kind.NAME))
    return joined(text, found)


def replaced(text: str, places: Iterable[Place], by: Callable[[Place], str]) -> str:
    """The text with each place replaced by what `by` answers."""
    for place in sorted(places, reverse=True):
        text = text[: place.start] + by(place) + text[place.end :]
    return text


def joined(text: str, places: Iterable[Place]) -> list[Place]:
    """Overlapping places, and names of one person with nothing but a gap between them, as one."""
    merged: list[Place] = []
    for place in sorted(places):
        last = merged[-1] if merged else None
        if last and (place.start < last.end or _one_name(text, last, place)):
            merged[-1] = Place(last.start, max(last.end, place.end), last.kind, last.about)
        else:
            merged.append(place)
    return merged


def _is_given(token: str) -> bool:
    return token.casefold() not in COMMON and (is_given(token) or sound(token) in GIVEN_FORMS)


def _one_name(text: str, first: Place, second: Place) -> bool:
    between = text[first.end : second.start]
    alike = first.kind is second.kind is Kind.NAME and first.about == second.about
    return alike and not between.strip(" -\u00a0.")


def _names(text: str, secrets: Sequence[Secret]) -> Iterator[Place]:
    told = _forms(secrets)
    for start, end, token in _words(text):
        about = next((told[heard] for heard in _heard(token) if heard in told), None)
        if about is not None and not (token.casefold() in COMMON and token.islower()):
            yield Place(start, end, Kind.NAME, about)


def _forms(secrets: Sequence[Secret]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for secret in secrets:
        for word in words(secret.text):
            for form in declined(word) | _short_forms(word):
                forms.setdefault(form, secret.about)
    return forms


def _short_forms(word: str) -> set[str]:
    """Серёжа for Сергей: every short form that may stand for this given name."""
    canonical = FORMS.get(sound(word))
    return {form for form in SHORT_FORMS.get(canonical, ()) if len(form) > 2} if canonical else set()


def _heard(token: str) -> tuple[str, ...]:
    heard = sound(token)
    return (heard, french_sound(token)) if any(map(is_latin, token)) else (heard,)


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    for match in WORD.finditer(text):
        yield match.start(), match.end(), STRESS.sub("", fold(match[0]))


def _squeezed(text: str, keep: Callable[[str], bool]) -> tuple[str, list[int]]:
    """The kept characters as capital Latin letters and figures, and where each stood."""
    kept = [(_plain(char), place) for place, char in enumerate(text) if keep(char)]
    return "".join(char for char, _place in kept), [place for _char, place in kept]


def _plain(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)[:1]
    return (folded if folded.isascii() else swap(folded, TO_LATIN)).upper()[:1] or "?"


def _number(text: str, number: str) -> list[tuple[int, int]]:
    wanted = "".join(_plain(char) for char in number if char.isalnum())
    if sum(char.isdigit() for char in wanted) < FEWEST_FIGURES:
        return []
    return _unbroken(text, wanted, str.isalnum)


def _phone(text: str, phone: str) -> list[tuple[int, int]]:
    figures = "".join(_plain(char) for char in phone if char.isdigit())
    return (
        _unbroken(text, figures[-PHONE_FIGURES:], str.isdigit) if len(figures) >= FEWEST_FIGURES + 1 else []
    )


def _unbroken(text: str, wanted: str, keep: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where `wanted` stands with nothing but separators between its signs."""
    squeezed, places = _squeezed(text, keep)
    found = []
    start = squeezed.find(wanted)
    while start >= 0:
        there = places[start : start + len(wanted)]
        gaps = (text[one + 1 : other] for one, other in pairwise(there))
        if all(GAP.fullmatch(gap) for gap in gaps):
            found.append((there[0], there[-1] + 1))
        start = squeezed.find(wanted, start + 1)
    return found


def _handle(text: str, handle: str) -> list[tuple[int, int]]:
    bare = handle.strip().lstrip("@").casefold()
    if len(bare) < SHORT_HANDLE:
        return []
    shape = re.compile(rf"(?<!\w)@?{re.escape(bare)}(?!\w)", re.IGNORECASE)
    local = bare.partition("@")[0]
    alone = rf"|(?<!\w)@{re.escape(local)}(?!\w)" if "@" in bare and len(local) >= SHORT_HANDLE else ""
    return [match.span() for match in re.finditer(shape.pattern + alone, text, re.IGNORECASE)]


def _birth_date(text: str, born: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end, day in written_days(text) if day == born]


_LOOKING: dict[Kind, Callable[[str, str], list[tuple[int, int]]]] = {
    Kind.NUMBER: _number,
    Kind.PHONE: _phone,
    Kind.HANDLE: _handle,
    Kind.BIRTH_DATE: _birth_date,
}
SHORT_FORMS: dict[str, set[str]] = {}
for _short, _names_of in SHORT.items():
    for _name in _names_of:
        SHORT_FORMS.setdefault(_name, set()).update(forms_of(_short))
GIVEN_FORMS = frozenset(form for heard in FORMS if len(heard) > 3 for form in forms_of(heard))
SHAPES = (
    (Kind.HANDLE, re.compile(r"(?<![\w.])@[A-Za-z]\w{3,}|[\w.+-]+@[\w-]+\.[\w.-]*\w|\bt\.me/\w+")),
    (
        Kind.PHONE,
        re.compile(r"(?<![\w.])(?:\+|00)\d[\d\s().\-]{7,}\d|(?<![\w.])8[\s(-]*\d{3}[\d\s()\-]{6,}\d"),
    ),
    (
        Kind.NUMBER,
        re.compile(
            r"(?<!\w)\d{2}\s?\d{2}\s?(?:№\s?)?\d{6}(?!\w)|(?<!\w)(?:[A-Z]\s?)?\d{2}\s?(?:№\s?)?\d{7}(?!\w)"
        ),
    ),
)
