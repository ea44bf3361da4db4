"""What runs in the second process: it files batches and touches neither database nor settings."""

from collections.abc import Sequence

from cases.vetting.screening.buckets import Buckets
from cases.vetting.screening.filing import Cabinet, Named, Place

_cabinets: list[Cabinet] = []


def begin(key: bytes, bits: int) -> None:
    _cabinets[:] = [Cabinet(Buckets(key, bits))]


def file(batch: Sequence[Named]) -> list[Place]:
    return [_cabinets[0].place(*named) for named in batch]
