"""What is there and what is missing of referees and interviews, in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.vetting.credibility import Missing


@dataclass(frozen=True)
class Standing:
    """How far a rule is met: `there` and `missing` are sentences; met once nothing is missing."""

    there: str
    missing: Sequence[str]

    @property
    def met(self) -> bool:
        return not self.missing

    @property
    def sentences(self) -> list[str]:
        return [self.there, *self.missing]


def referees_said(*, heard: int, named: int, missing: Iterable[Missing]) -> Standing:
    there = _("No referee was heard yet.")
    if heard:
        there = ngettext("%(number)s referee was heard.", "%(number)s referees were heard.", heard)
    if named:
        more = ngettext(
            "%(number)s is named and not heard yet.", "%(number)s are named and not heard yet.", named
        )
        there = f"{there % {'number': heard}} {more % {'number': named}}"
    sentences = {
        Missing.FIRST: _("Two referees are to be heard, one of them not from the group."),
        Missing.SECOND: _("A second referee is to be heard."),
        Missing.OUTSIDER: _("One of the two must be from outside the group; of neither is this known."),
        Missing.ACQUAINTED: _("The two know each other: find one who does not know the other."),
        Missing.STRANGERS: _("Find out whether the two know each other."),
    }
    return Standing(there % {"number": heard}, [sentences[one] for one in missing])


def interviews_said(*, held: int, planned: int, missing: Iterable[Missing], days: int) -> Standing:
    there = _("No interview was held yet.")
    if held:
        there = ngettext("%(number)s interview was held.", "%(number)s interviews were held.", held)
    if planned:
        more = ngettext("%(number)s is planned.", "%(number)s are planned.", planned)
        there = f"{there % {'number': held}} {more % {'number': planned}}"
    apart = ngettext(
        "The two must lie at least %(days)s day apart.",
        "The two must lie at least %(days)s days apart.",
        days,
    )
    sentences = {
        Missing.FIRST: _("Two interviews are to be held, by different people, with the same questions."),
        Missing.SECOND: _("A second interview is to be held, by somebody else, with the same questions."),
        Missing.DAYS: apart % {"days": days},
        Missing.PEOPLE: _("The two must be held by different people."),
        Missing.QUESTIONS: _("The two must follow the same question frame."),
    }
    return Standing(there % {"number": held}, [sentences[one] for one in missing])
