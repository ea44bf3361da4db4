"""What the duty officers see: what was asked of them, about which case, and for whom something can be restored."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vault import officers
from cases.vault.models import DutyRequest, Safe


@dataclass(frozen=True)
class Asked:
    """`pseudonym`: two officers are to know what they open, whether the case is shared with them or not."""

    request: DutyRequest
    pseudonym: str
    mine: bool


def waiting_for(user: User) -> list[Asked]:
    waiting = list(officers.waiting_requests())
    named = _pseudonyms(one.safe for one in waiting if one.safe)
    return [Asked(one, named.get(one.safe_id, ""), one.asker_id == user.pk) for one in waiting]


def with_losses(by: User) -> QuerySet[User]:
    found = [user.pk for user in officers.with_losses() if user != by]
    return User.objects.filter(pk__in=found).order_by("full_name")


def who_may_be_let_in() -> QuerySet[User]:
    return colleagues(who_may=Permission.USE_VAULT).order_by("full_name")


def safe_seen_by(colleague: User, pseudonym: str, kind: str) -> Safe | None:
    """The safe of a case that the colleague sees; whoever does not could not come to the page where it is opened."""
    seen = applicants_for(colleague).filter(pseudonym__iexact=pseudonym.strip())
    applicant = seen.select_related("identity_safe", "account_safe").first()
    if applicant is None:
        return None
    return applicant.account_safe if kind == Safe.Kind.ACCOUNT else applicant.identity_safe


def _pseudonyms(safes: Iterable[Safe]) -> dict[object, str]:
    ids = [safe.pk for safe in safes]
    cases = Applicant.objects.filter(Q(identity_safe__in=ids) | Q(account_safe__in=ids))
    return {
        safe_id: one.pseudonym for one in cases for safe_id in (one.identity_safe_id, one.account_safe_id)
    }
