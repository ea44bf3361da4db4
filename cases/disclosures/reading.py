"""Reading what is to be handed over. Never inside a transaction: for each person the vault records it first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cases.applicants.models import Applicant
from cases.disclosures.fields import FIELDS
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.models import Safe
from cases.vault.newest import newest_of_each
from cases.vault.unlock import Unlocked


# No repr: it holds names.
@dataclass(frozen=True, repr=False)
class Read:
    """`said`: lines of text by field, in the order asked for. `whole`: everything that is sealed opened."""

    applicant: Applicant
    said: Mapping[str, list[str]]
    whole: bool

    @property
    def told(self) -> list[str]:
        return [code for code, lines in self.said.items() if lines]


def read_people(
    *, people: Sequence[Applicant], fields: Sequence[str], purpose: str, unlocked: Unlocked | None, by: User
) -> list[Read]:
    """Open exactly what these fields need, of everybody at once."""
    wanted = {one.pk: _wanted(one, fields) for one in people}
    asked = Q(pk__in=[])
    for by_safe in wanted.values():
        for safe_id, kinds in by_safe.items():
            asked |= Q(safe=safe_id, kind__in=kinds)
    safes = [safe_id for by_safe in wanted.values() for safe_id in by_safe]
    items = list(newest_of_each(safes).filter(asked))
    found = vault.open_to_hand_over(items=items, purpose=purpose, unlocked=unlocked, by=by)
    read = []
    for one in people:
        mine = [item for item in items if item.safe_id in wanted[one.pk]]
        opened = {item.kind: found[item.pk] for item in mine if item.pk in found}
        said = {code: FIELDS[code].read(one, opened) for code in fields}
        read.append(Read(one, said, len(opened) == len(mine)))
    return read


def _wanted(applicant: Applicant, fields: Sequence[str]) -> dict[UUID, set[str]]:
    """The kinds of documents to open, by safe."""
    lying = {Safe.Kind.IDENTITY: applicant.identity_safe_id, Safe.Kind.ACCOUNT: applicant.account_safe_id}
    wanted: dict[UUID, set[str]] = {}
    for code in fields:
        field = FIELDS[code]
        if field.safe and (kinds := set(field.kinds(applicant))):
            wanted.setdefault(lying[field.safe], set()).update(kinds)
    return wanted
