"""What is sealed of people, as the name-leak guard compares it with free text. Never inside a transaction."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for, members_with
from cases.applicants.sealed import names_in
from cases.names.leaks import Kind, Secret
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.newest import newest_of_each
from cases.vault.queries import held_safe_ids
from cases.vault.unlock import Unlocked

Reader = Callable[[Mapping[str, Any], str], list[Secret]]
WHOLE_DATE = 10


def _of_identity(document: Mapping[str, Any], about: str) -> list[Secret]:
    born = str(document.get("birth_date") or "")
    names = [Secret(Kind.NAME, name, about) for name in names_in(document)]
    return names + ([Secret(Kind.BIRTH_DATE, born, about)] if len(born) == WHOLE_DATE else [])


def _of_contact(document: Mapping[str, Any], about: str) -> list[Secret]:
    kinds = {"phone": Kind.PHONE, "handle": Kind.HANDLE, "email": Kind.HANDLE}
    return [Secret(kind, str(document[name]), about) for name, kind in kinds.items() if document.get(name)]


# By what the kind of a sealed document begins with. A higher slice that seals there adds its own in `AppConfig.ready()`.
READERS: dict[str, Reader] = {"identity": _of_identity, "contact": _of_contact}


def known_of(applicants: Iterable[Applicant], *, unlocked: Unlocked, by: User) -> list[Secret]:
    """What must not stand in clear of those among `applicants` whom `by` can open; one audit row a day."""
    pseudonyms: dict[UUID, str] = {one.identity_safe_id: one.pseudonym for one in applicants}
    items = [item for item in newest_of_each(pseudonyms) if _reader(item.kind)]
    purpose = "compared with a text"
    opened = vault.open_quietly(items=items, purpose=purpose, unlocked=unlocked, by=by, once_a_day=True)
    return [
        secret
        for item in items
        if item.pk in opened
        for secret in _reader(item.kind)(opened[item.pk], pseudonyms[item.safe_id])  # type: ignore[misc]
    ]


def everybody_held(user: User, first: Applicant) -> list[Applicant]:
    """The case, its household, and every other case whose name `user` can open."""
    household = members_with(first).values("applicant")
    near = [first, *Applicant.objects.filter(pk__in=household).exclude(pk=first.pk)]
    seen = {one.pk for one in near}
    held = applicants_for(user).filter(identity_safe__in=held_safe_ids(user))
    return near + [one for one in held if one.pk not in seen]


def holds_household(user: User, applicant: Applicant) -> bool:
    """Whether `user` can open the name of everybody in the household of a case."""
    household = members_with(applicant).values("applicant")
    safes = {
        applicant.identity_safe_id,
        *Applicant.objects.filter(pk__in=household).values_list("identity_safe", flat=True),
    }
    return held_safe_ids(user, safes) == safes


def _reader(kind: str) -> Reader | None:
    return next((reader for start, reader in READERS.items() if kind.startswith(start)), None)
