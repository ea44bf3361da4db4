"""Opening a breach, warning the people in it, and what is told to the authority."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.applicants.operations.guarded import Guarded, remember
from cases.applicants.queries import applicants_for
from cases.audit.operations import record
from cases.desk.breaches.queries import exposed_by
from cases.desk.models import Breach, Exposed
from cases.desk.refusals import (
    BreachClosed,
    InTheFuture,
    NotBefore,
    NotDecided,
    NotLater,
    PeopleNotWarned,
    WarnedAlready,
)
from cases.staff.barring import present
from cases.staff.models import Freeze, User
from cases.staff.operations import announce, end_logins
from cases.staff.roles import Permission
from cases.vault import operations as vault
from cases.vault.queries import item_of
from cases.vault.refusals import NotGranted, NotUnlocked
from cases.vault.unlock import Unlocked


@transaction.atomic
def open_breach(*, user: User, kind: str, what: str, by: User) -> Breach:
    """Write down who is exposed, and start the clock; what is open already is brought up to date, its clock goes on."""
    now = timezone.now()
    breach, made = Breach.objects.get_or_create(
        user=user,
        closed_at=None,
        defaults={
            "kind": kind,
            "what": what,
            "opened_by": by,
            "opened_at": now,
            "noticed_at": now,
            "cases_seen": applicants_for(user).count(),
        },
    )
    people = [
        Exposed(
            breach=breach,
            applicant_id=one.applicant_id,
            name=one.name,
            account=one.account,
            opened_at=one.opened_at,
        )
        for one in exposed_by(user)
    ]
    Exposed.objects.bulk_create(people, ignore_conflicts=True)
    if made:
        told = present(who_may=Permission.HANDLE_BREACH) | present(who_may=Permission.READ_AUDIT)
        announce(code="breach_opened", to=told.distinct(), whom=[user], reason=what)
    record("desk.breach_opened", by=by, about=user.username, detail=f"{kind}: {len(people)} people")
    return breach


def after_freezing(freeze: Freeze) -> None:
    open_breach(user=freeze.user, kind=freeze.kind, what=freeze.reason, by=freeze.asked_by)


@transaction.atomic
def report_device(*, what: str, by: User) -> Breach:
    """One's own device is lost and the account still one's own: logins end, and the list of people is opened."""
    end_logins(user=by, by=by)
    return open_breach(user=by, kind=Freeze.Kind.LOST, what=what, by=by)


@transaction.atomic
def set_noticed(*, breach: Breach, at: datetime, reason: str, by: User) -> None:
    """Say that it was known earlier. Never later: the clock does not get longer."""
    held = _open(breach)
    if at > held.noticed_at:
        raise NotLater
    before, held.noticed_at, held.noticed_reason = held.noticed_at, at, reason
    held.save(update_fields=["noticed_at", "noticed_reason"])
    detail = f"{before:%Y-%m-%d %H:%M} to {at:%Y-%m-%d %H:%M} UTC: {reason}"
    record("desk.breach_noticed", by=by, about=held.user.username, detail=detail)


@transaction.atomic
def decide(*, breach: Breach, decision: str, reason: str, by: User) -> None:
    """Decide whether the authority is notified; until it was, this can be decided anew."""
    held = _open(breach)
    if held.notified_at is not None:
        raise BreachClosed
    held.decision, held.decision_reason = decision, reason
    held.decided_by, held.decided_at = by, timezone.now()
    held.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
    record("desk.breach_decided", by=by, about=held.user.username, detail=f"{decision}: {reason}")


@transaction.atomic
def record_notice(*, breach: Breach, at: datetime, reference: str, by: User) -> None:
    """Write down when the authority was notified, and its reference number."""
    held = _open(breach)
    if held.decision != Breach.Decision.NOTIFY:
        raise NotDecided
    if at > timezone.now():
        raise InTheFuture
    if at < held.noticed_at:
        raise NotBefore
    held.notified_at, held.reference = at, reference
    held.save(update_fields=["notified_at", "reference"])
    record(
        "desk.breach_notified",
        by=by,
        about=held.user.username,
        detail=f"{at:%Y-%m-%d %H:%M} UTC, {reference}",
    )


@transaction.atomic
def close_breach(*, breach: Breach, by: User) -> None:
    """Nothing is left to do: decided, notified where that was decided, and then everybody warned."""
    held = _open(breach)
    if not held.is_settled:
        raise NotDecided
    if held.decision == Breach.Decision.NOTIFY and held.people.filter(warned_at=None).exists():
        raise PeopleNotWarned
    held.closed_by, held.closed_at = by, timezone.now()
    held.save(update_fields=["closed_by", "closed_at"])
    record("desk.breach_closed", by=by, about=held.user.username)


@transaction.atomic
def warn(*, exposed: Exposed, note: str, guarded: Guarded, by: User) -> None:
    """Tick somebody as warned."""
    _open(exposed.breach)
    held = Exposed.objects.select_for_update().get(pk=exposed.pk)
    if held.warned_at is not None:
        raise WarnedAlready
    held.warned_by, held.warned_at, held.note = by, timezone.now(), note
    held.save(update_fields=["warned_by", "warned_at", "note"])
    if guarded.kept:
        remember(Guarded(kept=guarded.kept), applicant=exposed.applicant, what="warning", by=by)
    record("desk.exposed_warned", by=by, about=str(exposed.applicant_id), detail=note)


@transaction.atomic
def unwarn(*, exposed: Exposed, by: User) -> None:
    """Take back a tick that was a mistake."""
    _open(exposed.breach)
    held = Exposed.objects.select_for_update().get(pk=exposed.pk)
    held.warned_by, held.warned_at, held.note = None, None, ""
    held.save(update_fields=["warned_by", "warned_at", "note"])
    record("desk.exposed_unwarned", by=by, about=str(exposed.applicant_id))


def open_to_warn(
    *, exposed: Exposed, unlocked: Unlocked | None, by: User
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Open name and contact card of somebody to be called. Never inside a transaction.

    Warning people counts against no limit of a day: here is the one place that opens for it.
    """
    if unlocked is None:
        raise NotUnlocked
    if exposed.breach.closed_at is not None:
        raise BreachClosed
    items = [item_of(exposed.applicant.identity_safe, kind) for kind in ("identity", "contact")]
    found = [item for item in items if item is not None]
    opened = vault.open_quietly(items=found, purpose="to warn", unlocked=unlocked, by=by)
    if found and not opened:
        raise NotGranted
    by_kind = {item.kind: opened[item.pk] for item in found if item.pk in opened}
    return by_kind.get("identity", {}), by_kind.get("contact", {})


def _open(breach: Breach) -> Breach:
    """The breach as it is now, locked; closed ones stay as they are."""
    held = Breach.objects.select_for_update(of=("self",)).select_related("user").get(pk=breach.pk)
    if held.closed_at is not None:
        raise BreachClosed
    return held
