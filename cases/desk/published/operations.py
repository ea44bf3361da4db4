"""Figures that leave the house: asked for by one, approved and frozen by the director."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.desk.models import Publication
from cases.desk.published.periods import Period
from cases.desk.published.queries import digest, figures_of, told_of
from cases.desk.refusals import (
    AnsweredAlready,
    ApprovedByAnother,
    FiguresChanged,
    PeriodAsked,
    PeriodNotOver,
    PeriodTold,
)
from cases.staff.barring import present
from cases.staff.models import User
from cases.staff.operations import announce
from cases.staff.roles import Permission

Answer = Publication.Answer


@transaction.atomic
def ask_figures(*, id: UUID, period: Period, by: User) -> Publication:
    """Put a period before the director; the same id again is answered with what was asked the first time."""
    if again := Publication.objects.filter(pk=id, asked_by=by).first():
        return again
    if period.ends >= timezone.localdate():
        raise PeriodNotOver
    if told_of(period).exists():
        raise PeriodTold
    try:
        with transaction.atomic():
            asked = Publication.objects.create(
                id=id, code=period.code, starts=period.starts, ends=period.ends, asked_by=by
            )
    except IntegrityError:
        raise PeriodAsked from None
    directors = present(who_may=Permission.APPROVE_FIGURES).exclude(pk=by.pk)
    announce(code="figures_asked", to=directors, who=[by])
    record("desk.figures_asked", by=by, detail=period.code)
    return asked


@transaction.atomic
def approve_figures(*, publication: Publication, seen: str, by: User) -> None:
    """Freeze the figures as they are; `seen` is the digest of what the director had before the eyes."""
    held = _waiting(publication)
    if held.asked_by_id == by.pk:
        raise ApprovedByAnother
    if told_of(held.period).exists():
        raise PeriodTold
    tables = figures_of(held.period)
    if digest(tables) != seen:
        raise FiguresChanged
    held.answer, held.answered_by, held.answered_at, held.tables = (
        Answer.APPROVED,
        by,
        timezone.now(),
        tables,
    )
    try:
        with transaction.atomic():
            held.save(update_fields=["answer", "answered_by", "answered_at", "tables"])
    except IntegrityError:
        raise PeriodTold from None
    announce(code="figures_approved", to=[held.asked_by], who=[by])
    record("desk.figures_approved", by=by, detail=f"{held.code}, digest {digest(tables)}")


@transaction.atomic
def refuse_figures(*, publication: Publication, by: User) -> None:
    """Refuse what another asked for, or withdraw one's own."""
    held = _waiting(publication)
    own = held.asked_by_id == by.pk
    held.answer, held.answered_by = Answer.WITHDRAWN if own else Answer.REFUSED, by
    held.answered_at = timezone.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    if not own:
        announce(code="figures_refused", to=[held.asked_by], who=[by])
    record("desk.figures_refused", by=by, detail=f"{held.code}: {held.answer}")


def record_taken(*, publication: Publication, form: str, by: User) -> None:
    record("desk.figures_taken", by=by, detail=f"{publication.code} as {form}")


def _waiting(publication: Publication) -> Publication:
    held = (
        Publication.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=publication.pk)
    )
    if held.answer:
        raise AnsweredAlready
    return held
