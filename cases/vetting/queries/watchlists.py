"""The lists, their imports and what lies in them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.documents.queries.reference import in_force
from cases.vetting.models import BucketSizes, ListEntry, ListImport, ListKind, Watchlist
from cases.vetting.screening.entries import digest
from cases.vetting.screening.filers import current_mark

# A run that has said nothing for so long was interrupted; one that nobody began has no worker.
SILENT = timedelta(minutes=10)
_PAGE = 50_000
UNDER_WAY = (ListImport.State.WAITING, ListImport.State.RUNNING)


class Known(NamedTuple):
    number: int
    digest: bytes
    living: bool
    added_at: datetime


def known_entries(watchlist_id: UUID, entities: Sequence[str]) -> dict[str, Known]:
    """What stands there already under these ids."""
    rows = ListEntry.objects.filter(watchlist=watchlist_id, entity__in=entities)
    found = rows.values_list("entity", "pk", "digest", "ended_at", "added_at")
    return {
        entity: Known(number, bytes(said), ended_at is None, added_at)
        for entity, number, said, ended_at, added_at in found
    }


def known_range(watchlist_id: UUID) -> tuple[int, int, int]:
    """The first and the last row of a list, and how many are living."""
    found = ListEntry.objects.filter(watchlist=watchlist_id).aggregate(
        first=Min("pk"), last=Max("pk"), living=Count("pk", filter=Q(ended_at__isnull=True))
    )
    return found["first"] or 0, found["last"] or 0, found["living"]


def living_ids(watchlist_id: UUID, last: int) -> Iterator[list[int]]:
    """The living rows of a list up to `last`, some ten thousand at a time."""
    rows = ListEntry.objects.filter(watchlist=watchlist_id, ended_at__isnull=True, pk__lte=last)
    after = -1
    while numbers := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:_PAGE]):
        yield numbers
        after = numbers[-1]


def count_surnames() -> list[int]:
    """How many different surnames lie in each bucket."""
    sizes = [0] * (1 << settings.SCREENING["bucket_bits"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bucket, count(DISTINCT sound) FROM vetting_listentry CROSS JOIN LATERAL unnest(buckets, sounds)"
            " AS filed(bucket, sound) WHERE ended_at IS NULL GROUP BY bucket"
        )
        for bucket, number in cursor.fetchall():
            if 0 <= bucket < len(sizes):
                sizes[bucket] = number
    return sizes


def sizes() -> list[int]:
    found = BucketSizes.objects.first()
    return list(found.sizes) if found else []


def watchlists() -> QuerySet[Watchlist]:
    imports = ListImport.objects.select_related("by").defer("content", "index")
    return Watchlist.objects.prefetch_related(Prefetch("imports", imports))


def find_import(import_id: UUID) -> ListImport:
    return get_object_or_404(ListImport.objects.defer("content", "index"), pk=import_id)


def is_silent(one: ListImport) -> bool:
    return one.state in UNDER_WAY and one.seen_at < timezone.now() - SILENT


def find_watchlist(slug: str) -> Watchlist:
    found = Watchlist.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def list_versions() -> dict[str, object]:
    """Which version each list has now, and what the lists are taken to mean: what a screening is compared with."""
    known: dict[str, object] = {
        str(pk): version for pk, version in Watchlist.objects.values_list("pk", "version") if version
    }
    kinds = repr(sorted(kinds_by_dataset().items()))
    return known | {"kinds": digest(kinds).hex()[:16]} if known else {}


def filed_otherwise() -> list[Watchlist]:
    """Lists that were filed with another key or by other rules: they must be taken in again before they answer."""
    return list(Watchlist.objects.filter(version__gt=0).exclude(mark=current_mark()))


def titles_by_dataset() -> dict[str, str]:
    """What a list is called, by its code in small letters; and a file that says no list, by its id."""
    files = {str(pk): slug for pk, slug in Watchlist.objects.values_list("pk", "slug")}
    titles = ListKind.objects.values_list("dataset", "title")
    return files | {dataset.casefold(): title for dataset, title in titles}


def kinds_by_dataset() -> dict[str, str]:
    """What a hit means, by the code and by the title of a list, in small letters."""
    rows = ListKind.objects.filter(in_force(timezone.localdate()))
    found: dict[str, str] = {}
    for dataset, title, kind in rows.values_list("dataset", "title", "kind"):
        found[dataset.casefold()] = found[title.casefold()] = kind
    return found
