"""The newest of what is sealed: the highest version of a document counts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from cases.staff.models import User
from cases.vault.many import any_of
from cases.vault.models import Safe, SealedItem
from cases.vault.queries import grants_of


def newest_items(safes: Iterable[Safe | UUID], kind: str) -> QuerySet[SealedItem]:
    items = SealedItem.objects.filter(any_of("safe", safes), kind=kind)
    return items.order_by("safe", "-version").distinct("safe").select_related("safe")


def newest_of_each(safes: Iterable[Safe | UUID]) -> QuerySet[SealedItem]:
    """The newest version of every document in these safes."""
    items = SealedItem.objects.filter(any_of("safe", safes))
    return items.order_by("safe", "kind", "-version").distinct("safe", "kind").select_related("safe")


def newest_held(user: User, safe_kind: str, item_kind: str) -> dict[UUID, UUID]:
    """Return the newest documents of a kind in all safes of a kind that `user` can open: item to safe."""
    held = grants_of(user).filter(content_object__kind=safe_kind).values("content_object")
    items = SealedItem.objects.filter(safe__in=held, kind=item_kind)
    return dict(items.order_by("safe", "-version").distinct("safe").values_list("pk", "safe"))
