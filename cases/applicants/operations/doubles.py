"""Finding that two cases are one person, and making one of them. Nothing that is sealed moves: each safe keeps its holders."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.applicants.alike import known, may_be_one, pairs
from cases.applicants.doubles import held_cases, known_pairs, not_compared
from cases.applicants.models import (
    Applicant,
    Compared,
    Deadline,
    Double,
    ErasedCase,
    Membership,
    StageChange,
    Task,
    UncheckedText,
)
from cases.applicants.operations.registering import first_deadlines
from cases.applicants.queries import is_lasting, people_who_see
from cases.applicants.refusals import AlreadyMerged, BeingErasedOrAsked, HoldsNotBoth
from cases.applicants.stages import Stage
from cases.applicants.timers import timers_of
from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.models import Safe
from cases.vault.newest import newest_items
from cases.vault.queries import held_safe_ids
from cases.vault.refusals import NotUnlocked
from cases.vault.unlock import Unlocked

# New ones compared with everything at one time; the rest follows at once.
MOST = 300
# A colleague's long import says of its rows when it began to seal them, not when they could be seen.
LAG = timedelta(minutes=5)


def find_doubles(*, unlocked: Unlocked, by: User) -> int:
    """Compare what is new among the names `by` can open with all of them; return how many pairs came to it.

    Never inside a transaction: names are opened, with one audit row.
    """
    new = not_compared(by)[:MOST]
    if not new:
        return 0
    cases = {one.identity_safe_id: one for one in held_cases(by).exclude(stage=Stage.MERGED)}
    items = list(newest_items(cases, "identity"))
    opened = vault.open_quietly(items=items, purpose="compared for doubles", unlocked=unlocked, by=by)
    held = {cases[item.safe_id].pk: known(opened[item.pk]) for item in items if item.pk in opened}
    fresh = [cases[safe].pk for safe, _moment in new if safe in cases]
    found = [_in_order(one, other) for one, other in pairs(fresh, held)]
    with transaction.atomic():
        asked = known_pairs({pk for pair in found for pk in pair})
        made = [Double(first_id=one, second_id=other) for one, other in found if (one, other) not in asked]
        Double.objects.bulk_create(made, ignore_conflicts=True)
        up_to = min(new[-1][1], timezone.now() - LAG)
        Compared.objects.update_or_create(user=by, defaults={"up_to": up_to})
        record(
            "applicants.doubles_looked_for", by=by, detail=f"{len(fresh)} of {len(held)}, pairs {len(made)}"
        )
    return len(made)


def known_as(*, name: str, besides: UUID, unlocked: Unlocked, by: User) -> list[Applicant]:
    """Return the cases held by `by` whose name may be this one. Never inside a transaction."""
    asked = known({"name": name})
    cases = {one.identity_safe_id: one for one in held_cases(by).exclude(pk=besides)}

    def test(document: dict[str, object]) -> float:
        return float(may_be_one(asked, known(document)))

    hits = vault.search(kind=Safe.Kind.IDENTITY, item_kind="identity", test=test, unlocked=unlocked, by=by)
    return [cases[safe] for safe, _score in hits if safe in cases]


@transaction.atomic
def say_other(*, one: Applicant, others: Iterable[Applicant], by: User) -> None:
    """Say that cases are different people: the pairs are not asked again."""
    for other in others:
        _answer(one, other, Double.Answer.OTHER, by)
        detail = f"{one.pseudonym}, {other.pseudonym}"
        record("applicants.not_doubles", by=by, about=str(one.pk), detail=detail)


@transaction.atomic
def pair_up(*, one: Applicant, other: Applicant, by: User) -> Double:
    """Say oneself that two cases may be one person; a pair answered before is asked anew."""
    _require_both([one, other], by)
    first, second = _in_order(one.pk, other.pk)
    nothing = {"answer": "", "answered_by": None, "answered_at": None}
    double, _made = Double.objects.update_or_create(first_id=first, second_id=second, defaults=nothing)
    detail = f"{one.pseudonym}, {other.pseudonym}"
    record("applicants.doubles_named", by=by, about=str(one.pk), detail=detail)
    return double


@transaction.atomic
def merge_cases(*, kept: Applicant, gone: Applicant, unlocked: Unlocked | None, by: User) -> None:
    """Let one case go on and the other end, pointing to it. Open tasks come along; everything else stays where it can be
    read by who could read it before."""
    if unlocked is None or unlocked.user_id != by.pk:
        raise NotUnlocked
    kept, gone = _locked(kept, gone)
    _require_both([kept, gone], by)
    if gone.stage == Stage.MERGED or kept.stage == Stage.MERGED:
        raise AlreadyMerged
    if ErasedCase.objects.filter(case__in=[kept.pk, gone.pk], erasure__done_at=None).exclude(
        erasure__answer__in=["refused", "withdrawn"]
    ):
        raise BeingErasedOrAsked
    _bring_tasks(gone, kept, by)
    _bring_household(gone, kept)
    Deadline.objects.filter(applicant=gone, met_at=None, rule__in=_rules(gone.stage)).delete()
    Applicant.objects.filter(merged_into=gone).update(merged_into=kept)
    _enter(gone, Stage.MERGED, kept, by)
    _answer(kept, gone, Double.Answer.MERGED, by)
    if gone.last_contact_on and (kept.last_contact_on is None or kept.last_contact_on < gone.last_contact_on):
        kept.last_contact_on = gone.last_contact_on
    kept.updated_at = timezone.now()
    kept.save(update_fields=["last_contact_on", "updated_at"])
    for one in (kept, gone):
        detail = f"{gone.pseudonym} into {kept.pseudonym}"
        record("applicants.merged", by=by, about=str(one.pk), detail=detail)


@transaction.atomic
def take_apart(*, gone: Applicant, unlocked: Unlocked | None, by: User) -> None:
    """Say that a merge was wrong: the case goes on from where it ended. Tasks stay where they came to."""
    if unlocked is None or unlocked.user_id != by.pk:
        raise NotUnlocked
    fresh = Applicant.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=gone.pk)
    ended = StageChange.objects.filter(applicant=fresh, target=Stage.MERGED).first()
    kept = fresh.merged_into
    if fresh.stage != Stage.MERGED or kept is None or ended is None:
        raise AlreadyMerged
    _require_both([fresh, kept], by)
    _enter(fresh, Stage(ended.source), None, by)
    Deadline.objects.bulk_create(first_deadlines([fresh]))
    _answer(kept, fresh, Double.Answer.OTHER, by)
    for one in (kept, fresh):
        record("applicants.taken_apart", by=by, about=str(one.pk), detail=f"{fresh}, {kept}")


def _require_both(cases: list[Applicant], by: User) -> None:
    """Guests neither merge nor take apart: what they do would outlast them."""
    held = held_safe_ids(by, [one.identity_safe_id for one in cases])
    if len({one.pk for one in cases}) < len(cases) or len(held) < len(cases):
        raise HoldsNotBoth
    if not all(is_lasting(one, by, "work") for one in cases):
        raise HoldsNotBoth


def _locked(kept: Applicant, gone: Applicant) -> tuple[Applicant, Applicant]:
    both = Applicant.objects.select_for_update(of=("self",)).select_related("owner")
    found = {one.pk: one for one in both.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    return found[kept.pk], found[gone.pk]


def _bring_tasks(gone: Applicant, kept: Applicant, by: User) -> None:
    """Whoever does not see the case that remains cannot do a task there: it comes to its owner, or to who merges."""
    seeing = set(people_who_see(kept).values_list("pk", flat=True))
    instead = kept.owner if kept.owner_id in seeing and kept.owner else by
    for task in Task.objects.filter(applicant=gone, done_at=None):
        UncheckedText.objects.filter(applicant=gone, what="task", subject=str(task.pk)).update(applicant=kept)
        task.applicant = kept
        task.owner = task.owner if task.owner_id in seeing else instead
        task.save(update_fields=["applicant", "owner"])


def _bring_household(gone: Applicant, kept: Applicant) -> None:
    left = Membership.objects.filter(applicant=gone, until=None).first()
    if left is None:
        return
    now = timezone.now()
    Membership.objects.filter(pk=left.pk).update(until=now)
    if not Membership.objects.filter(applicant=kept, until=None).exists():
        told = {name: getattr(left, name) for name in ("kinship", "has_certificate", "travels_with")}
        Membership.objects.create(household_id=left.household_id, applicant=kept, since=now, **told)
    rest = Membership.objects.filter(household=left.household_id, until=None)
    # One person alone is no household.
    if rest.count() == 1:
        rest.update(until=now)


def _enter(applicant: Applicant, stage: Stage, into: Applicant | None, by: User) -> None:
    now = timezone.now()
    change = {"source": applicant.stage, "target": stage, "by": by, "at": now}
    StageChange.objects.create(applicant=applicant, **change)
    applicant.stage, applicant.merged_into = stage, into
    applicant.stage_since = applicant.updated_at = now
    applicant.save(update_fields=["stage", "merged_into", "stage_since", "updated_at"])


def _answer(one: Applicant, other: Applicant, answer: str, by: User) -> None:
    first, second = _in_order(one.pk, other.pk)
    said = {"answer": answer, "answered_by": by, "answered_at": timezone.now()}
    Double.objects.update_or_create(first_id=first, second_id=second, defaults=said)


def _in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)


def _rules(stage: str) -> list[str]:
    return [timer.rule for timer in timers_of(stage)]
