"""Whether a text that stands in clear tells a name that is sealed."""

import re
from collections.abc import Iterable

from cases.names.keys import key
from cases.names.lookalikes import repair
from cases.names.tokens import words

# Shorter parts of a name are ordinary syllables too.
TELLING = 3
_HUMP = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


def tells(text: str, names: Iterable[str]) -> bool:
    """Whether a word of `text` is a word of one of `names`, in either alphabet and any spelling."""
    told = _keys(text)
    return any(told & _keys(name) for name in names)


def _keys(text: str) -> set[str]:
    parts = [repair(word) for word in words(_HUMP.sub(" ", text))]
    whole = [part for part in parts if len(part) >= TELLING and not part.isdigit()]
    # In an alphabet that has no sound here the letters themselves must do.
    return {key(part) or part.casefold() for part in whole}
