"""Which given name a form or a short form stands for, by its sound."""

from collections import defaultdict

from cases.names.given_names import OTHERS, TABLE
from cases.names.sound import french_sound, sound
from cases.names.tokens import words


def read_table() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    forms: dict[str, str] = {}
    short_forms: defaultdict[str, set[str]] = defaultdict(set)
    for line in TABLE.strip().splitlines() + OTHERS.split():
        full, _, short = line.partition("|")
        canonical = sound(full.split()[0])
        for form in full.split():
            forms |= dict.fromkeys((sound(form), french_sound(form)), canonical)
        for form in short.split():
            for heard in (sound(form), french_sound(form)):
                short_forms[heard].add(canonical)
    return forms, {heard: frozenset(names) for heard, names in short_forms.items()}


# FORMS: sound of any form -> sound of the canonical one. SHORT: sound of a short form -> all names it may stand for.
FORMS, SHORT = read_table()


def is_given(token: str) -> bool:
    """Whether the token, or a part of Жан-Люк, is a known given name or a short form of one, in any spelling."""
    readings = [read(word) for word in words(token) for read in (sound, french_sound)]
    return any(heard in FORMS or heard in SHORT for heard in readings)
