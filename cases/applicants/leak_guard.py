"""The name-leak guard: free text stands in clear, so it is looked at before it is saved.

Who is unlocked and can open the household gets the text compared with what is sealed. For everybody else shapes warn, and
the text is marked: the next holder who unlocks compares it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from cases.applicants.known import everybody_held, holds_household, known_of
from cases.applicants.mentions import spans_of_mentions
from cases.applicants.models import Applicant
from cases.names.leaks import Kind, Place, Secret, find_leaks, find_shapes, replaced
from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.vault.unlock import Unlocked

LEFT_OUT = "…"


# No repr: texts and places may tell names.
@dataclass(frozen=True, repr=False)
class Look:
    """What was seen in the texts of one form, by field. `checked`: compared with everything sealed of the household."""

    texts: Mapping[str, str]
    places: Mapping[str, list[Place]]
    checked: bool
    pseudonym: str = ""

    @property
    def finds(self) -> bool:
        return any(self.places.values())

    def cleaned(self) -> dict[str, str]:
        """The texts with every place replaced: people by their pseudonyms, the rest by dots."""
        return {name: replaced(text, self.places[name], self._instead) for name, text in self.texts.items()}

    def marked(self, name: str) -> list[tuple[str, bool]]:
        """One text in pieces, each with whether it was found."""
        text, found, end = self.texts[name], [], 0
        for place in self.places[name]:
            found += [(text[end : place.start], False), (text[place.start : place.end], True)]
            end = place.end
        return [piece for piece in [*found, (text[end:], False)] if piece[0]]

    def _instead(self, place: Place) -> str:
        return _instead(place, self.pseudonym)


def look_at(texts: Mapping[str, str], *, applicant: Applicant, unlocked: Unlocked | None, by: User) -> Look:
    """Look for what tells who somebody is; never inside a transaction, since what is sealed may be opened."""
    checked = unlocked is not None and holds_household(by, applicant)
    if unlocked is None or not checked:
        fine = _names_of_colleagues()
        places = {name: _besides_mentions(text, find_shapes(text, fine)) for name, text in texts.items()}
    else:
        known = known_of(everybody_held(by, applicant), unlocked=unlocked, by=by)
        places = {name: find_leaks(text, known) for name, text in texts.items()}
    return Look(texts, places, checked, applicant.pseudonym)


def cleaned_by(known: Sequence[Secret]) -> Callable[[str], str]:
    """Return what takes out of a text everything that is known."""
    return lambda text: replaced(text, find_leaks(text, known), lambda place: _instead(place, LEFT_OUT))


def _instead(place: Place, pseudonym: str) -> str:
    return (place.about or pseudonym) if place.kind is Kind.NAME else LEFT_OUT


def _besides_mentions(text: str, places: list[Place]) -> list[Place]:
    """A shape alone tells no handle from the user name of a colleague."""
    ours = spans_of_mentions(text)
    return [one for one in places if not any(start <= one.start and one.end <= end for start, end in ours)]


def _names_of_colleagues() -> list[str]:
    """The people who work here are called by their names in notes."""
    return list(colleagues().filter(~Q(full_name="")).values_list("full_name", flat=True))
