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
from cases.vetting.queries.heard import parts_of
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
    # Looked up before reading: what is written meanwhile then counts as not yet read.
    parts = parts_of(interview)
    found = read_account(applicant=interview.applicant, kinds=parts, reason=reason, unlocked=unlocked, by=by)
    main = interview.sealed_kind
    held: dict[str, int] = found.get(main, {}).get("holds", {})
    read = {kind: version for kind, version in parts.items() if kind in found and version > held.get(kind, 0)}
    content = together(found[kind] for kind in read)
    beside = {kind: version for kind, version in read.items() if kind != main}
    return OpenedInterview(content, Basis(parts.get(main, 0), held | beside))
