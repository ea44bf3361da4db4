"""Offering a case to another organisation, noting what they answer, and giving them something to read."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.applicants.operations import meet_deadline, move_stage, note_if_said, set_deadline
from cases.applicants.operations.guarded import Guarded
from cases.applicants.stages import ENDINGS, REASONS, Stage
from cases.applicants.timers import noon, written
from cases.audit.operations import record
from cases.disclosures.models import Form
from cases.disclosures.packing import Package, pack, read_age_key
from cases.needs.models import ASK_AFTER, NEXT, Provider
from cases.staff.models import User
from cases.transfers.models import ASK_AGAIN, LIVING, Pack, State, Transfer
from cases.transfers.queries import agreement, is_abroad
from cases.transfers.reading import in_order, sheet_of
from cases.transfers.refusals import (
    AskedAlready,
    NoGroundAbroad,
    NoSuchStep,
    NotAgreed,
    NotAsked,
    NothingChosen,
    Over,
    TakesNobody,
    UnknownAgeKey,
)

ASK_TITLE = _("Ask the organisation again whether they take the case over")
TAKEN_OVER = _("Another organisation has taken the case over.")
_GOES_ON = (State.ACCEPTED, State.DONE)


def register() -> None:
    REASONS[written(TAKEN_OVER)] = TAKEN_OVER


@transaction.atomic
def offer(
    *,
    id: UUID,
    applicant: Applicant,
    provider: Provider,
    contact: str,
    abroad: str = "",
    known: str = "",
    guarded: Guarded | None = None,
    by: User,
) -> Transfer:
    """Note that an organisation is asked to take a case over; the same id again is answered with the first.

    The person has agreed to it before. Two weeks later somebody is reminded to ask again.
    """
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if again := Transfer.objects.filter(pk=id, applicant=applicant, offered_by=by).first():
        return again
    _require_consent(applicant)
    if Provider.objects.filter(pk=provider.pk, closed_on__isnull=False).exists():
        raise TakesNobody
    outside = is_abroad(provider)
    if outside and not abroad:
        raise NoGroundAbroad(str(provider.country.name))
    if Transfer.objects.filter(applicant=applicant, provider=provider, state__in=LIVING).exists():
        raise AskedAlready
    made = Transfer.objects.create(
        id=id,
        applicant=applicant,
        provider=provider,
        contact=contact,
        abroad=abroad if outside else "",
        message=note_if_said(applicant, known, guarded, by),
        offered_by=by,
    )
    _remind(made, by)
    _record("transfers.offered", made, by)
    return made


@transaction.atomic
def answer(
    *, transfer: Transfer, state: str, known: str = "", guarded: Guarded | None = None, by: User
) -> None:
    """Note what became of an offer. Once they have taken the case over it ends here.

    It goes on only as long as the person agrees; refused or taken back it can be at any time.
    """
    found = _locked(transfer)
    if state not in NEXT[found.state]:
        raise NoSuchStep
    if state in _GOES_ON:
        _require_consent(found.applicant)
    found.note = note_if_said(found.applicant, known, guarded, by) or found.note
    found.state, found.changed_by = state, by
    found.changed_at = max(timezone.now(), found.offered_at)
    found.save(update_fields=["state", "changed_by", "changed_at", "note"])
    for deadline in found.applicant.deadlines.filter(rule=ASK_AGAIN, subject=str(found.pk), met_at=None):
        meet_deadline(deadline=deadline, by=by)
    _record(f"transfers.{state}", found, by)
    if state == State.DONE and found.applicant.stage not in ENDINGS:
        reason = written(TAKEN_OVER)
        move_stage(applicants=[found.applicant], target=Stage.PASSED_ON, reason=reason, by=by)


@transaction.atomic
def take_pack(
    *, transfer: Transfer, fields: Sequence[str], form: str, age_key: str = "", language: str, by: User
) -> Package:
    """Return the case by pseudonym as the organisation can open it. What was given is written down, never the words."""
    found, chosen = _locked(transfer), in_order(fields)
    if not found.lives:
        raise Over
    if not chosen:
        raise NothingChosen
    if form == Form.AGE_KEY and read_age_key(age_key) is None:
        raise UnknownAgeKey
    agreed_on = _require_consent(found.applicant)
    given = Pack.objects.create(transfer=found, fields=chosen, form=form, agreed_on=agreed_on, by=by)
    _record("transfers.pack_taken", found, by, f"; {', '.join(chosen)}; {form}")
    sheet = sheet_of(found, chosen, language=language, by=by, at=given.at)
    return pack(sheet, form=form, age_key=age_key, with_paper=True)


def _require_consent(applicant: Applicant) -> date:
    """The day on which the person agreed."""
    standing = agreement(applicant)
    if standing.consent is None:
        raise NotAsked
    if standing.state != "agrees" or standing.consent.given_on is None:
        raise NotAgreed
    return standing.consent.given_on


def _locked(transfer: Transfer) -> Transfer:
    found = Transfer.objects.select_for_update(of=("self",)).select_related(
        "applicant", "provider", "message"
    )
    return found.get(pk=transfer.pk)


def _record(action: str, transfer: Transfer, by: User, more: str = "") -> None:
    applicant = transfer.applicant
    detail = f"{applicant.pseudonym}: {transfer.provider.name}{more}"
    record(action, by=by, about=str(applicant.pk), detail=detail)


def _remind(transfer: Transfer, by: User) -> None:
    set_deadline(
        applicant=transfer.applicant,
        rule=ASK_AGAIN,
        subject=str(transfer.pk),
        title=written(ASK_TITLE),
        due_at=noon(timezone.localdate() + ASK_AFTER),
        source="",
        by=by,
    )
