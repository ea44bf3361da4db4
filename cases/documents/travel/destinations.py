"""What is the same for everybody who asks about a destination: the remedies, the dangers, the papers that would do."""

from collections.abc import Iterable
from functools import cache

from cases.documents.travel.answers import Answer, Code, Option, Reason, Weighed
from cases.documents.travel.rulebook import Rulebook
from cases.documents.travel.facts import Paper
from cases.documents.travel.rules import Effect, EntryRule


class Destination:
    def __init__(self, name: str, book: Rulebook) -> None:
        self.name, self.on = name, book.on
        self.safety = book.safety(name)
        self._book = book
        rows = book.remedies(name)
        # By whether something proves who the person is.
        self._remedies = {True: rows, False: tuple(row for row in rows if row.when == "nothing")}
        self._cites = {row.key: (row, *book.through(row.destination, name)) for row in rows}
        self._reasons = {row.key: (Reason(Code.REMEDY, row),) for row in rows}
        self.without_paper = cache(self._without_paper)

    def with_remedy(self, proof: Paper | None, weighed: Weighed, place: int) -> Option | None:
        """What to apply for where no paper is accepted; None where nothing is known that would help."""
        remedies = self._remedies[proof is not None]
        if not remedies:
            return None
        first = remedies[0]
        return Option(
            self.name,
            self.on,
            Answer.REMEDY,
            proof,
            self._reasons[first.key],
            self._cites[first.key],
            self.safety,
            missing=(first.document,),
            remedies=remedies,
            weighed=weighed,
            place=place,
        )

    def _without_paper(self, ages: tuple[int, ...]) -> Option:
        """No, and what would do: the rows that name it are what is cited."""
        rows = self._accepted(ages)
        members = (member for row in rows for member in self._book.through(row.destination, self.name))
        return Option(
            self.name,
            self.on,
            Answer.NO,
            None,
            (Reason(Code.NO_PAPER, rows[0] if rows else None),),
            (*rows, *dict.fromkeys(members)) if rows else self._book.rows_naming(self.name),
            self.safety,
            missing=tuple(dict.fromkeys(row.document for row in rows)),
        )

    def _accepted(self, ages: Iterable[int]) -> tuple[EntryRule, ...]:
        """The rows by which a paper would be accepted, whichever of these ages the person has."""
        found: list[EntryRule] = []
        for document in self._book.documents():
            rows = [self._book.rows_at(self.name, document, age) for age in ages]
            if all(at_age and all(row.effect is Effect.ACCEPTED for row in at_age) for at_age in rows):
                found += [row for at_age in rows for row in at_age]
        return tuple(dict.fromkeys(found))
