"""Reading the audit log: rows with the pseudonyms they are about, and whether the chain holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from cases.applicants.models import Applicant
from cases.audit.heads import read_heads
from cases.audit.models import Entry
from cases.audit.queries import expected_hash
from cases.desk.audit_words import sentence
from cases.desk.days import day_starts
from cases.staff.models import User

OPENINGS = ("vault.opened", "vault.opened_quietly", "vault.searched")
NEWEST = 100
# A user name has no colon.
CASE = "case:"


def entries(
    *,
    actions: Sequence[str] = (),
    actor: str = "",
    about: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Rows of the log, the newest first; `about` is a user name, or the id of a case after `CASE`."""
    found = Entry.objects.order_by("-id")
    if actions:
        found = found.filter(action__in=actions)
    if actor:
        found = found.filter(actor=actor)
    if about:
        found = found.filter(about__in=_called(about))
    if since:
        found = found.filter(at__gte=day_starts(since))
    if until:
        found = found.filter(at__lt=day_starts(until + timedelta(days=1)))
    return found


@dataclass(frozen=True)
class Line:
    """One row as it is read: when, who, and a sentence."""

    entry: Entry
    who: str
    sentence: str


def lines(found: Iterable[Entry]) -> list[Line]:
    rows = list(found)
    abouts = {row.about for row in rows}
    named = User.objects.filter(username__in=abouts | {row.actor for row in rows})
    people = {"system": gettext("The program"), **dict(named.values_list("username", "full_name"))}
    known = people | _pseudonyms(abouts)
    return [
        Line(
            row,
            people.get(row.actor, row.actor),
            sentence(row.action, known.get(row.about, row.about), row.detail),
        )
        for row in rows
    ]


def latest_openings(number: int = 8) -> list[Line]:
    return lines(entries(actions=OPENINGS)[:number])


def openings_today() -> int:
    return entries(actions=OPENINGS, since=timezone.localdate()).count()


@dataclass(frozen=True)
class Chain:
    """`total` rows; `holds` says whether the newest fit together and to the head kept outside of the database."""

    total: int
    checked: int
    holds: bool
    last_at: datetime | None


def chain() -> Chain:
    """A quick look at the end of the chain; `audit_verify` walks all of it."""
    newest = list(Entry.objects.order_by("-id")[:NEWEST])
    holds = all(one.previous == before.hash and one.id == before.id + 1 for one, before in pairwise(newest))
    holds = holds and all(one.hash == expected_hash(one) for one in newest) and _head_fits()
    total = newest[0].id if newest else 0
    return Chain(total, len(newest), holds, newest[0].at if newest else None)


def _head_fits() -> bool:
    heads = read_heads().hashes
    if not heads:
        return True
    newest = max(heads)
    return Entry.objects.filter(id=newest, hash=heads[newest]).exists()


def every_case() -> QuerySet[Applicant, tuple[UUID, str]]:
    """Id and pseudonym of each case; not scoped, since an auditor sees no case and reads them all here."""
    return Applicant.objects.order_by("pseudonym").values_list("pk", "pseudonym")


def _called(about: str) -> list[str]:
    """What the log calls a colleague, or a case: its id, or the id of one of its safes."""
    if not about.startswith(CASE):
        return [about]
    found = Applicant.objects.filter(pk=about.removeprefix(CASE))
    ids = found.values_list("pk", "identity_safe_id", "account_safe_id").first() or ()
    return [str(one) for one in ids]


def _pseudonyms(abouts: Iterable[str]) -> dict[str, str]:
    """Pseudonyms by what the log calls the case; not scoped either."""
    ids = [found for about in abouts if (found := _uuid(about))]
    named = Applicant.objects.filter(Q(pk__in=ids) | Q(identity_safe__in=ids) | Q(account_safe__in=ids))
    rows: Any = named.values_list("pseudonym", "pk", "identity_safe_id", "account_safe_id")
    return {str(one): pseudonym for pseudonym, *keys in rows for one in keys}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
