"""Letting a colleague open more people in a day than the budget says: one asks, another answers."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.staff.operations import announce
from cases.vault import budget
from cases.vault.models import Keyring, MoreOpenings
from cases.vault.operations.opening import require_own
from cases.vault.refusals import BudgetLeft, NotYoursToAnswer, WishOver
from cases.vault.unlock import Unlocked

Answer = MoreOpenings.Answer


@transaction.atomic
def ask_more(*, by: User) -> MoreOpenings:
    """Ask colleagues to be allowed to open more people today; asked twice it is one wish."""
    day = budget.today()
    Keyring.objects.select_for_update(no_key=True).filter(user=by).first()
    asked = budget.open_wish(by)
    if asked is not None:
        return asked
    if budget.budget_of(by).left:
        raise BudgetLeft
    wish = MoreOpenings.objects.create(asker=by, day=day, number=settings.VAULT["more_openings"])
    record("vault.more_asked", by=by, detail=f"{wish.number} more")
    return wish


@transaction.atomic
def answer_more(*, wish: MoreOpenings, give: bool, unlocked: Unlocked | None, by: User) -> None:
    """Allow or refuse what a colleague asked for today; to allow it takes the passphrase, as giving access does."""
    held = MoreOpenings.objects.select_for_update(of=("self",)).select_related("asker").get(pk=wish.pk)
    if by == held.asker or not budget.may_answer(by):
        raise NotYoursToAnswer
    if held.answer or held.day != budget.today():
        raise WishOver
    if give:
        require_own(unlocked, by)
    held.answer = Answer.GIVEN if give else Answer.REFUSED
    held.answered_at, held.answered_by = timezone.now(), by
    held.save(update_fields=["answer", "answered_at", "answered_by"])
    announce(code=f"more_{held.answer}", to=[held.asker], who=[by])
    record(f"vault.more_{held.answer}", by=by, detail=f"{held.asker.username}: {held.number} more")
