"""People sent in from the field: whoever writes them down keeps nothing, and the case is a colleague's elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from cases.applicants.fieldwork import least_busy
from cases.applicants.models import Applicant
from cases.applicants.operations.facts import seal_contact, seal_identity
from cases.applicants.operations.registering import NewApplicant, register_applicant
from cases.applicants.operations.telling import add_sealed_note
from cases.applicants.refusals import NobodyElsewhere, TakenOver
from cases.staff.models import User
from cases.staff.operations import announce
from cases.staff.queries import teams_of
from cases.vault.queries import FEWEST_HOLDERS, item_of, ready_readers


@transaction.atomic
def report_person(*, new: NewApplicant, by: User) -> Applicant:
    """Register somebody for the team of `by`: owned by one of its name holders, openable by all of them, not by `by`.

    The same id again is answered with what arrived the first time.
    """
    team = teams_of(by).first()
    holders = ready_readers(team.holders.filter(is_active=True).exclude(pk=by.pk)) if team else []
    if len(holders) < FEWEST_HOLDERS:
        raise NobodyElsewhere
    again = Applicant.objects.filter(pk=new.id).exists()
    owner = least_busy(holders)
    applicant = register_applicant(new=replace(new, owner=owner, team=team), by=by)
    if not again:
        announce(code="reported", to=[owner], who=[by], about=applicant.pk)
    return applicant


@transaction.atomic
def report_sealed(*, applicant: Applicant, kind: str, content: Mapping[str, Any], by: User) -> None:
    """Seal a name ("identity"), a contact card ("contact") or what happened ("story") for colleagues elsewhere.

    Name and card take the place of what was sent before, as long as no colleague has written there since.
    """
    if kind == "story":
        add_sealed_note(id=content["new_id"], applicant=applicant, topic=kind, text=content["text"], by=by)
        return
    newest = item_of(applicant.identity_safe, kind)
    if newest is not None and newest.sealed_by != by.username:
        raise TakenOver
    if kind == "identity":
        seal_identity(applicant=applicant, identity=content, by=by)
    else:
        seal_contact(applicant=applicant, contact=content, by=by)
