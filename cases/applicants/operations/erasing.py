"""The end of a case: one asks, another approves, and then it is carried out, whatever comes between.

The approval is committed first, then the ledger is written, then everything is deleted in one transaction. Where the
machine falls in between, `finish_erasures` goes on: what is in the ledger is erased, and nothing is that is not there.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.applicants.erasing import BEFORE_ERASING
from cases.applicants.models import (
    Applicant,
    ErasedCase,
    Erasure,
    Household,
    LegalHold,
    Membership,
    StageChange,
    Tally,
)
from cases.applicants.queries import people_who_see
from cases.applicants.refusals import (
    AlreadyAnswered,
    AlreadyAsked,
    ClockJumped,
    NotByYourself,
    OnHold,
    TooManyAtOnce,
)
from cases.audit.clock import has_jumped
from cases.audit.operations import record
from cases.staff.models import Announcement, User
from cases.staff.operations import announce
from cases.vault import ledger
from cases.vault.operations import erase_safes
from cases.vault.operations.counting import forget_people

Answer = Erasure.Answer


@transaction.atomic
def ask_erasure(*, applicants: Sequence[Applicant], reason: str, by: User) -> Erasure:
    """Put a case, or a household, before the colleagues who may approve it; cases of the same person go with it."""
    ids = {one.pk for one in applicants}
    ids |= set(Applicant.objects.filter(merged_into__in=ids).values_list("pk", flat=True))
    if len(ids) > Erasure.MOST:
        raise TooManyAtOnce
    cases = list(_locked(ids))
    _require_free(cases)
    erasure = Erasure.objects.create(reason=reason, asked_by=by)
    for place, one in enumerate(cases, start=1):
        safes = [one.identity_safe_id, one.account_safe_id]
        ErasedCase.objects.create(erasure=erasure, place=place, case=one.pk, safes=safes)
    for one in cases:
        record("applicants.erasure_asked", by=by, about=str(one.pk), detail=f"{erasure}: {reason}")
    return erasure


def approve_erasure(*, erasure: Erasure, by: User) -> None:
    """Approve what another asked for, and carry it out. From here on there is no way back."""
    with transaction.atomic():
        held = _waiting(erasure)
        if held.asked_by_id == by.pk:
            raise NotByYourself
        if has_jumped():
            raise ClockJumped
        ids = [case.case for case in held.cases.all()]
        _require_no_hold(list(_locked(ids)))
        _answer(held, Answer.APPROVED, by)
        record("applicants.erasure_approved", by=by, detail=f"{held}: {held.reason}, cases {len(ids)}")
    carry_out(erasure=held)


@transaction.atomic
def refuse_erasure(*, erasure: Erasure, by: User) -> None:
    """Refuse what another asked for, or withdraw one's own."""
    held = _waiting(erasure)
    own = held.asked_by_id == by.pk
    _answer(held, Answer.WITHDRAWN if own else Answer.REFUSED, by)
    if not own and held.asked_by:
        announce(code="erasure_refused", to=[held.asked_by], who=[by])
    record("applicants.erasure_refused", by=by, detail=f"{held}: {held.answer}")


def finish_erasures() -> None:
    """Carry out what was approved and then cut off, and put back into the ledger what was lost from it."""
    decided = Erasure.objects.filter(answer__in=[Answer.APPROVED, Answer.REPEATED])
    for erasure in decided.order_by("answered_at"):
        carry_out(erasure=erasure)


def carry_out(*, erasure: Erasure) -> None:
    """Write an approved erasure into the ledger, then erase. Done again, it does nothing."""
    ledger.append(line_of(erasure))
    with transaction.atomic():
        held = Erasure.objects.select_for_update().get(pk=erasure.pk)
        if held.done_at is None:
            _erase(held)


def line_of(erasure: Erasure) -> ledger.Line:
    cases = [(one.case, one.safes) for one in erasure.cases.all()]
    assert erasure.answered_at is not None  # noqa: S101  # the database keeps it so
    return ledger.line(erasure=erasure.pk, at=erasure.answered_at, cases=cases)


def _erase(erasure: Erasure) -> None:
    ids = [one.case for one in erasure.cases.all()]
    safe_ids = [safe for one in erasure.cases.all() for safe in one.safes]
    cases = list(_locked(ids))
    told = {user for one in cases for user in people_who_see(one)}
    Tally.objects.bulk_create(_tally(one) for one in cases)
    forget_people(safe_ids=safe_ids)
    for forget in BEFORE_ERASING:
        forget(ids)
    _leave_households(ids)
    Applicant.objects.filter(pk__in=ids).delete()
    erased = erase_safes(safe_ids=safe_ids, by=erasure.answered_by, erasure=erasure.pk)
    Announcement.objects.filter(about__in=[*ids, *safe_ids]).delete()
    erasure.safes, erasure.items, erasure.files = erased.safes, erased.items, erased.files
    erasure.done_at = timezone.now()
    erasure.gone_on = gone_on(erasure.done_at)
    erasure.save(update_fields=["safes", "items", "files", "done_at", "gone_on"])
    announce(code="erased", to=told, who=[user for user in (erasure.asked_by, erasure.answered_by) if user])
    detail = f"{erasure}: cases {len(cases)}, gone on {erasure.gone_on}"
    record("applicants.erased", by=erasure.answered_by, detail=detail)


def gone_on(moment: datetime) -> date:
    """The day on which the last backup is removed that can hold what was there until `moment`."""
    # The nightly run removes what has become too old since the last one.
    return timezone.localdate(moment) + timedelta(days=settings.BACKUP_DAYS + 1)


def _tally(applicant: Applicant) -> Tally:
    """Figures by the month; that two of them belonged together, or which case it was, they do not tell."""
    changes = StageChange.objects.filter(applicant=applicant).order_by("at")
    months = [[change.target, f"{timezone.localdate(change.at):%Y-%m}", change.code] for change in changes]
    first = changes.first()
    began = first.source if first else applicant.stage
    stages = [[began, f"{timezone.localdate(applicant.created_at):%Y-%m}", ""], *months]
    return Tally(category=applicant.category, country=applicant.country, stage=applicant.stage, stages=stages)


def _leave_households(ids: Collection[UUID]) -> None:
    """One person alone is no household."""
    households = list(
        Membership.objects.filter(applicant__in=ids).values_list("household", flat=True).distinct()
    )
    Membership.objects.filter(applicant__in=ids).delete()
    for household in Household.objects.filter(pk__in=households):
        living = household.memberships.filter(until__isnull=True)
        if living.count() == 1:
            living.update(until=timezone.now())
        if not household.memberships.exists():
            household.delete()


def _locked(ids: Collection[UUID]) -> QuerySet[Applicant]:
    """Whoever writes something about these cases waits, and fails once they are gone."""
    return Applicant.objects.select_for_update().filter(pk__in=ids).order_by("pk")


def _require_free(cases: Collection[Applicant]) -> None:
    _require_no_hold(cases)
    asked = ErasedCase.objects.filter(erasure__answer="", case__in=[one.pk for one in cases])
    if asked.exists():
        raise AlreadyAsked


def _require_no_hold(cases: Collection[Applicant]) -> None:
    held = LegalHold.objects.filter(applicant__in=cases, ended_at=None).select_related("applicant")
    if held.exists():
        raise OnHold([hold.applicant.pseudonym for hold in held])


def _waiting(erasure: Erasure) -> Erasure:
    held = Erasure.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=erasure.pk)
    if held.answer:
        raise AlreadyAnswered
    return held


def _answer(erasure: Erasure, answer: str, by: User) -> None:
    erasure.answer, erasure.answered_by, erasure.answered_at = answer, by, timezone.now()
    erasure.save(update_fields=["answer", "answered_by", "answered_at"])
