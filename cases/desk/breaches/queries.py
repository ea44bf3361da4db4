"""Who is exposed when a colleague's account is in other hands, and who may see which part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for
from cases.audit.models import Entry
from cases.desk.models import Breach, Exposed
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault.queries import grants_of, held_safe_ids

LOOKED_BACK = timedelta(days=30)
OPENINGS = ("vault.opened", "vault.opened_quietly")


@dataclass(frozen=True)
class Exposure:
    applicant_id: UUID
    name: bool
    account: bool
    opened_at: datetime | None


def exposed_by(user: User) -> list[Exposure]:
    """Every case whose name or account `user` can open now, and each one opened in the last thirty days."""
    held = set(grants_of(user).values_list("content_object_id", flat=True))
    opened = _opened_by(user)
    safes = held | set(opened)
    found = Applicant.objects.filter(Q(identity_safe__in=safes) | Q(account_safe__in=safes))
    rows = found.values_list("pk", "identity_safe_id", "account_safe_id")
    return [
        Exposure(
            pk,
            name in safes,
            account in safes,
            max((at for safe in (name, account) if (at := opened.get(safe))), default=None),
        )
        for pk, name, account in rows
    ]


def _opened_by(user: User) -> dict[UUID, datetime]:
    """When `user` last opened each safe. Looking through many at once names none, but takes what can be opened anyway."""
    since = timezone.now() - LOOKED_BACK
    rows = Entry.objects.filter(actor=user.username, action__in=OPENINGS, at__gte=since).exclude(about="")
    last = rows.order_by().values("about").annotate(last=Max("at")).values_list("about", "last")
    return {UUID(about): at for about, at in last}


def handles(viewer: User) -> bool:
    return viewer.may(Permission.HANDLE_BREACH)


def breaches_for(viewer: User) -> QuerySet[Breach]:
    """All to those who lead and to auditors; the open ones to those who call people; to others none."""
    found = Breach.objects.select_related("user", "opened_by", "decided_by", "closed_by")
    if handles(viewer) or viewer.may(Permission.READ_AUDIT):
        return found
    return found.filter(closed_at=None) if viewer.may(Permission.SEE_CASES) else found.none()


def counted(found: QuerySet[Breach]) -> QuerySet[Breach]:
    return found.annotate(total=Count("people"), warned=Count("people__warned_at"))


def find_breach(viewer: User, breach_id: UUID) -> Breach:
    return get_object_or_404(counted(breaches_for(viewer)), pk=breach_id)


def find_facts(viewer: User, breach_id: UUID) -> Breach:
    """The page for the authority: for those who lead, and auditors."""
    if not handles(viewer) and not viewer.may(Permission.READ_AUDIT):
        raise Http404
    return find_breach(viewer, breach_id)


def exposed_to(viewer: User) -> QuerySet[Exposed]:
    """The people to call: all to those who lead, to others those of the cases they see, to an auditor only numbers."""
    found = Exposed.objects.filter(breach__in=breaches_for(viewer))
    found = found.select_related("applicant__owner", "warned_by", "breach")
    return found if handles(viewer) else found.filter(applicant__in=applicants_for(viewer))


def find_exposed(viewer: User, exposed_id: UUID) -> Exposed:
    return get_object_or_404(exposed_to(viewer), pk=exposed_id)


@dataclass(frozen=True)
class Row:
    """`seen`: the reader sees the case; `opens`: and can open the name."""

    exposed: Exposed
    seen: bool
    opens: bool


def rows_for(viewer: User, people: Iterable[Exposed]) -> list[Row]:
    page = list(people)
    seen = set(
        applicants_for(viewer).filter(pk__in=[one.applicant_id for one in page]).values_list("pk", flat=True)
    )
    held = held_safe_ids(viewer, [one.applicant.identity_safe_id for one in page])
    return [Row(one, one.applicant_id in seen, one.applicant.identity_safe_id in held) for one in page]


@dataclass(frozen=True)
class Pressing:
    """What stands at the desk: an open breach, and how many the reader can warn."""

    breach: Breach
    to_warn: int


def pressing_for(viewer: User) -> list[Pressing]:
    found = list(counted(breaches_for(viewer).filter(closed_at=None)).order_by("noticed_at"))
    if not found:
        return []
    waiting = exposed_to(viewer).filter(breach__in=found, warned_at=None).order_by()
    numbers = dict(waiting.values("breach").annotate(number=Count("pk")).values_list("breach", "number"))
    concerned = handles(viewer) or viewer.may(Permission.READ_AUDIT)
    return [Pressing(one, numbers.get(one.pk, 0)) for one in found if concerned or numbers.get(one.pk)]


def by_country(breach: Breach) -> list[tuple[str, int]]:
    """How many people are exposed in each country; a number of people, of no one in particular."""
    found = breach.people.order_by().values(code=F("applicant__country")).annotate(number=Count("pk"))
    return sorted(((row["code"], row["number"]) for row in found), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True)
class Numbers:
    people: int
    names: int
    accounts: int
    opened: int
    warned: int
    last_warned_at: datetime | None


def numbers_of(breach: Breach) -> Numbers:
    found = breach.people.aggregate(
        people=Count("pk"),
        names=Count("pk", filter=Q(name=True)),
        accounts=Count("pk", filter=Q(account=True)),
        opened=Count("opened_at"),
        warned=Count("warned_at"),
        last_warned_at=Max("warned_at"),
    )
    return Numbers(**found)
