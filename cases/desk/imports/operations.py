from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from cases.applicants.operations import NewApplicant, register_applicants
from cases.audit.operations import record
from cases.desk.imports import queries
from cases.desk.imports.people import Person
from cases.names import pseudonyms
from cases.staff.models import Team, User


@dataclass(frozen=True)
class Source:
    """One file that is taken in through one form."""

    import_id: UUID
    digest: str

    def person_id(self, row: int) -> UUID:
        """The same row of the same file sent again by the same form is the same person."""
        return UUID(bytes=sha256(f"{self.import_id} {self.digest} {row}".encode()).digest()[:16])


@dataclass(frozen=True)
class TakenIn:
    row: int
    pseudonym: str
    id: UUID


def take_in(
    *,
    people: Sequence[Person],
    source: Source,
    team: Team | None,
    by: User,
    progress: Callable[[int], None] | None = None,
) -> list[TakenIn]:
    """Register the people of a spreadsheet, all or none; who has no pseudonym in the file is given one."""
    ids = [source.person_id(person.row) for person in people]
    with transaction.atomic():
        # The second sending of a form whose answer got lost waits here for the first.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        fresh = set(ids) - queries.taken_in(ids, by)
        names = _pseudonyms(people)
        new = [
            _new(person, person_id, name, team)
            for person, person_id, name in zip(people, ids, names, strict=True)
        ]
        made = register_applicants(new=new, by=by, progress=progress)
        if fresh:
            record("desk.imported", by=by, about=str(source.import_id), detail=f"{len(fresh)} people")
    return [
        TakenIn(person.row, applicant.pseudonym, applicant.pk)
        for person, applicant in zip(people, made, strict=True)
    ]


def _pseudonyms(people: Sequence[Person]) -> list[str]:
    nameless = sum(1 for person in people if not person.pseudonym)
    used = queries.used_pseudonyms() | {person.pseudonym.casefold() for person in people}
    offered = iter(pseudonyms.propose(nameless, lambda name: name.casefold() in used))
    return [person.pseudonym or next(offered) for person in people]


def _new(person: Person, person_id: UUID, pseudonym: str, team: Team | None) -> NewApplicant:
    return NewApplicant(
        id=person_id,
        pseudonym=pseudonym,
        category=person.category,
        country=person.country,
        channel=person.channel,
        identity=person.identity,
        contact=person.contact,
        languages=person.languages,
        urgency=person.urgency,
        special_needs=person.needs,
        team=team,
        last_contact_on=person.last_contact,
    )
