"""What is the same for everybody who asks about a destination: the remedies, the dangers, the papers that would do."""

from functools import cache

from cases.documents.travel.answers import Against, Answer, Code, Option, Reason
from cases.documents.travel.book import Rulebook
from cases.documents.travel.facts import Paper
from cases.documents.travel.rules import Effect, EntryRule, RemedyRule


class Destination:
    def __init__(self, name: str, book: Rulebook) -> None:
        self.name, self.on = name, book.on
        self.safety = book.safety(name)
        self._book = book
        rows = book.remedies(name)
        # By whether something proves who the person is.
        self._remedies = {True: rows, False: tuple(row for row in rows if row.when == "nothing")}
        self._cites = {row.key: (row, *book.through(row.destination, name)) for row in rows}
        self._accepted_at = cache(self._every_accepted)

    def with_remedy(self, proof: Paper | None, others: tuple[Against, ...]) -> Option | None:
        """What to apply for where no paper is accepted; None where nothing is known that would help."""
        remedies: tuple[RemedyRule, ...] = self._remedies[proof is not None]
        if not remedies:
            return None
        first = remedies[0]
        return Option(
            destination=self.name,
            on=self.on,
            answer=Answer.REMEDY,
            paper=proof,
            reasons=(Reason(Code.REMEDY, first),),
            cites=self._cites[first.key],
            missing=(first.document,),
            remedies=remedies,
            others=others,
            safety=self.safety,
        )

    def without_paper(self, age_places: range) -> Option:
        """No, and what would do: the rows that name it are what is cited."""
        rows = self._accepted_at(age_places)
        members = (member for row in rows for member in self._book.through(row.destination, self.name))
        return Option(
            destination=self.name,
            on=self.on,
            answer=Answer.NO,
            paper=None,
            reasons=(Reason(Code.NO_PAPER, rows[0] if rows else None),),
            cites=(*rows, *dict.fromkeys(members)) if rows else self._book.rows_naming(self.name),
            missing=tuple(dict.fromkeys(row.document for row in rows)),
            safety=self.safety,
        )

    def _every_accepted(self, age_places: range) -> tuple[EntryRule, ...]:
        """The rows by which a paper would be accepted, whichever of these ages the person has."""
        found: list[EntryRule] = []
        for document in self._book.documents():
            rows = [self._book.rows_at(self.name, document, place) for place in age_places]
            if all(at_age and all(row.effect is Effect.ACCEPTED for row in at_age) for at_age in rows):
                found += [row for at_age in rows for row in at_age]
        return tuple(dict.fromkeys(found))
