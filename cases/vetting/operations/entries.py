"""What writing a piece of evidence, a referee and an interview have in common. Each is called inside the operation."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.work import touch
from cases.applicants.reading import sealed_version
from cases.applicants.refusals import IdTaken
from cases.staff.models import User
from cases.vault.queries import item_of
from cases.vetting.account import seal_account
from cases.vetting.models import Entry, EntryChange
from cases.vetting.refusals import EntryChangedMeanwhile, EntryStruck

E = TypeVar("E", bound=Entry)
_LONGEST = 100


def made(
    model: type[E], *, id: UUID, applicant: Applicant, clear: Mapping[str, Any], by: User
) -> tuple[E, bool]:
    """Make a row; the same id again is answered with the row as it was made the first time."""
    wanted = {"applicant": applicant, "added_by": by, **clear}
    entry, new = model._default_manager.get_or_create(pk=id, defaults=wanted)
    if not new and (entry.applicant_id, entry.added_by_id) != (applicant.pk, by.pk):
        raise IdTaken
    entry.applicant = applicant
    return entry, new


def locked(entry: E) -> E:
    fresh = type(entry)._default_manager.select_for_update(of=("self",)).get(pk=entry.pk)
    if fresh.struck_at is not None:
        raise EntryStruck
    fresh.applicant = entry.applicant
    return fresh


def change(
    fresh: E, *, changes: Mapping[str, Any], sealed: Mapping[str, str] | None, version: int, by: User
) -> list[str]:
    """Save what differs of a locked row, unless somebody saved since `version`; return what was saved.

    `sealed` takes the place of the sealed half as a whole; None leaves it as it is.
    """
    before = {name: getattr(fresh, name) for name in fresh.CLEAR}
    changed = [name for name in fresh.CLEAR if name in changes and changes[name] != before[name]]
    if not changed and sealed is None:
        return []
    if fresh.version != version:
        sealed_now = sealed_version(fresh.applicant.account_safe, fresh.sealed_kind)
        raise EntryChangedMeanwhile(before | {"version": fresh.version, "sealed": sealed_now})
    for name in changed:
        setattr(fresh, name, changes[name])
    save(fresh, *changed)
    rows = {name: (_plain(before[name]), _plain(getattr(fresh, name))) for name in changed}
    if sealed is not None:
        seal(fresh, sealed, by)
        rows["sealed"] = ("", "")
    remember(fresh, rows, by)
    touch(fresh.applicant)
    return [*changed, *(["sealed"] if sealed is not None else [])]


def seal(entry: Entry, sealed: Mapping[str, str], by: User) -> None:
    """Seal the half that tells something; nothing where nothing was written and nothing lies there."""
    content = {name: sealed.get(name, "").strip() for name in entry.SEALED}
    safe = entry.applicant.account_safe
    if any(content.values()) or item_of(safe, entry.sealed_kind) is not None:
        seal_account(applicant=entry.applicant, kind=entry.sealed_kind, content=content, by=by)


def strike(fresh: Entry, *, reason: str, by: User) -> None:
    """Say that a locked row was entered by mistake: it counts for nothing any more, its history stays."""
    fresh.struck_at = timezone.now()
    save(fresh, "struck_at")
    remember(fresh, {"struck_at": ("", reason)}, by)
    touch(fresh.applicant)


def save(entry: Entry, *fields: str) -> None:
    entry.version += 1
    entry.save(update_fields=[*fields, "version"])


def remember(entry: Entry, rows: Mapping[str, tuple[str, str]], by: User) -> None:
    about = {"applicant": entry.applicant, "entry": entry.pk, "by": by}
    EntryChange.objects.bulk_create(
        EntryChange(field=field, before=before[:_LONGEST], after=after[:_LONGEST], **about)
        for field, (before, after) in rows.items()
    )


def _plain(value: Any) -> str:
    """A clear value as the history keeps it: codes, keys, days and the names of colleagues."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "key", value))
