"""Who may be handed over by whom, what waits for whom, and who was told of a case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.applicants.consents import answers_to
from cases.applicants.models import Applicant, Purpose
from cases.applicants.queries import applicants_for
from cases.disclosures.fields import safes_for
from cases.disclosures.models import (
    TIME_TO_COLLECT,
    DisclosedPerson,
    Export,
    ExportPerson,
    Ground,
    RecipientForm,
)
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault.models import Safe
from cases.vault.queries import held_safe_ids

MOST_PEOPLE = 200


def can_be_handed_over_by(user: User) -> QuerySet[Applicant]:
    """The cases that `user` sees and whose name `user` can open."""
    held = held_safe_ids(user)
    return applicants_for(user).filter(name_known=True, identity_safe__in=held).order_by("pseudonym")


def obstacles(
    people: Iterable[Applicant], fields: Iterable[str], user: User, *, audience: str, ground: str
) -> dict[UUID, str]:
    """By case, why `user` cannot hand it over now: in one sentence, none where nothing is in the way."""
    chosen, safes = list(people), safes_for(fields)
    seen = set(applicants_for(user).filter(pk__in=[one.pk for one in chosen]).values_list("pk", flat=True))
    consent = _consent([one.pk for one in chosen], audience, ground)
    wanted = {one.pk: set(safe_ids(one, safes)) for one in chosen}
    held = held_safe_ids(user, {safe_id for ids in wanted.values() for safe_id in ids})
    found: dict[UUID, str] = {}
    for one in chosen:
        if one.pk not in seen:
            found[one.pk] = _("The case is not shared with the asker any more.")
        elif one.pk in consent:
            found[one.pk] = consent[one.pk]
        elif not wanted[one.pk] <= held:
            found[one.pk] = _("The asker cannot open what was asked for.")
    return found


def _consent(ids: Sequence[UUID], audience: str, ground: str) -> dict[UUID, str]:
    """Who says no keeps everything in, whatever the ground; who was not asked, only what rests on consent."""
    asked, keeping = answers_to(audience, ids), answers_to(Purpose.KEEPING, ids)
    found = dict.fromkeys(asked.no | keeping.no, _("The person does not agree, or has withdrawn consent."))
    if ground == Ground.CONSENT:
        said = _(
            "The person has not agreed to this yet. Ask, and note the answer under “Consent” of the case."
        )
        found = dict.fromkeys(set(ids) - asked.yes, said) | found
    return found


def safe_ids(applicant: Applicant, safes: Iterable[Safe.Kind]) -> list[UUID]:
    lying = {Safe.Kind.IDENTITY: applicant.identity_safe_id, Safe.Kind.ACCOUNT: applicant.account_safe_id}
    return [lying[safe] for safe in safes]


@dataclass(frozen=True)
class Traveller:
    """Somebody who was asked for; `obstacle` says why nothing of this person leaves."""

    applicant: Applicant
    obstacle: str


def travellers(export: Export) -> list[Traveller]:
    """Everybody of an export as it stands now, as the asker could hand them over."""
    people = people_of(export)
    terms = {"audience": export.audience, "ground": export.ground}
    found = obstacles(people, export.fields, export.asker, **terms)
    return [Traveller(one, found.get(one.pk, "")) for one in people]


def people_of(export: Export) -> list[Applicant]:
    asked = ExportPerson.objects.filter(export=export).values("applicant")
    return list(Applicant.objects.filter(pk__in=asked).order_by("pseudonym"))


def may_approve(user: User, export: Export) -> bool:
    """Who sees every case of it, is not the asker, and either holds the keys to it or leads.

    Coordinators and the director answer for what leaves the house; the others answer for what they can open themselves.
    """
    people = people_of(export)
    if user == export.asker or not user.may(Permission.USE_VAULT) or not user.may(Permission.SEE_CASES):
        return False
    if applicants_for(user).filter(pk__in=[one.pk for one in people]).count() != len(people):
        return False
    needed = {safe_id for one in people for safe_id in safe_ids(one, safes_for(export.fields))}
    return user.may(Permission.ASSIGN) or held_safe_ids(user, needed) >= needed


def recipient_forms() -> QuerySet[RecipientForm]:
    """Those in use first; without their content, which only filling needs."""
    found = RecipientForm.objects.defer("content").select_related("added_by")
    return found.order_by(F("retired_on").desc(nulls_first=True), "title", "-added_at")


def forms_in_use() -> QuerySet[RecipientForm]:
    return recipient_forms().filter(retired_on=None).exclude(columns={})


def find_form(form_id: UUID) -> RecipientForm:
    return get_object_or_404(recipient_forms(), pk=form_id)


def waiting() -> QuerySet[Export]:
    return Export.objects.filter(answer="", expires_at__gt=timezone.now(), asker__is_active=True)


def waiting_for(user: User) -> list[Export]:
    """What `user` may approve."""
    if not user.may(Permission.SEE_CASES):
        return []
    unseen = ExportPerson.objects.filter(export=OuterRef("pk")).exclude(applicant__in=applicants_for(user))
    asked = waiting().exclude(asker=user).filter(~Exists(unseen)).select_related("asker")
    return [one for one in asked.order_by("created_at") if may_approve(user, one)]


def ready_for(user: User) -> QuerySet[Export]:
    """What was approved for `user` and waits to be collected."""
    since = timezone.now() - TIME_TO_COLLECT
    return Export.objects.filter(
        asker=user, answer=Export.Answer.APPROVED, answered_at__gt=since, collected_at__isnull=True
    )


def exports_of(user: User) -> QuerySet[Export]:
    """What `user` asked for or answered, the newest first."""
    found = Export.objects.filter(Q(asker=user) | Q(answered_by=user))
    return found.select_related("asker", "answered_by").prefetch_related("people")


def find_export(user: User, export_id: UUID) -> Export:
    """One export, for who asked, who answered, and who may answer; for anybody else it does not exist."""
    found = (
        Export.objects.select_related("asker", "answered_by", "disclosure", "recipient_form")
        .filter(pk=export_id)
        .first()
    )
    if found is None:
        raise Http404
    if user in (found.asker, found.answered_by):
        return found
    if found.state != Export.State.WAITING or not may_approve(user, found):
        raise Http404
    return found


def disclosures_of(applicant: Applicant) -> QuerySet[DisclosedPerson]:
    """Who was told of a person, the latest first."""
    told = DisclosedPerson.objects.filter(applicant=applicant)
    related = ("disclosure__by", "disclosure__approved_by", "disclosure__recipient_form")
    return told.select_related(*related).order_by("-disclosure__at")


def asked_about(applicant: Applicant) -> QuerySet[Export]:
    """What is on its way about a person: asked for, or approved and not collected."""
    since = timezone.now() - TIME_TO_COLLECT
    open_now = Q(answer="", expires_at__gt=timezone.now()) | Q(
        answer=Export.Answer.APPROVED, answered_at__gt=since, collected_at__isnull=True
    )
    return Export.objects.filter(open_now, people__applicant=applicant).select_related("asker")


def choice_of_people(user: User, ids: Sequence[UUID]) -> QuerySet[Applicant]:
    """Whom the form offers: those it was opened for, or everybody who can be handed over."""
    everybody = can_be_handed_over_by(user)
    return everybody.filter(pk__in=ids) if ids else everybody
