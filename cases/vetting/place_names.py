"""Names of places under which their spellings meet: Bucha, Буча, Boutcha; Kyiv, Kiev, Київ."""

import re
from collections.abc import Iterable
from functools import lru_cache

from cases.names.keys import french_keys, keys

_BETWEEN = re.compile(r"[,;/|()\n]")
_SMALL = frozenset(
    one
    for text in (
        "oblast область области region регион край district raion район районе city ville город гор",
        "г пгт смт с село сёла village деревня посёлок near около возле под près de la le of the town in в у",
    )
    for word in text.split()
    for one in keys(word)
)
# Places whose Ukrainian and Russian names do not sound alike.
_OTHER_NAMES = (
    "Kyiv Kiev",
    "Kharkiv Kharkov",
    "Chernihiv Chernigov",
    "Mykolaiv Nikolaev",
    "Lviv Lvov",
    "Luhansk Lugansk",
    "Hostomel Gostomel",
    "Irpin Irpen",
    "Zaporizhzhia Zaporozhye",
    "Dnipro Dnepr",
    "Sievierodonetsk Severodonetsk",
    "Popasna Popasnaya",
    "Avdiivka Avdeevka",
    "Vuhledar Ugledar",
    "Makariv Makarov",
    "Rubizhne Rubezhnoe",
    "Lysychansk Lisichansk",
    "Vovchansk Volchansk",
    "Krasnohorivka Krasnogorovka",
    "Marinka Maryinka",
    "Huliaipole Gulyaypole",
    "Andriivka Andreevka",
)
_ONE_NAME = {
    written: " ".join(keys(line.split()[0]))
    for line in _OTHER_NAMES
    for word in line.split()
    for written in keys(word)
}


@lru_cache(maxsize=20_000)
def place_keys(text: str) -> frozenset[str]:
    """The keys of every place that a text names; places are parted by commas, semicolons or brackets."""
    found = set()
    for part in _BETWEEN.split(text):
        for heard in (keys(part), french_keys(part)):
            telling = [one for one in heard if one not in _SMALL]
            found.add(" ".join(_ONE_NAME.get(one, one) for one in telling))
            if len(telling) == 1 < len(heard):
                found |= {_ONE_NAME.get(one, one) for one in _places_of(telling[0])}
    return frozenset(found - {""})


def _places_of(adjective: str) -> set[str]:
    """Киевская (область) is Киев, Донецкая is Донецк."""
    return {adjective.removesuffix("ska"), adjective.removesuffix("a")}


def same_places(ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, str] | None:
    """The first writing of `ours` and of `theirs` that can mean one place."""
    others = list(theirs)
    for one in ours:
        for other in others:
            if place_keys(one) & place_keys(other):
                return one, other
    return None
