"""Keys under which every spelling of one name meets: Юрий, Yuriy, Iurii; Александр, Alexander, Oleksandr.

A key says that two names may be one, never that they are: a key without a birth date or a patronymic joins different people.
"""

from cases.names.given import FORMS
from cases.names.lookalikes import is_cyrillic
from cases.names.lookalikes import repair as repair
from cases.names.sound import french_sound, sound
from cases.names.tokens import words


def key(token: str) -> str:
    heard = sound(token)
    return FORMS.get(heard, heard)


def french_key(token: str) -> str:
    """The key of a word that a French hand wrote: Chtcherbakov, Joukov, Serguei."""
    heard = french_sound(token)
    return FORMS.get(heard, heard)


def keys(full_name: str) -> tuple[str, ...]:
    """The keys of all words, sorted, so that the order of the words does not count."""
    return tuple(sorted(filter(None, map(key, words(full_name)))))


def french_keys(full_name: str) -> tuple[str, ...]:
    """The French reading of a name in Latin letters; empty where a Cyrillic letter says how it sounds."""
    if any(is_cyrillic(char) for char in full_name):
        return ()
    return tuple(sorted(filter(None, map(french_key, words(full_name)))))
