"""Keeping governments and their officials, and writing down what was talked about."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.relocation.models import Contact, Government, Talk
from cases.relocation.refusals import DoneAlready, KnownAlready
from cases.staff.models import User


@transaction.atomic
def add_government(*, id: UUID, facts: dict[str, Any], by: User) -> Government:
    """The same id again is answered with what was added the first time."""
    if again := Government.objects.filter(pk=id, added_by=by).first():
        return again
    _require_new(facts)
    made = Government.objects.create(id=id, added_by=by, **facts)
    record("relocation.government_added", by=by, detail=_named(made))
    return made


@transaction.atomic
def edit_government(*, government: Government, facts: dict[str, Any], by: User) -> None:
    found = Government.objects.select_for_update().get(pk=government.pk)
    _require_new(facts, besides=found)
    changed = sorted(name for name, value in facts.items() if str(getattr(found, name)) != str(value))
    if not changed:
        return
    for name in changed:
        setattr(found, name, facts[name])
    found.save(update_fields=changed)
    record("relocation.government_changed", by=by, detail=f"{_named(found)}: {', '.join(changed)}")


@transaction.atomic
def add_contact(*, id: UUID, government: Government, facts: dict[str, Any], by: User) -> Contact:
    if again := Contact.objects.filter(pk=id, government=government, added_by=by).first():
        return again
    made = Contact.objects.create(id=id, government=government, added_by=by, **facts)
    record("relocation.contact_added", by=by, detail=_named(government))
    return made


@transaction.atomic
def contact_left(*, contact: Contact, by: User) -> None:
    """Say that an official is there no more; the talks with them stay."""
    if not Contact.objects.filter(pk=contact.pk, left_on=None).update(left_on=timezone.localdate()):
        raise DoneAlready
    record("relocation.contact_left", by=by, detail=_named(contact.government))


@transaction.atomic
def write_talk(*, id: UUID, government: Government, facts: dict[str, Any], by: User) -> Talk:
    """Write down a talk. It is never changed: who was wrong writes another."""
    if again := Talk.objects.filter(pk=id, government=government, written_by=by).first():
        return again
    made = Talk.objects.create(id=id, government=government, written_by=by, **facts)
    record("relocation.talk_written", by=by, detail=f"{_named(government)}: {made.kind}")
    return made


@transaction.atomic
def step_done(*, talk: Talk, by: User) -> None:
    waiting = Talk.objects.filter(pk=talk.pk, done_at=None).exclude(next_step="")
    if not waiting.update(done_at=timezone.now(), done_by=by):
        raise DoneAlready
    record("relocation.step_done", by=by, detail=_named(talk.government))


@transaction.atomic
def put_off_step(*, talk: Talk, until: date, next_by: User | None, by: User) -> None:
    """Give the next step a later day, or to somebody else; without `next_by` it is theirs."""
    waiting = Talk.objects.filter(pk=talk.pk, done_at=None).exclude(next_step="")
    if not waiting.update(next_until=until, next_by=next_by):
        raise DoneAlready
    record("relocation.step_put_off", by=by, detail=f"{_named(talk.government)}: {until:%Y-%m-%d}")


def _require_new(facts: dict[str, Any], besides: Government | None = None) -> None:
    same = Government.objects.filter(country=facts["country"], name__iexact=facts["name"])
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise KnownAlready


def _named(government: Government) -> str:
    """The name of a post is no secret; who speaks for it is not repeated in the log."""
    return f"{government.country.code}: {government.name}"
