"""Noting needs, keeping providers, and asking one of them for help."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.consents import answers_to
from cases.applicants.models import Applicant, Note, Purpose
from cases.applicants.operations import meet_deadline, note_if_said, set_deadline
from cases.applicants.operations.guarded import Guarded
from cases.applicants.timers import noon, written
from cases.audit.operations import record
from cases.needs.models import ASK_AFTER, ASK_AGAIN, NEXT, Need, NeedKind, Provider, Referral
from cases.needs.refusals import (
    AskedAlready,
    EndedAlready,
    NoSuchStep,
    NotToPartners,
    OpenAlready,
    ProviderClosed,
)
from cases.staff.models import User

ASK_TITLE = _("Ask the provider again whether they can help")
State = Referral.State


@transaction.atomic
def add_need(
    *,
    id: UUID,
    applicant: Applicant,
    kind: NeedKind,
    urgency: int,
    since: date,
    known: str = "",
    guarded: Guarded | None = None,
    by: User,
) -> Need:
    """Note what somebody needs; the same id again is answered with what was noted the first time."""
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if again := Need.objects.filter(pk=id, applicant=applicant, added_by=by).first():
        return again
    if Need.objects.filter(applicant=applicant, kind=kind, ended_at=None).exists():
        raise OpenAlready
    note = note_if_said(applicant, known, guarded, by)
    need = Need.objects.create(
        id=id, applicant=applicant, kind=kind, urgency=urgency, since=since, note=note, added_by=by
    )
    record("needs.added", by=by, about=str(applicant.pk), detail=f"{applicant.pseudonym}: {kind.pk}")
    return need


@transaction.atomic
def end_need(*, need: Need, outcome: str, known: str = "", guarded: Guarded | None = None, by: User) -> None:
    """Say that a need is met, or is none any more; whoever was asked for it need not help any more."""
    found = _locked(need)
    if found.ended_at is not None:
        raise EndedAlready
    note_if_said(found.applicant, known, guarded, by)
    for referral in found.referrals.filter(state__in=[State.OFFERED, State.ACCEPTED]):
        _change(referral, State.DONE if outcome == Need.Outcome.MET else State.TAKEN_BACK, None, by)
    _end(found, outcome, by)


@transaction.atomic
def offer(*, id: UUID, need: Need, provider: Provider, by: User) -> Referral:
    """Ask a provider to meet a need. Two weeks later somebody is reminded to ask again."""
    found = _locked(need)
    if again := Referral.objects.filter(pk=id, need=found, offered_by=by).first():
        return again
    if found.ended_at is not None:
        raise EndedAlready
    if Provider.objects.filter(pk=provider.pk, closed_on__isnull=False).exists():
        raise ProviderClosed
    if found.applicant_id in answers_to(Purpose.PARTNER, [found.applicant_id]).no:
        raise NotToPartners
    if found.referrals.filter(provider=provider, state__in=[State.OFFERED, State.ACCEPTED]).exists():
        raise AskedAlready
    referral = Referral.objects.create(id=id, need=found, provider=provider, offered_by=by)
    _remind(referral, by)
    _record_referral("needs.offered", referral, by)
    return referral


@transaction.atomic
def answer(
    *, referral: Referral, state: str, known: str = "", guarded: Guarded | None = None, by: User
) -> None:
    """Note what became of a referral. Done, it meets the need."""
    need = _locked(referral.need)
    found = Referral.objects.select_for_update().get(pk=referral.pk)
    found.need = need
    if state not in NEXT[found.state]:
        raise NoSuchStep
    _change(found, state, note_if_said(need.applicant, known, guarded, by), by)
    if state == State.DONE and need.ended_at is None:
        _end(need, Need.Outcome.MET, by)


@transaction.atomic
def keep_provider(
    *, provider: Provider | None, id: UUID, facts: Mapping[str, Any], kinds: Iterable[NeedKind], by: User
) -> Provider:
    """Add a provider, or change what is known about one; the same id again is answered with the first."""
    if provider is None and (again := Provider.objects.filter(pk=id, added_by=by).first()):
        return again
    kept = provider or Provider(id=id, added_by=by)
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.save()
    kept.kinds.set(kinds)
    action = "needs.provider_changed" if provider else "needs.provider_added"
    record(action, by=by, about=str(kept.pk), detail=kept.name)
    return kept


@transaction.atomic
def close_provider(*, provider: Provider, closed: bool, by: User) -> None:
    """Say that a provider takes nobody any more, or does again. What was agreed with them stays."""
    day = timezone.localdate() if closed else None
    Provider.objects.filter(pk=provider.pk).update(closed_on=day)
    action = "needs.provider_closed" if closed else "needs.provider_opened"
    record(action, by=by, about=str(provider.pk), detail=provider.name)


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("applicant", "kind").get(pk=need.pk)


def _end(need: Need, outcome: str, by: User) -> None:
    need.ended_at, need.ended_by, need.outcome = timezone.now(), by, outcome
    need.save(update_fields=["ended_at", "ended_by", "outcome"])
    detail = f"{need.applicant.pseudonym}: {need.kind_id}, {outcome}"
    record("needs.ended", by=by, about=str(need.applicant_id), detail=detail)


def _change(referral: Referral, state: str, note: Note | None, by: User) -> None:
    referral.state, referral.changed_by, referral.note = state, by, note or referral.note
    referral.changed_at = max(timezone.now(), referral.offered_at)
    referral.save(update_fields=["state", "changed_by", "changed_at", "note"])
    applicant = referral.need.applicant
    for deadline in applicant.deadlines.filter(rule=ASK_AGAIN, subject=str(referral.pk), met_at=None):
        meet_deadline(deadline=deadline, by=by)
    _record_referral(f"needs.{state}", referral, by)


def _record_referral(action: str, referral: Referral, by: User) -> None:
    applicant = referral.need.applicant
    detail = f"{applicant.pseudonym}: {referral.need.kind_id}, {referral.provider.name}"
    record(action, by=by, about=str(applicant.pk), detail=detail)


def _remind(referral: Referral, by: User) -> None:
    due_at = noon(timezone.localdate() + ASK_AFTER)
    title, subject = written(ASK_TITLE), str(referral.pk)
    set_deadline(
        applicant=referral.need.applicant,
        rule=ASK_AGAIN,
        subject=subject,
        title=title,
        due_at=due_at,
        source="",
        by=by,
    )
