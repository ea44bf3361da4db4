"""Who files a batch: this process, or for long lists a second one beside it, while this one reads and writes."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from django.conf import settings

from cases.vault import pepper
from cases.vault.envelope import derive, info
from cases.vetting.screening import beside
from cases.vetting.screening.buckets import Buckets
from cases.vetting.screening.filing import Cabinet, Named, Place

Answer = Callable[[], list[Place]]
# Gives a batch away, and returns what waits for the answer.
Filer = Callable[[Sequence[Named]], Answer]
# Shorter lists are filed sooner than a process starts.
LONG = 20 * 1024 * 1024


def buckets() -> Buckets:
    """The buckets of this installation: their key comes from the pepper, which lies outside the database."""
    return Buckets(derive(pepper.load(), info("buckets of surnames")), settings.SCREENING["bucket_bits"])


def current_mark() -> str:
    return Cabinet(buckets()).mark()


@contextmanager
def filer(size: int) -> Iterator[Filer]:
    """Give who files a list of so many bytes."""
    numbers = buckets()
    if size < LONG:
        yield _here(Cabinet(numbers))
        return
    # Spawned, not forked: the worker of the queue has threads and connections that must not be copied.
    context = multiprocessing.get_context("spawn")
    initargs = (numbers.key, numbers.bits)
    with ProcessPoolExecutor(1, mp_context=context, initializer=beside.begin, initargs=initargs) as other:
        yield lambda batch: other.submit(beside.file, batch).result


def _here(cabinet: Cabinet) -> Filer:
    def give(batch: Sequence[Named]) -> Answer:
        return lambda: [cabinet.place(*named) for named in batch]

    return give
