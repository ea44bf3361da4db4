"""Reading the sealed halves of entries. Never inside a transaction: the vault records the opening first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.vault.unlock import Unlocked
from cases.vetting.account import read_account
from cases.vetting.models import Entry, Interview
from cases.vetting.operations.interviews import Basis
from cases.vetting.queries.heard import main_version, parts_of
from cases.vetting.sittings import together


@dataclass(frozen=True)
class OpenedInterview:
    content: dict[str, Any]
    basis: Basis


def read_entries(
    *, applicant: Applicant, entries: Iterable[Entry], reason: str, unlocked: Unlocked | None, by: User
) -> dict[UUID, dict[str, Any]]:
    """Open what is sealed of entries of one person, with one reason and one row in the audit log."""
    by_kind = {entry.sealed_kind: entry.pk for entry in entries}
    found = read_account(applicant=applicant, kinds=by_kind, reason=reason, unlocked=unlocked, by=by)
    return {by_kind[kind]: content for kind, content in found.items()}


def read_interview(
    *, interview: Interview, reason: str, unlocked: Unlocked | None, by: User
) -> OpenedInterview:
    """Open everything that was written of an interview, as one document."""
    # Before reading: what is written meanwhile then counts as written by somebody else.
    version, kinds = main_version(interview), parts_of(interview)
    found = read_account(applicant=interview.applicant, kinds=kinds, reason=reason, unlocked=unlocked, by=by)
    held = set(found.get(interview.sealed_kind, {}).get("holds", []))
    read = [kind for kind in kinds if kind in found and kind not in held]
    beside = [kind for kind in read if kind != interview.sealed_kind]
    return OpenedInterview(together(found[kind] for kind in read), Basis(version, sorted(held | set(beside))))
