"""The guards of this slice: each says in plain words what is missing and what to do, or nothing."""

from django.utils.translation import gettext as _

from cases.applicants.consents import waits_for
from cases.applicants.models import Purpose
from cases.applicants.refusals import SAY_WHY
from cases.applicants.stages import Move, Stage, guard
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vault.queries import FEWEST_HOLDERS, lasting_holders


@guard("name_sealed")
def name_sealed(move: Move) -> str | None:
    if move.applicant.name_known:
        return None
    return _("The name is not sealed yet. Add it under “Name and birth date”.")


@guard("owner_assigned")
def owner_assigned(move: Move) -> str | None:
    owner = move.applicant.owner
    if owner is not None and owner.is_active:
        return None
    return _("Nobody owns the case. Ask a coordinator to choose an owner.")


@guard("two_holders")
def two_holders(move: Move) -> str | None:
    if len(lasting_holders(move.applicant.identity_safe)) >= FEWEST_HOLDERS:
        return None
    return _("Fewer than two colleagues can open the name. Share the name with one more.")


@guard("reason_given")
def reason_given(move: Move) -> str | None:
    return None if move.reason else str(SAY_WHY)


@guard("not_the_intake_worker")
def not_the_intake_worker(move: Move) -> str | None:
    """Who took a person in does not vet that person, as long as there is somebody else who could."""
    if move.applicant.intake_by_id != move.by.pk:
        return None
    if not colleagues(who_may=Permission.DECIDE_VETTING, besides=[move.by]).exists():
        return None
    return _(
        "You took this person in, so somebody else decides the vetting. Share the case with a vetting officer."
    )


@guard("consent_to_keeping", entering=Stage.VETTING)
def consent_to_keeping(move: Move) -> str | None:
    return _consent(move)


@guard("consent_to_government", entering=Stage.SUBMITTED)
def consent_to_government(move: Move) -> str | None:
    return _consent(move)


def _consent(move: Move) -> str | None:
    missing = waits_for(move.applicant, move.target)
    if missing is None:
        return None
    if missing is Purpose.KEEPING:
        return _("The person has not agreed that the case is kept. Ask, and note the answer under “Consent”.")
    return _(
        "The person has not agreed that a government is told. Ask, and note the answer under “Consent”; every adult answers alone."
    )
