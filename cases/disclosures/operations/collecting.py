"""Collecting what was approved: once, and that is written down before anything is opened."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.disclosures.models import Export, Form, Handover
from cases.disclosures.operations.handing import HandedOver, Terms, hand_over
from cases.disclosures.packing import Package
from cases.disclosures.queries import travellers
from cases.disclosures.refusals import (
    ApproverGone,
    ChangedSinceSeen,
    CollectedAlready,
    NobodyLeft,
    NotApproved,
    NotYours,
    Over,
    PackingBusy,
)
from cases.staff.models import User
from cases.vault.refusals import NotUnlocked
from cases.vault.turns import NoTurn, turn
from cases.vault.unlock import Unlocked

_WAIT = 20


@dataclass(frozen=True, repr=False)
class Collected:
    package: Package
    going: list[Applicant]
    left_out: list[Applicant]


def collect_export(
    *, export: Export, expected: Collection[UUID], unlocked: Unlocked | None, by: User
) -> Collected:
    """Return what was approved, for the one time there is. `expected`: whom the page said it would hold.

    That it was collected is committed first: whatever breaks off afterwards, a second try needs a new approval.
    """
    if unlocked is None or unlocked.user_id != by.pk:
        raise NotUnlocked
    with _room(export.form):
        found, going = _mark_collected(export, expected, by)
        handed = _hand_over(found, going, unlocked, by)
    found.disclosure = handed.disclosure
    found.save(update_fields=["disclosure"])
    gone = {one.pk for one in handed.left_out}
    going = [one for one in going if one.pk not in gone]
    out = [one.applicant for one in travellers(found) if one.applicant not in going]
    return Collected(handed.package, going, out)


@transaction.atomic(durable=True)
def _mark_collected(export: Export, expected: Collection[UUID], by: User) -> tuple[Export, list[Applicant]]:
    locked = Export.objects.select_for_update(of=("self",)).select_related("asker", "answered_by")
    found = locked.get(pk=export.pk)
    _require_ready(found, by)
    going = [one.applicant for one in travellers(found) if not one.obstacle]
    if not going:
        raise NobodyLeft
    if {one.pk for one in going} != set(expected):
        raise ChangedSinceSeen
    found.collected_at = timezone.now()
    found.save(update_fields=["collected_at"])
    return found, going


def _require_ready(export: Export, by: User) -> None:
    if export.asker != by:
        raise NotYours
    if export.collected_at is not None:
        raise CollectedAlready
    if export.state == Export.State.EXPIRED:
        raise Over
    if export.state != Export.State.READY or export.answered_by is None:
        raise NotApproved
    if not export.answered_by.is_active:
        raise ApproverGone


def _hand_over(export: Export, going: list[Applicant], unlocked: Unlocked, by: User) -> HandedOver:
    assert export.answered_by is not None  # noqa: S101  # the database holds this of what was approved
    terms = Terms(
        **{
            field.name: getattr(export, field.name)
            for field in Handover._meta.fields
            if field.name != "fields"
        }
    )
    return hand_over(
        people=going,
        fields=export.fields,
        terms=terms,
        language=export.language,
        age_key=export.age_key,
        approved_by=export.answered_by,
        unlocked=unlocked,
        by=by,
    )


@contextmanager
def _room(form: str) -> Iterator[None]:
    """Stretching the passphrase of an age file takes much memory: one at a time, and before anything is used up."""
    if form != Form.AGE_WORDS:
        yield
        return
    try:
        with turn("packing-0", wait=_WAIT):
            yield
    except NoTurn:
        raise PackingBusy from None
