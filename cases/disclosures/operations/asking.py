"""Asking to hand names over, and the answer of another."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.guarded import Guarded
from cases.audit.operations import record
from cases.disclosures.fields import in_order, labels_of
from cases.disclosures.models import TIME_TO_ANSWER, Export, ExportPerson, Form
from cases.disclosures.operations.handing import Terms
from cases.disclosures.packing import read_age_key
from cases.disclosures.queries import MOST_PEOPLE, may_approve, obstacles, people_of
from cases.disclosures.refusals import (
    AnsweredAlready,
    ByYourself,
    CannotLeave,
    NoColumn,
    NoForm,
    NothingChosen,
    NotYours,
    Over,
    TooMany,
    UnknownAgeKey,
)
from cases.staff.models import User
from cases.vault.refusals import NotGranted, NotUnlocked
from cases.vault.unlock import Unlocked

Answer = Export.Answer


@transaction.atomic
def ask_export(
    *,
    id: UUID,
    people: Sequence[Applicant],
    fields: Sequence[str],
    terms: Terms,
    reason: str,
    language: str,
    age_key: str = "",
    guarded: Guarded | None = None,
    unlocked: Unlocked | None,
    by: User,
) -> Export:
    """Put before the others what is to leave. Nothing is opened. The same id again answers what was asked the first time."""
    _require_own(unlocked, by)
    if asked := Export.objects.filter(pk=id, asker=by).first():
        return asked
    chosen = in_order(fields)
    _require_sense(people, chosen, terms, age_key, by)
    export = Export.objects.create(
        id=id,
        **terms.said,
        fields=chosen,
        reason=reason,
        language=language,
        age_key=age_key.strip() if terms.form == Form.AGE_KEY else "",
        asker=by,
        expires_at=timezone.now() + TIME_TO_ANSWER,
    )
    ExportPerson.objects.bulk_create(ExportPerson(export=export, applicant=one) for one in people)
    kept = f"; kept: {guarded.kept}" if guarded and guarded.kept else ""
    _record("disclosures.asked", export, by, f": {', '.join(chosen)}: {reason}{kept}")
    return export


@transaction.atomic
def answer_export(*, export: Export, approve: bool, unlocked: Unlocked | None, by: User) -> None:
    """Approve it exactly as it was asked for, or refuse; unlocked, so that a login alone lets nothing out."""
    found = _waiting(export)
    if found.asker == by:
        raise ByYourself
    if not may_approve(by, found):
        raise NotGranted
    if approve:
        _require_own(unlocked, by)
    _answer(found, Answer.APPROVED if approve else Answer.REFUSED, by)
    _record("disclosures.approved" if approve else "disclosures.refused", found, by)


@transaction.atomic
def withdraw_export(*, export: Export, by: User) -> None:
    """The asker gives up what was not collected yet, approved or not."""
    found = Export.objects.select_for_update().get(pk=export.pk)
    if found.asker != by:
        raise NotYours
    if found.state not in (Export.State.WAITING, Export.State.READY):
        raise AnsweredAlready
    _answer(found, Answer.WITHDRAWN, by)
    _record("disclosures.withdrawn", found, by)


def _waiting(export: Export) -> Export:
    found = Export.objects.select_for_update(of=("self",)).select_related("asker").get(pk=export.pk)
    if found.state == Export.State.EXPIRED or not found.asker.is_active:
        raise Over
    if found.state != Export.State.WAITING:
        raise AnsweredAlready
    return found


def _answer(export: Export, answer: Answer, by: User) -> None:
    export.answer, export.answered_by, export.answered_at = answer, by, timezone.now()
    export.save(update_fields=["answer", "answered_by", "answered_at"])


def _require_sense(
    people: Sequence[Applicant], fields: Sequence[str], terms: Terms, age_key: str, by: User
) -> None:
    if not people or not fields:
        raise NothingChosen
    if len(people) > MOST_PEOPLE:
        raise TooMany
    if terms.form == Form.AGE_KEY and read_age_key(age_key) is None:
        raise UnknownAgeKey
    _require_form(fields, terms)
    if found := obstacles(people, fields, by, audience=terms.audience, ground=terms.ground):
        raise CannotLeave({one.pseudonym: found[one.pk] for one in people if one.pk in found})


def _require_form(fields: Sequence[str], terms: Terms) -> None:
    """Their own form is one in use, and has a column for each field that is asked for."""
    if terms.form != Form.THEIRS:
        return
    theirs = terms.recipient_form
    if theirs is None or not theirs.columns or theirs.retired_on:
        raise NoForm
    if missing := set(fields) - set(theirs.columns.values()):
        raise NoColumn(labels_of(in_order(missing)))


def _require_own(unlocked: Unlocked | None, by: User) -> None:
    if unlocked is None or unlocked.user_id != by.pk:
        raise NotUnlocked


def _record(action: str, export: Export, by: User, more: str = "") -> None:
    people = people_of(export)
    about = str(people[0].pk) if len(people) == 1 else ""
    named = ", ".join(one.pseudonym for one in people)
    record(action, by=by, about=about, detail=f"{named}, to {export.organisation}{more}")
