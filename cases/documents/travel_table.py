"""The answers as a page shows them: one block for each answer, paper and next step, with its destinations below."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from cases.documents import words
from cases.documents.travel.answers import Answer, Code, Option, Reason
from cases.documents.travel.rules import Row, SafetyRule, is_stale

# The worst first.
DANGER_TONES = {"unsafe": "danger", "extradites": "danger", "visible": "soon", "unknown": ""}
TONES = {
    Answer.YES: "safe",
    Answer.VISA: "ink",
    Answer.REMEDY: "soon",
    Answer.UNKNOWN: "",
    Answer.NO: "danger",
}
ICONS = {
    Answer.YES: "check-circle",
    Answer.VISA: "card-text",
    Answer.REMEDY: "tools",
    Answer.UNKNOWN: "question-circle",
    Answer.NO: "slash-circle",
}


@dataclass(frozen=True)
class Said:
    """A sentence, and where it comes from."""

    text: str
    source: str
    is_stale: bool = False


@dataclass(frozen=True)
class Danger:
    """What threatens in a country, with what is known about it, the newest first."""

    label: str
    tone: str
    known: tuple[Said, ...]


@dataclass(frozen=True)
class Place:
    """One or more destinations of which the same is to be said."""

    countries: tuple[str, ...]
    why: tuple[Said, ...] = ()
    dangers: tuple[Danger, ...] = ()
    others: tuple[Said, ...] = ()

    @property
    def where(self) -> str:
        return ", ".join(self.countries)

    @property
    def is_dangerous(self) -> bool:
        return any(one.tone == "danger" for one in self.dangers)


@dataclass(frozen=True)
class Line:
    """One answer, the paper it rests on and what to do, with all the destinations it is given for."""

    answer: str
    tone: str
    icon: str
    places: tuple[Place, ...]
    paper: str = ""
    next_step: str = ""
    missing: tuple[str, ...] = ()
    needs: str = ""
    # Of a household: those on whom the answer hangs; "" where it is the same for all.
    who: str = ""


def lines(options: Iterable[Option], names: words.Names) -> list[Line]:
    """Return the blocks of the page, what is possible first; in a block the safer destinations first."""
    alike: dict[tuple[object, ...], list[Option]] = defaultdict(list)
    for option in options:
        step = words.next_step(option, names)
        alike[step, option.answer, option.paper, option.missing, option.remedy].append(option)
    # A single destination that can be had stands before the long lists.
    groups = sorted(alike.items(), key=lambda item: (-item[1][0].answer, len(item[1])))
    return [_line(group, str(step), names) for (step, *_likeness), group in groups]


def _line(group: Sequence[Option], next_step: str, names: words.Names) -> Line:
    first = group[0]
    return Line(
        answer=words.answer(first.answer),
        tone=TONES[first.answer],
        icon=ICONS[first.answer],
        places=_places(group, names),
        paper=names.paper(first.paper) if first.paper else "",
        next_step=next_step,
        missing=tuple(names.type(code) for code in first.missing),
        needs=words.needs(first),
    )


def _places(group: Sequence[Option], names: words.Names) -> tuple[Place, ...]:
    """Destinations of which the same is said, together."""
    alike: dict[object, list[str]] = defaultdict(list)
    first: dict[object, Place] = {}
    for option in group:
        place = _place(option, names)
        likeness = (
            tuple(one.text for one in place.why),
            tuple(one.label for one in place.dangers if one.tone),
        )
        first.setdefault(likeness, place)
        alike[likeness].append(words.place(option.destination))
    found = [
        replace(place, countries=tuple(sorted(alike[likeness], key=str.casefold)))
        for likeness, place in first.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.is_dangerous, -len(one.countries), one.where.casefold())))


def _place(option: Option, names: words.Names) -> Place:
    # The block says already that a visa or a remedy is the way.
    telling = [one for one in option.reasons if one.code not in (Code.REMEDY, Code.VISA_NEEDED)]
    return Place(
        countries=(),
        why=tuple(said(words.reason(one, names), one.rule) for one in telling),
        dangers=_dangers(option.safety),
        others=tuple(said(words.reason(one, names), one.rule) for one in (*_way(option), *option.others)),
    )


def _way(option: Option) -> list[Reason]:
    return [one for one in option.reasons if one.code is Code.REMEDY]


def _dangers(rows: Iterable[SafetyRule]) -> tuple[Danger, ...]:
    kinds: dict[str, list[SafetyRule]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.begins or date.min, reverse=True):
        kinds[row.danger].append(row)
    return tuple(
        Danger(
            words.danger(kind), DANGER_TONES[kind], tuple(said(words.note(row), row) for row in kinds[kind])
        )
        for kind in DANGER_TONES
        if kind in kinds
    )


def said(text: str, row: Row | None) -> Said:
    return (
        Said(text, words.source(row), is_stale(row.verified_on, timezone.localdate()))
        if row
        else Said(text, "")
    )
