"""Taking people in: one, or a whole spreadsheet, in one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission as ObjectPermission
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from cases.applicants import ages
from cases.applicants.claims import owner_of_safe
from cases.applicants.models import (
    Applicant,
    ApplicantGroupPermission,
    ApplicantUserPermission,
    Deadline,
    ErasedCase,
    UsedPseudonym,
)
from cases.applicants.refusals import IdTaken, NobodyCanOpen, PseudonymTaken, PseudonymTells
from cases.applicants.sealed import contact_document, identity_document, names_in
from cases.applicants.timers import timers_of, written
from cases.audit.operations import record
from cases.names.telling import tells
from cases.staff.models import Team, User, random_id
from cases.staff.queries import teams_of
from cases.vault import operations as vault
from cases.vault.many import write_many
from cases.vault.models import Safe
from cases.vault.queries import ready_readers

# Of so many people the progress is told.
STEP = 50
Progress = Callable[[int], None]


@dataclass(frozen=True)
class NewApplicant:
    pseudonym: str
    category: str
    country: str
    channel: str
    id: UUID = field(default_factory=random_id)
    identity: Mapping[str, str | list[str]] = field(default_factory=dict, repr=False)
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)
    languages: list[str] = field(default_factory=list)
    urgency: int = 2
    urgency_reason: str = ""
    special_needs: str = ""
    owner: User | None = None
    team: Team | None = None
    stage: str = "contact"
    last_contact_on: date | None = None
    last_written_on: date | None = None


def register_applicant(*, new: NewApplicant, by: User) -> Applicant:
    return register_applicants(new=[new], by=by)[0]


def register_applicants(
    *, new: Sequence[NewApplicant], by: User, progress: Progress | None = None
) -> list[Applicant]:
    """Register people under their pseudonyms and seal what is known of who they are; all of them or none.

    The same id again from the same person is answered with what was saved the first time.
    """
    with transaction.atomic():
        # The second sending of a form whose answer got lost waits here for the first.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        known = _known(new, by)
        team = teams_of(by).first()
        plans = [
            replace(one, owner=one.owner or by, team=one.team or team) for one in new if one.id not in known
        ]
        if plans:
            made = _register(plans, by, progress or (lambda done: None))
            known |= {applicant.pk: applicant for applicant in made}
    return [known[one.id] for one in new]


def _known(new: Sequence[NewApplicant], by: User) -> dict[UUID, Applicant]:
    known = Applicant.objects.in_bulk([one.id for one in new])
    erased = ErasedCase.objects.filter(case__in=[one.id for one in new], erasure__done_at__isnull=False)
    if any(applicant.intake_by_id != by.pk for applicant in known.values()) or erased.exists():
        raise IdTaken
    return known


def _register(plans: list[NewApplicant], by: User, progress: Progress) -> list[Applicant]:
    if any(tells(plan.pseudonym, names_in(plan.identity)) for plan in plans):
        raise PseudonymTells
    _reserve([plan.pseudonym for plan in plans])
    applicants = [_applicant(plan, by) for plan in plans]
    # Foreign keys are checked at the end. Whatever can, goes in before the safes: from their audit row on, which
    # holds the log until we are done, nobody else can record anything.
    _share_with_owner_and_team(applicants, by)
    write_many(first_deadlines(applicants))
    safes = iter(_make_safes(plans, by, progress))
    for applicant in applicants:
        applicant.identity_safe, applicant.account_safe = next(safes), next(safes)
    write_many(applicants)
    if len(applicants) == 1:
        one = applicants[0]
        record("applicants.registered", by=by, about=str(one.pk), detail=f"{one.pseudonym}, {one.stage}")
    else:
        record("applicants.registered_many", by=by, detail=f"{len(applicants)} people")
    return applicants


def _reserve(pseudonyms: list[str]) -> None:
    spellings = Counter(pseudonym.lower() for pseudonym in pseudonyms)
    twice = {pseudonym for pseudonym in pseudonyms if spellings[pseudonym.lower()] > 1}
    used = UsedPseudonym.objects.annotate(spelling=Lower("pseudonym")).filter(spelling__in=list(spellings))
    gone = set(used.values_list("spelling", flat=True))
    taken = {pseudonym for pseudonym in pseudonyms if pseudonym.lower() in gone}
    if twice or taken:
        raise PseudonymTaken(twice | taken)
    try:
        with transaction.atomic():
            write_many([UsedPseudonym(pseudonym=pseudonym) for pseudonym in pseudonyms])
    except IntegrityError:
        # By a colleague at the same moment.
        raise PseudonymTaken(pseudonyms) from None


def _make_safes(plans: list[NewApplicant], by: User, progress: Progress) -> list[Safe]:
    """Return an identity safe and an account safe for each plan, in turn."""
    readers = _readers(plans, by)
    new = [
        new_safe
        for plan, people in zip(plans, readers, strict=True)
        for new_safe in new_safes(plan.id, plan.identity, plan.contact, people)
    ]

    def tell(sealed: int) -> None:
        if sealed % (2 * STEP) == 0 or sealed == len(new):
            progress(sealed // 2)

    return vault.make_safes(new=new, by=by, progress=tell)


def new_safes(
    applicant_id: UUID, identity: Mapping[str, Any], contact: Mapping[str, Any], readers: list[User]
) -> tuple[vault.NewSafe, vault.NewSafe]:
    documents = {"identity": identity_document(identity), "contact": contact_document(contact)}
    items = {kind: content for kind, content in documents.items() if content}
    if items and not readers:
        raise NobodyCanOpen
    return (
        vault.NewSafe(Safe.Kind.IDENTITY, readers, items, owner_of_safe(applicant_id, Safe.Kind.IDENTITY)),
        vault.NewSafe(Safe.Kind.ACCOUNT, readers, owner=owner_of_safe(applicant_id, Safe.Kind.ACCOUNT)),
    )


def _readers(plans: list[NewApplicant], by: User) -> list[list[User]]:
    """Who is to open the names: owner, the team's name holders, and who takes the person in; of each, if they can."""
    holders = _holders({plan.team for plan in plans if plan.team})
    wanted = [
        {person.pk: person for person in (plan.owner or by, by, *_holding(holders, plan.team))}
        for plan in plans
    ]
    everybody = {pk: person for people in wanted for pk, person in people.items()}
    ready = {person.pk for person in ready_readers(everybody.values(), by=by)}
    return [[person for pk, person in people.items() if pk in ready] for people in wanted]


def readers_for(applicant: Applicant, by: User) -> list[User]:
    holders = list(applicant.team.holders.all()) if applicant.team else []
    people = {person.pk: person for person in (applicant.owner or by, by, *holders)}
    return ready_readers(people.values(), by=by)


def _holding(holders: Mapping[int, list[User]], team: Team | None) -> list[User]:
    return holders[team.pk] if team else []


def _holders(teams: Iterable[Team]) -> dict[int, list[User]]:
    return {team.pk: list(team.holders.filter(is_active=True)) for team in teams}


def _applicant(plan: NewApplicant, by: User) -> Applicant:
    document = identity_document(plan.identity)
    band, threshold = ages.age_facts(str(document.get("birth_date", "")), timezone.localdate())
    return Applicant(
        id=plan.id,
        pseudonym=plan.pseudonym,
        category=plan.category,
        country=plan.country,
        channel=plan.channel,
        languages=plan.languages,
        urgency=plan.urgency,
        urgency_reason=plan.urgency_reason,
        special_needs=plan.special_needs,
        stage=plan.stage,
        owner=plan.owner,
        team=plan.team,
        intake_by=by,
        name_known=bool(document.get("name")),
        age_band=band,
        next_age_threshold=threshold,
        last_contact_on=plan.last_contact_on,
        last_written_on=plan.last_written_on,
    )


def object_permissions() -> tuple[ObjectPermission, ObjectPermission]:
    """Reading and working, as guardian's rows name them."""
    found = ObjectPermission.objects.filter(
        content_type__app_label="applicants", content_type__model="applicant"
    )
    by_codename = {permission.codename: permission for permission in found}
    return by_codename["view_applicant"], by_codename["work_applicant"]


def _share_with_owner_and_team(applicants: list[Applicant], by: User) -> None:
    permissions = object_permissions()
    people = [
        ApplicantUserPermission(
            user_id=applicant.owner_id, permission=permission, content_object=applicant, given_by=by
        )
        for applicant in applicants
        for permission in permissions
    ]
    teams = [
        ApplicantGroupPermission(
            group_id=applicant.team.group_id, permission=permission, content_object=applicant, given_by=by
        )
        for applicant in applicants
        if applicant.team
        for permission in permissions
    ]
    write_many(people)
    write_many(teams)


def first_deadlines(applicants: Iterable[Applicant], now: datetime | None = None) -> list[Deadline]:
    """The deadlines that begin with the stage each case is in now."""
    now = now or timezone.now()
    return [
        Deadline(
            applicant=applicant,
            rule=timer.rule,
            title=written(timer.title),
            source=written(timer.source),
            due_at=now + timer.after,
        )
        for applicant in applicants
        for timer in timers_of(applicant.stage)
    ]
