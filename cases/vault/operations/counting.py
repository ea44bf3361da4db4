"""Counting whom a colleague opens in a day. The count is committed with the audit row, before anything is decrypted."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from cases.audit.operations import record
from cases.audit.queries import recorded_today
from cases.staff.models import User
from cases.vault import budget, owners
from cases.vault.models import CountedPerson, Keyring, Safe
from cases.vault.refusals import BudgetSpent


@contextmanager
def committed_first(counted: list[Safe], by: User) -> Iterator[None]:
    """A transaction of its own for the audit row, and for the count of the people behind `counted`."""
    try:
        with transaction.atomic(durable=True):
            if counted:
                count_people(safes=counted, by=by)
            yield
    except BudgetSpent:
        note_refusal(by)
        raise


def count_people(*, safes: Iterable[Safe], by: User) -> None:
    """Count the people behind `safes` as opened today, or refuse; inside the transaction of the audit row.

    The lock makes those who open at the same moment follow one another: each counts what the one before has left.
    """
    day, wanted = budget.today(), list(safes)
    in_need = budget.opened_in_need(by, [safe.pk for safe in wanted])
    people = owners.people_of(safe for safe in wanted if safe.pk not in in_need)
    known = budget.counted(by, day).filter(person__in=people)
    if not people - set(known.values_list("person", flat=True)):
        return
    Keyring.objects.select_for_update(no_key=True).get(user=by)
    before = set(budget.counted(by, day).values_list("person", flat=True))
    limit = budget.limit_of(by, day)
    if len(before | people) > limit:
        raise BudgetSpent(limit)
    CountedPerson.objects.bulk_create(
        CountedPerson(user=by, day=day, person=person) for person in sorted(people - before)
    )


def note_refusal(by: User) -> None:
    """Somebody reached the end of a day's budget: one row a day, for whoever looks into it."""
    with transaction.atomic():
        if not recorded_today("vault.budget_spent", actor=by.username):
            record("vault.budget_spent", by=by)


def forget_people(*, safe_ids: Collection[UUID]) -> None:
    """Remove who is to be erased from what was counted, while it is still known whose these safes are."""
    people = owners.people_of(Safe.objects.filter(pk__in=safe_ids))
    CountedPerson.objects.filter(person__in=people).delete()


def forget_past_days() -> None:
    """Remove whom somebody opened on earlier days: the log knows it, and here nobody asks any more."""
    CountedPerson.objects.filter(day__lt=budget.today() - timedelta(days=1)).delete()
