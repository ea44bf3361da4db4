"""Taking in lists of wanted and sanctioned people: from the terminal at once, from the page through the queue."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.audit.operations import record
from cases.staff.models import User
from cases.vetting.models import BucketSizes, ListImport, Watchlist
from cases.vetting.operations.list_entries import Writer, batches
from cases.vetting.queries.watchlists import UNDER_WAY, count_surnames, is_silent, known_range
from cases.vetting.screening.checksums import check, sha1_of
from cases.vetting.screening.entries import Entry
from cases.vetting.screening.filers import filer
from cases.vetting.screening.problems import BadList, Wrong
from cases.vetting.screening.reading import Reading
from cases.vetting.screening.refusals import ListUnderWay
from cases.vetting.tasks import take_in_uploaded

SHOWN = 100
Progress = Callable[[int, int], None]
State = ListImport.State


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name is what the index knows it by."""

    name: str
    content: bytes
    index: bytes | None = None


@dataclass
class _Kept:
    """The persons of a reading; what is wrong with lines is put aside."""

    reading: Reading
    wrong: int = 0
    lines: list[tuple[int, str]] = field(default_factory=list)

    def entries(self) -> Iterator[Entry]:
        for row in self.reading.rows():
            if isinstance(row, Wrong):
                self.wrong += 1
                if len(self.lines) < SHOWN:
                    self.lines.append((row.line, row.code))
            else:
                yield row


@transaction.atomic
def begin_import(
    *, slug: str, by: User | None, upload: Upload | None = None, file_name: str = "", may_shrink: bool = False
) -> ListImport:
    """Say that a list is being taken in; an uploaded file waits for the worker. One at a time for each list."""
    watchlist, _made = Watchlist.objects.get_or_create(slug=slug)
    Watchlist.objects.select_for_update().get(pk=watchlist.pk)
    for other in ListImport.objects.filter(watchlist=watchlist, state__in=UNDER_WAY):
        if not is_silent(other):
            raise ListUnderWay
        _finish(other, State.REFUSED, refusal="interrupted")
    started = ListImport.objects.create(
        watchlist=watchlist,
        by=by,
        state=State.WAITING if upload else State.RUNNING,
        content=upload.content if upload else None,
        index=upload.index if upload else None,
        file_name=(upload.name if upload else file_name)[:100],
        may_shrink=may_shrink,
    )
    if upload:
        record("vetting.list_uploaded", by=by, about=slug)
        transaction.on_commit(lambda: take_in_uploaded.defer(import_id=str(started.pk)))
    return started


def run_upload(*, import_id: UUID) -> None:
    """Take in what was uploaded; a second worker with the same work finds nothing to do."""
    with transaction.atomic():
        waiting = ListImport.objects.select_for_update().filter(pk=import_id, state=State.WAITING).first()
        if waiting is None:
            return
        waiting.state, waiting.seen_at = State.RUNNING, timezone.now()
        waiting.save(update_fields=["state", "seen_at"])
    index = bytes(waiting.index) if waiting.index else None
    try:
        run_import(started=waiting, file=io.BytesIO(bytes(waiting.content or b"")), index=index)
    except BadList:
        # It is kept with the import, and the page says it.
        return


def run_import(
    *, started: ListImport, file: BinaryIO, index: bytes | None = None, progress: Progress | None = None
) -> ListImport:
    """Take in a file of any length, batch by batch; raises BadList where it is refused as a whole."""
    try:
        sha1, size = sha1_of(file)
        started.sha1, started.size = sha1, size
        if index is not None:
            check(index, started.file_name, sha1, size)
        started.notes = ["checked" if index is not None else "unchecked"]
        _take_in(started, Reading(file), progress)
    except BadList as refusal:
        _finish(started, State.REFUSED, refusal=refusal.code)
        raise
    return started


def _take_in(started: ListImport, reading: Reading, progress: Progress | None) -> None:
    kept = _Kept(reading)
    with filer(started.size) as file:
        writer = Writer(started.watchlist_id, file)
        for batch in batches(kept.entries()):
            _require_same_rules(started.watchlist, reading, writer)
            writer.write(batch)
            _tell(started, reading.bytes, progress)
        writer.finish()
    if not writer.added + writer.changed + writer.unchanged and not reading.delta:
        raise BadList("nobody")
    started.notes += reading.notes
    if not reading.delta:
        if writer.lacks_most and not started.may_shrink:
            started.notes.append("not_ended")
        else:
            writer.end_others()
    started.others, started.wrong, started.wrong_lines = reading.others, kept.wrong, kept.lines
    for name in ("added", "changed", "unchanged", "ended"):
        setattr(started, name, getattr(writer, name))
    _close(started, writer)


def _require_same_rules(watchlist: Watchlist, reading: Reading, writer: Writer) -> None:
    """What holds changes only would leave the rest filed by the earlier rules."""
    if reading.delta and watchlist.mark not in ("", writer.mark):
        raise BadList("other_rules")


def _tell(started: ListImport, done: int, progress: Progress | None) -> None:
    started.done, started.seen_at = done, timezone.now()
    started.save(update_fields=["done", "size", "seen_at"])
    if progress:
        progress(done, started.size)


@transaction.atomic
def _close(started: ListImport, writer: Writer) -> None:
    living = known_range(started.watchlist_id)[2]
    Watchlist.objects.filter(pk=started.watchlist_id).update(mark=writer.mark, entries=living)
    if writer.touched:
        Watchlist.objects.filter(pk=started.watchlist_id).update(
            version=F("version") + 1, changed_at=timezone.now()
        )
        counted = {"sizes": count_surnames(), "counted_at": timezone.now()}
        BucketSizes.objects.update_or_create(pk=1, defaults=counted)
    _finish(started, State.DONE)
    detail = f"added {started.added}, changed {started.changed}, ended {started.ended}, unchanged {started.unchanged}"
    record("vetting.list_taken_in", by=started.by, about=started.watchlist.slug, detail=detail)


def _finish(one: ListImport, state: ListImport.State, refusal: str = "") -> None:
    one.state, one.refusal, one.seen_at = state, refusal, timezone.now()
    one.content = one.index = None
    if state == State.DONE:
        one.done = one.size
    one.save()
