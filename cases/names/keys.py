"""Keys under which every spelling of one name meets: Юрий, Yuriy, Iurii; Александр, Alexander, Oleksandr.

A key says that two names may be one, never that they are: a key without a birth date or a patronymic joins different people.
"""

from cases.names.given import FORMS
from cases.names.lookalikes import is_cyrillic
from cases.names.lookalikes import repair as repair
from cases.names.prepared import Prepared, prepare
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


def filing_keys(name: str | Prepared) -> frozenset[str]:
    """Everything a name is to be filed under in an index, so that `asking_keys` of its other spellings meet it."""
    return gather(name, fold_mark="", told_mark="told ")


def asking_keys(name: str | Prepared) -> frozenset[str]:
    """Everything to look for in an index of `filing_keys`; a key in common is a reason to compare, not more."""
    return gather(name, fold_mark="told ", told_mark="")


def gather(name: str | Prepared, *, fold_mark: str, told_mark: str) -> frozenset[str]:
    """Folds are to meet only folds that are told; the marks keep this true in one flat index."""
    found: set[str] = set()
    for word in (name if isinstance(name, Prepared) else prepare(name)).words:
        found |= word.keys | word.loose
        found.update(fold_mark + fold for fold in word.folds)
        found.update(told_mark + fold for fold in word.told)
    return frozenset(found)
