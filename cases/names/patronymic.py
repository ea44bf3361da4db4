"""Tell a patronymic by its ending, in Russian, Ukrainian, Belarusian and Turkic forms and in every spelling."""

import re
from collections.abc import Sequence

from cases.names.given import FORMS
from cases.names.sound import sound

ENDING = re.compile(
    r".(?:[aeiou]v(?:iC|na)|[aeou]una|iCna)$"  # -ович, -евна, -івна, -аўна, -ична
    r"|^(?:iliC|kuzmiC|fomiC|lukiC|nikitiC|savCna)$"
    r"|..(?:uli|uly|kizi|ogli|oglu)$"  # -ұлы, -қызы, -оглы
)
# Written as a word of their own after the father's name.
PARTICLES = frozenset(("uli", "ugli", "ogli", "oglu", "uglu", "kizi", "gizi", "kizy", "ulu"))
CHILD = re.compile("[aeiou]*(?:v?iC(na)?|[vu](na))$")
LAST_VOWELS = re.compile("[aeiou]+$")


# Львович, Яковлевич, Piatrovich: the name changes before the ending.
CHANGED = {"lv": "Лев", "akovl": "Яков", "akaul": "Яков", "patr": "Пётр"}


def stems() -> dict[str, str]:
    """What is left of a father's name before -ович: the name without its last vowels; Валентин wins over Валентина."""
    found = {stem: sound(name) for stem, name in CHANGED.items()}
    for heard, canonical in FORMS.items():
        stem = LAST_VOWELS.sub("", heard)
        if not canonical.endswith("a") or stem not in found:
            found[stem] = canonical
    return found


FATHERS = stems()


def find_patronymic(sounds: Sequence[str]) -> int | None:
    """The place of the patronymic; never the first word, and of two the earlier: Олег Маркович Рабинович."""
    return next((place for place, heard in enumerate(sounds) if place and ENDING.search(heard)), None)


def father(heard: str) -> str:
    """One string for every spelling of a patronymic, by the father's name: Николаевич, Mykolaiovych; empty if unknown."""
    ending = CHILD.search(heard)
    name = FATHERS.get(heard[: ending.start()], "") if ending else ""
    return f"{name} {'daughter' if ending and (ending[1] or ending[2]) else 'son'}" if name else ""


def is_particle(token: str) -> bool:
    return sound(token) in PARTICLES
