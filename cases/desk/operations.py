"""What is done at the desk: each leaves a row in the audit log, and nothing typed or opened stands in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.audit.operations import record
from cases.audit.queries import recorded_today
from cases.desk.matching import Fit, Found, fit, query_of
from cases.names.split import first_name
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.models import Safe
from cases.vault.newest import newest_items
from cases.vault.unlock import Unlocked

MOST_FOUND = 50


@transaction.atomic
def record_export(*, form: str, count: int, filters: str, columns: Sequence[str], by: User) -> None:
    """`form`: csv, xlsx or paper."""
    action = {"csv": "desk.exported", "xlsx": "desk.exported_workbook", "paper": "desk.printed"}[form]
    record(action, by=by, detail=f"{count} cases; {filters or 'no filter'}; {', '.join(columns)}")


@transaction.atomic
def record_reading(*, by: User) -> None:
    """Note that the audit log was read; once a day for each reader is enough."""
    if not recorded_today("desk.audit_read", actor=by.username):
        record("desk.audit_read", by=by)


def first_names(*, applicants: Sequence[Applicant], unlocked: Unlocked, by: User) -> dict[UUID, str]:
    """First names by case, of those that `by` can open; never inside a transaction."""
    items = list(newest_items([one.identity_safe_id for one in applicants], "identity"))
    opened = vault.open_quietly(items=items, purpose="first names", unlocked=unlocked, by=by)
    by_safe = {item.safe_id: _first_name(opened[item.pk]) for item in items if item.pk in opened}
    return {one.pk: by_safe[one.identity_safe_id] for one in applicants if one.identity_safe_id in by_safe}


def find_people(*, typed: str, unlocked: Unlocked, by: User) -> list[Found]:
    """Look for a name among what `by` can open; answers with cases, never with names. Never inside a transaction."""
    asked = query_of(typed)
    hits = vault.search(
        kind=Safe.Kind.IDENTITY,
        item_kind="identity",
        test=lambda document: fit(asked, document),
        unlocked=unlocked,
        by=by,
    )
    scores = {safe_id: score for safe_id, score in hits[:MOST_FOUND] if isinstance(score, Fit)}
    cases = applicants_for(by).filter(identity_safe__in=scores)
    found = [Found(applicant, scores[applicant.identity_safe_id]) for applicant in cases]
    return sorted(found, key=lambda one: -one.fit)


def _first_name(document: dict[str, Any]) -> str:
    """The given name alone: without one, nothing, rather than a surname."""
    names = (
        document.get("given_name"),
        *(first_name(document.get(key, "")) for key in ("name", "latin_name")),
    )
    return next((str(name) for name in names if name), "")
