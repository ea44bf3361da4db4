"""Tell a patronymic by its ending, in Russian, Ukrainian, Belarusian and Turkic forms and in every spelling."""

import re
from collections.abc import Sequence

from cases.names.sound import sound

ENDING = re.compile(
    r".(?:[aeiou]v(?:iC|na)|[aeou]una|iCna)$"  # -ович, -евна, -івна, -аўна, -ична
    r"|^(?:iliC|kuzmiC|fomiC|lukiC|nikitiC|savCna)$"
    r"|..(?:uli|uly|kizi|ogli|oglu)$"  # -ұлы, -қызы, -оглы
)
# Written as a word of their own after the father's name.
PARTICLES = frozenset(("uli", "ugli", "ogli", "oglu", "uglu", "kizi", "gizi", "kizy", "ulu"))


def find_patronymic(sounds: Sequence[str]) -> int | None:
    """The place of the patronymic; never the first word, and of two the earlier: Олег Маркович Рабинович."""
    return next((place for place, heard in enumerate(sounds) if place and ENDING.search(heard)), None)


def is_particle(token: str) -> bool:
    return sound(token) in PARTICLES
