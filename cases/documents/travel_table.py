"""The answers as a page shows them: destinations with the same answer for the same reasons stand in one line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.documents import words
from cases.documents.travel.answers import Answer, Option, Reason
from cases.documents.travel.rules import Row, SafetyRule

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
class Line:
    """One or more destinations that are answered alike."""

    countries: tuple[str, ...]
    answer: str
    tone: str
    icon: str
    paper: str = ""
    why: tuple[Said, ...] = ()
    next_step: str = ""
    missing: tuple[str, ...] = ()
    needs: str = ""
    dangers: tuple["Danger", ...] = ()
    others: tuple[Said, ...] = ()
    # Of a household: those on whom the answer hangs; "" where it is the same for all.
    who: str = ""

    @property
    def where(self) -> str:
        return ", ".join(self.countries)


def lines(options: Iterable[Option], book: words.Names) -> list[Line]:
    """Return the lines of a table, what is possible first; within an answer the longest list of countries last."""
    alike: dict[object, list[Option]] = {}
    for option in options:
        alike.setdefault(_likeness(option), []).append(option)
    made = [_line(group, book) for group in alike.values()]
    ranks = [group[0].answer for group in alike.values()]
    order = sorted(
        range(len(made)),
        key=lambda n: (-ranks[n], _threat(made[n]), len(made[n].countries), made[n].where.casefold()),
    )
    return [made[n] for n in order]


def _likeness(option: Option) -> object:
    """What makes two destinations one line: everything but the destination itself."""
    return (
        option.answer,
        option.paper,
        _same(option.reasons),
        _same(option.others),
        option.missing,
        option.remedy,
        tuple(row.key for row in option.safety),
    )


def _same(reasons: Sequence[Reason]) -> object:
    return tuple((one.code, one.rule and one.rule.key, one.paper and one.paper.id) for one in reasons)


def _line(group: Sequence[Option], book: words.Names) -> Line:
    first = group[0]
    countries = tuple(sorted((words.place(one.destination) for one in group), key=str.casefold))
    return Line(
        countries=countries,
        answer=words.answer(first.answer),
        tone=TONES[first.answer],
        icon=ICONS[first.answer],
        paper=book.paper(first.paper) if first.paper else "",
        why=tuple(_said(words.reason(one, book), one.rule) for one in first.reasons),
        next_step=words.next_step(first, book),
        missing=tuple(book.type(code) for code in first.missing),
        needs=words.needs(first),
        dangers=_dangers(first.safety),
        others=tuple(_said(words.reason(one, book), one.rule) for one in first.others),
    )


def _dangers(rows: Iterable[SafetyRule]) -> tuple[Danger, ...]:
    kinds: dict[str, list[SafetyRule]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.begins or date.min, reverse=True):
        kinds[row.danger].append(row)
    return tuple(
        Danger(
            words.danger(kind), DANGER_TONES[kind], tuple(_said(words.note(row), row) for row in kinds[kind])
        )
        for kind in DANGER_TONES
        if kind in kinds
    )


def _threat(line: Line) -> int:
    """Places that are dangerous stand after those that are not, in the same answer."""
    return sum(one.tone == "danger" for one in line.dangers)


def _said(text: str, row: Row | None) -> Said:
    return Said(text, words.source(row) if row else "", words.is_stale(row) if row else False)
