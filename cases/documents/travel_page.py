"""What the tab “Where to” says: for one person or the household, on one day or on two compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.documents import words
from cases.documents.queries.travel import rulebook, travellers
from cases.documents.travel.answers import Answer, Change, Code, Option
from cases.documents.travel.facts import Born, Traveller
from cases.documents.travel.leaving import leaving
from cases.documents.travel.options import changes, options, together
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel_table import ICONS, TONES, Line, Place, Said, lines, said


@dataclass(frozen=True)
class Notice:
    """How sure a departure is, with everything that speaks for it."""

    title: str
    tone: str
    icon: str
    known: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Page:
    """`people` holds for each person the own table; `common` the table of the household, where it goes together."""

    on: date
    against: date | None
    people: tuple[tuple[Applicant, list[Line]], ...]
    common: list[Line]
    changes: list[Said]
    leaving: list[Notice]
    age_matters: bool


@dataclass(frozen=True)
class Wish:
    """What is asked: the day, another to compare with, and the exact birth of those whose name is open."""

    on: date
    against: date | None
    exactly: Mapping[UUID, Born]


def page(people: Sequence[Applicant], wish: Wish) -> Page:
    """Answer for these people; the first is the one whose case it is."""
    book = rulebook(wish.on)
    names = words.Names(book.types)
    known = travellers(people, wish.exactly)
    found = {one.pk: options(known[one.pk], book) for one in people}
    first = found[people[0].pk]
    return Page(
        on=wish.on,
        against=wish.against,
        people=tuple((one, lines(found[one.pk], names)) for one in people),
        common=_common(people, found) if len(people) > 1 else [],
        changes=_changes(known[people[0].pk], first, rulebook(wish.against, book.rules))
        if wish.against
        else [],
        leaving=_leaving(known[people[0].pk], book, first),
        age_matters=any(
            reason.code is Code.AGE_UNKNOWN
            for option in first
            for reason in (*option.reasons, *option.others)
        ),
    )


def _common(people: Sequence[Applicant], found: Mapping[UUID, tuple[Option, ...]]) -> list[Line]:
    """The household together: destinations with the same answer, hanging on the same people, in one line."""
    called = {str(one.pk): one.pseudonym for one in people}
    alike: dict[tuple[Answer, tuple[str, ...]], list[str]] = {}
    for one in together([(str(person.pk), found[person.pk]) for person in people]):
        alike.setdefault((one.answer, one.hangs_on), []).append(words.place(one.destination))
    return [
        Line(
            answer=words.answer(answer),
            tone=TONES[answer],
            icon=ICONS[answer],
            places=(Place(tuple(sorted(places, key=str.casefold))),),
            who="" if len(hangs_on) == len(people) else ", ".join(called[key] for key in hangs_on),
        )
        for (answer, hangs_on), places in sorted(alike.items(), key=lambda item: -item[0][0])
    ]


def _changes(traveller: Traveller, before: tuple[Option, ...], other: Rulebook) -> list[Said]:
    names = words.Names(other.types)
    alike: dict[tuple[object, ...], list[Change]] = {}
    for change in changes(before, options(traveller, other)):
        reasons = [(one.code, one.rule and one.rule.key) for one in change.after.reasons[:1]]
        alike.setdefault((change.before.answer, change.after.answer, *reasons), []).append(change)
    return [_changed(group, names) for group in alike.values()]


def _changed(group: Sequence[Change], names: words.Names) -> Said:
    first = group[0]
    places = ", ".join(sorted((words.place(one.after.destination) for one in group), key=str.casefold))
    why = [words.reason(one, names) for one in first.after.reasons[:1]]
    text = _("%(places)s: %(before)s → %(after)s.") % {
        "places": places,
        "before": words.answer(first.before.answer),
        "after": words.answer(first.after.answer),
    }
    rows = [one.rule for one in first.after.reasons[:1] if one.rule is not None]
    return Said(" ".join([text, *why]), " ".join(words.source(row) for row in rows))


def _leaving(traveller: Traveller, book: Rulebook, found: tuple[Option, ...]) -> list[Notice]:
    """What stands between a person and the border; a laissez-passer counts where one is the way."""
    if not traveller.place:
        return [Notice(_("It is not recorded where the person is"), "", "geo-alt")]
    by_remedy = next((one for one in found if one.answer is Answer.REMEDY), None)
    answer = leaving(traveller, book, by_remedy)
    kinds = (
        (answer.stops, _("Cannot leave now"), "danger", "slash-circle"),
        (answer.asks, _("Somebody must agree first"), "soon", "exclamation-triangle"),
        (answer.unknown, _("Not known: ask before anybody books"), "", "question-circle"),
    )
    return [
        Notice(title, tone, icon, tuple(said(words.obstacle(row), row) for row in rows))
        for rows, title, tone, icon in kinds
        if rows
    ]
