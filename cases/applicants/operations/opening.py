"""Who can open the name and the account of a case: what somebody can open follows what that person sees."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for, guest_until, left_behind
from cases.applicants.refusals import AskerDoesNotSee
from cases.staff.models import Team, User
from cases.vault import operations as vault
from cases.vault.models import AccessRequest, Grant, Safe
from cases.vault.queries import may_open
from cases.vault.refusals import (
    AlreadyHeld,
    GuestsDoNotGive,
    KeyNotBelieved,
    KeyNotConfirmed,
    NotGranted,
    NotUnlocked,
    ReaderHasNoKey,
    TooFewHolders,
)
from cases.vault.unlock import Unlocked


class Outcome(Enum):
    """What became of the wish that somebody may open a safe."""

    GIVEN = "given"
    HELD_ALREADY = "held already"
    LOCKED = "asked, since the giver is locked"
    NOT_HELD = "asked, since the giver cannot open it either"
    NO_VAULT = "asked, since the colleague has no vault yet"
    NEW_KEY = "asked, since the colleague has a new key"


@dataclass(frozen=True)
class Opening:
    """A wish that a colleague may open these safes of a case; `unlocked` is the giver's, where there is one."""

    safes: Sequence[Safe]
    unlocked: Unlocked | None = None


@transaction.atomic
def answer_request(
    *, request: AccessRequest, give: bool, unlocked: Unlocked | None, by: User, reason: str = ""
) -> None:
    """Give what was asked for as far as the asker sees the case now, or refuse."""
    until = _seen_until(request) if give else None
    vault.answer_request(request=request, give=give, unlocked=unlocked, by=by, reason=reason, until=until)


def _seen_until(request: AccessRequest) -> datetime | None:
    about = Q(identity_safe=request.safe_id) | Q(account_safe=request.safe_id)
    applicant = Applicant.objects.filter(about).select_related("identity_safe", "account_safe").first()
    if applicant is None:
        raise AskerDoesNotSee
    lock_safes(applicant)
    if not applicants_for(request.asker).filter(pk=applicant.pk).exists():
        raise AskerDoesNotSee
    return guest_until(applicant, request.asker)


def lock_safes(applicant: Applicant) -> None:
    """Let sharing, taking back and answering follow one another: each looks at what the one before has left."""
    list(Safe.objects.select_for_update().filter(pk__in=_ids(applicant)).order_by("pk"))


def open_to(
    person: User, applicant: Applicant, opening: Opening, expires_at: datetime | None, by: User
) -> dict[str, Outcome]:
    return {
        str(safe.kind): _give_or_ask(safe, person, opening.unlocked, expires_at, by, applicant.pseudonym)
        for safe in opening.safes
    }


def _give_or_ask(
    safe: Safe, person: User, unlocked: Unlocked | None, expires_at: datetime | None, by: User, pseudonym: str
) -> Outcome:
    reason = f"{pseudonym}: shared by {by}"
    try:
        if unlocked is None:
            raise NotUnlocked
        vault.give_access(
            safe=safe, to=person, unlocked=unlocked, by=by, reason=reason, expires_at=expires_at
        )
    except AlreadyHeld:
        return Outcome.HELD_ALREADY
    except NotUnlocked:
        outcome = Outcome.LOCKED
    except (NotGranted, GuestsDoNotGive):
        outcome = Outcome.NOT_HELD
    except (ReaderHasNoKey, KeyNotBelieved):
        outcome = Outcome.NO_VAULT
    except KeyNotConfirmed:
        outcome = Outcome.NEW_KEY
    else:
        return Outcome.GIVEN
    try:
        vault.ask_access(safe=safe, by=person, reason=reason, expires_at=expires_at)
    except AlreadyHeld:
        return Outcome.HELD_ALREADY
    return outcome


def follow(people: Iterable[User], applicant: Applicant, by: User) -> None:
    """Bring what `people` can open, and ask for, down to what they see: nothing, or as guests until their day."""
    safes = (applicant.identity_safe, applicant.account_safe)
    for person in people:
        if applicants_for(person).filter(pk=applicant.pk).exists():
            limit(person, safes, guest_until(applicant, person), applicant, by)
        else:
            _close_to(person, applicant, by)


def after_leaving(team: Team, user: User, by: User | None) -> None:
    """Suspend what `user` could open of cases the team alone showed; where fewer than two others can, it stays.

    Nothing is deleted: whoever keeps the teams sees no case, and cannot weigh what it would cost.
    """
    unseen, guests = left_behind(team, user)
    safes = Q(pk__in=unseen.values("identity_safe")) | Q(pk__in=unseen.values("account_safe"))
    vault.suspend_access(
        of=user, safes=Safe.objects.filter(safes), by=by, reason=f"left the team {team.name}"
    )
    for applicant in guests.select_related("identity_safe", "account_safe"):
        for safe in (applicant.identity_safe, applicant.account_safe):
            with suppress(TooFewHolders):
                limit(user, [safe], guest_until(applicant, user), applicant, by)


def held_already(person: User, applicant: Applicant) -> dict[str, Outcome]:
    """What somebody who comes to a case can open from an earlier time: it is said to who shares."""
    safes = (applicant.identity_safe, applicant.account_safe)
    return {str(safe.kind): Outcome.HELD_ALREADY for safe in safes if may_open(person, safe)}


def limit(
    person: User, safes: Iterable[Safe], until: datetime | None, applicant: Applicant, by: User | None
) -> None:
    if until is None:
        return
    for safe in safes:
        vault.limit_access(safe=safe, of=person, until=until, by=by, reason=applicant.pseudonym)


def _close_to(person: User, applicant: Applicant, by: User) -> None:
    # Also what is suspended: a key that lies there may open again one day.
    held = Grant.objects.filter(user=person, content_object__in=_ids(applicant)).values("content_object")
    for safe in Safe.objects.filter(pk__in=held):
        vault.revoke_access(safe=safe, of=person, by=by, reason=applicant.pseudonym)
    for safe in (applicant.identity_safe, applicant.account_safe):
        vault.drop_request(safe=safe, of=person, by=by, reason=applicant.pseudonym)


def _ids(applicant: Applicant) -> list[UUID]:
    return [applicant.identity_safe_id, applicant.account_safe_id]
