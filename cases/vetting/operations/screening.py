"""Comparing people with the lists, and deciding who is whom. What comes of it is sealed in the identity safe.

Nothing here runs inside a transaction from outside: the vault records each opening first.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.operations.work import touch
from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.interviews import reason_within
from cases.vault.models import SealedItem
from cases.vault.newest import newest_items
from cases.vault.queries import item_of
from cases.vault.refusals import NotGranted, NotUnlocked
from cases.vault.unlock import Unlocked
from cases.vetting.models import Screening
from cases.vetting.queries.screening import IDENTITY, after, question, rows_for, to_screen
from cases.vetting.queries.watchlists import filed_otherwise, kinds_by_dataset, list_versions
from cases.vetting.screening.filers import buckets
from cases.vetting.screening.matching import Candidate, candidates
from cases.vetting.screening.pairs import KIND, Decision, Document, Pair, decided, merged, numbers, pair_of
from cases.vetting.screening.refusals import (
    DecidedMeanwhile,
    ListsFiledOtherwise,
    NoLists,
    NoName,
    NoReasonForDecision,
    PairGone,
    TooBusy,
)
from cases.vetting.screening.sought import sought

# Of two colleagues who save the same result at the same moment one opens it anew.
TRIES = 5
BATCH = 10
Change = Callable[[Document], dict[str, Any]]


@dataclass(frozen=True)
class Opened:
    """What lies sealed of one person, and in which version."""

    applicant: Applicant
    identity: Mapping[str, Any] | None
    identity_version: int
    result: dict[str, Any]
    result_version: int


@dataclass(frozen=True)
class Step:
    """What one step of screening again did: `last` is where the next begins, None when nobody is left."""

    done: int
    left: int
    last: UUID | None


def screen(*, applicant: Applicant, reason: str, unlocked: Unlocked | None, by: User) -> dict[str, Any]:
    """Compare one person with all lists; return the result as it is sealed now."""
    if unlocked is None:
        raise NotUnlocked
    why = reason.strip() or reason_within(applicant.identity_safe, unlocked, by)
    _require_lists()
    purpose = f"screening of {applicant.pseudonym}: {why}"
    opened = next(iter(_open([applicant], purpose, unlocked, by)), None)
    if opened is None:
        raise NotGranted
    return _screen(opened, unlocked, by)


def screen_step(*, last: UUID | None, unlocked: Unlocked | None, by: User) -> Step:
    """Compare the next people whose name `by` can open, for about two seconds; each is saved as it is done."""
    _require_lists()
    started, done = time.monotonic(), 0
    while time.monotonic() - started < settings.SCREENING["step_seconds"]:
        people = list(after(to_screen(by), last)[:BATCH])
        if not people:
            return Step(done, 0, None)
        last = people[-1].pk
        for opened in _open(people, "screening again", unlocked, by, counted=False):
            if opened.identity:
                _screen(opened, unlocked, by)
                done += 1
    left = after(to_screen(by), last).count()
    return Step(done, left, last if left else None)


def read_screening(
    *, applicant: Applicant, reason: str, unlocked: Unlocked | None, by: User
) -> dict[str, Any]:
    """Open the result with a reason; {} where nobody was screened."""
    item = item_of(applicant.identity_safe, KIND)
    if unlocked is None:
        raise NotUnlocked
    return {} if item is None else vault.open_item(item=item, reason=reason, unlocked=unlocked, by=by)


def read_pair(*, applicant: Applicant, pair_id: str, unlocked: Unlocked | None, by: User) -> Pair:
    """Open the result once more for the entry of one pair."""
    opened = next(
        iter(_open([applicant], f"list entry beside {applicant.pseudonym}", unlocked, by, KIND)), None
    )
    pair = pair_of(opened.result, pair_id) if opened else None
    if pair is None:
        raise PairGone
    return pair


def decide_pair(
    *,
    applicant: Applicant,
    pair_id: str,
    decision: Decision,
    reason: str,
    seen: str,
    unlocked: Unlocked | None,
    by: User,
) -> dict[str, Any]:
    """Say whether a person on a list is this person. `seen` is when the decision was taken that the writer knew."""
    if not reason.strip():
        raise NoReasonForDecision
    opened = next(
        iter(
            _open([applicant], f"decision on a list entry beside {applicant.pseudonym}", unlocked, by, KIND)
        ),
        None,
    )
    if opened is None:
        raise NotGranted

    def change(document: Document) -> dict[str, Any]:
        pair = pair_of(document, pair_id)
        if pair is None or pair["gone"]:
            raise PairGone
        if pair["at"] != seen:
            raise DecidedMeanwhile
        at = timezone.now().isoformat()
        return decided(document, pair_id, decision=str(decision), reason=reason.strip(), by=str(by), at=at)

    return _store(opened, change, unlocked, by, "vetting.pair_decided", {})


def _require_lists() -> None:
    if not list_versions():
        raise NoLists
    if other := filed_otherwise():
        raise ListsFiledOtherwise([one.slug for one in other])


def _screen(opened: Opened, unlocked: Unlocked | None, by: User) -> dict[str, Any]:
    if not opened.identity:
        raise NoName
    # Read before the lists are asked: what is taken in meanwhile makes the screening old, never the other way round.
    lists, kinds = list_versions(), kinds_by_dataset()
    found = find(opened.identity)
    most = settings.SCREENING["most_pairs"]
    facts = {
        "lists": lists,
        "identity_version": opened.identity_version,
        "screened_at": timezone.now(),
        "by": by,
    }

    def change(document: Document) -> dict[str, Any]:
        return merged(document, found, kinds, most)

    return _store(opened, change, unlocked, by, "vetting.screened", facts)


def find(identity: Mapping[str, Any]) -> list[Candidate]:
    """Who on the lists may be the person. What reaches the database are numbers that many surnames share."""
    person = sought(identity)
    if not person.surnames:
        raise NoName
    asked = question(person.buckets(buckets()))
    return candidates(person, rows_for(asked))


def _open(
    people: Sequence[Applicant],
    purpose: str,
    unlocked: Unlocked | None,
    by: User,
    *kinds: str,
    counted: bool = True,
) -> list[Opened]:
    """Open name and result of people with one audit row; who cannot be opened is left out.

    Screening many again shows nothing of them, and does not count into the day's budget.
    """
    if unlocked is None:
        raise NotUnlocked
    safes = [person.identity_safe_id for person in people]
    items = {
        (item.safe_id, item.kind): item
        for kind in kinds or (IDENTITY, KIND)
        for item in newest_items(safes, kind)
    }
    found = vault.open_quietly(
        items=items.values(), purpose=purpose, unlocked=unlocked, by=by, counted=counted
    )
    opened = []
    for person in people:
        its = {kind: items.get((person.identity_safe_id, kind)) for kind in (IDENTITY, KIND)}
        if not any(item and item.pk in found for item in its.values()):
            continue
        # A result that does not open must not be written over.
        if (result := its[KIND]) is not None and result.pk not in found:
            continue
        opened.append(_opened(person, its[IDENTITY], its[KIND], found))
    return opened


def _opened(
    person: Applicant, identity: SealedItem | None, result: SealedItem | None, found: Mapping[UUID, Any]
) -> Opened:
    return Opened(
        person,
        found.get(identity.pk) if identity else None,
        identity.version if identity else 0,
        found.get(result.pk, {}) if result else {},
        result.version if result else 0,
    )


def _store(
    opened: Opened, change: Change, unlocked: Unlocked | None, by: User, action: str, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Seal what `change` makes of the result. Where a colleague was quicker it is opened anew: nothing is lost."""
    applicant = opened.applicant
    for _attempt in range(TRIES):
        document = change(opened.result)
        if _save(opened, document, facts, by, action):
            return document
        purpose = f"screening of {applicant.pseudonym}, changed meanwhile"
        opened = next(iter(_open([applicant], purpose, unlocked, by, KIND)), opened)
    raise TooBusy


@transaction.atomic
def _save(
    opened: Opened, document: Mapping[str, Any], facts: Mapping[str, Any], by: User, action: str
) -> bool:
    """False where the sealed result is another one by now."""
    applicant = opened.applicant
    Screening.objects.get_or_create(applicant=applicant, defaults={"by": by})
    row = Screening.objects.select_for_update(of=("self",)).get(applicant=applicant)
    item = item_of(applicant.identity_safe, KIND)
    if (item.version if item else 0) != opened.result_version:
        return False
    vault.seal(safe=applicant.identity_safe, kind=KIND, content=document, by=by)
    for name, value in (*facts.items(), *numbers(document).items()):
        setattr(row, name, value)
    row.version += 1
    row.save()
    touch(applicant)
    record(action, by=by, about=str(applicant.pk), detail=applicant.pseudonym)
    return True
