"""An upload whose server is killed at five points goes on, and ends as if nothing had happened."""

import os
import signal
import warnings

import pytest
from django.db import connections

from cases.audit.models import Entry
from cases.vault import operations
from cases.vault.files import chunks, storage
from cases.vault.models import SealedFile
from cases.vault.operations import files
from tests.vault.files import made
from tests.vault.files.sending import SECRET, begin, parts, send

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CONTENT = made.large_picture()
PARTS = parts(CONTENT)


def die(*arguments, **more):
    os.kill(os.getpid(), signal.SIGKILL)


def dies_at(turn, real):
    """Let `real` do its work until its turn comes, and be killed then."""
    calls = iter(range(1, turn + 1))
    return lambda *arguments, **more: die() if next(calls) == turn else real(*arguments, **more)


def add(file, index, by):
    return operations.add_chunk(file=file, index=index, data=PARTS[index], secret=SECRET, by=by)


def before_the_beginning_is_kept(safe, by):
    files.seal = die
    begin(safe, CONTENT, by)


def in_the_middle_of_a_chunk(safe, by):
    file = add(begin(safe, CONTENT, by), 0, by)
    storage.os.fsync = die
    add(file, 1, by)


def between_two_chunks(safe, by):
    add(begin(safe, CONTENT, by), 0, by)
    die()


def while_it_is_finished(safe, by):
    chunks.write_all = dies_at(2, chunks.write_all)
    send(safe, CONTENT, by)


def after_the_end_before_the_answer(safe, by):
    send(safe, CONTENT, by)
    die()


POINTS = {
    before_the_beginning_is_kept: ("", 0, 0),
    in_the_middle_of_a_chunk: ("uploading", 1, 2),
    between_two_chunks: ("uploading", 1, 1),
    while_it_is_finished: ("uploading", len(PARTS), len(PARTS) + 1),
    after_the_end_before_the_answer: ("whole", len(PARTS), None),
}


def in_a_process_that_is_killed(act, *arguments):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        # Connections of its own; those of the parent are kept alive, for closing them would end them for both.
        kept = [connections[alias].connection for alias in connections]
        for alias in connections:
            connections[alias].connection = None
        try:
            act(*arguments)
        finally:
            os._exit(len(kept))
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"it was not killed: {status}"
    assert os.WTERMSIG(status) == signal.SIGKILL


def state(safe):
    file = SealedFile.objects.filter(safe=safe, of=None).first()
    return (file.state, file.received) if file else ("", 0)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.__name__)
def test_killed_and_taken_up_again(point, safe, team, stored):
    left_state, received, objects = POINTS[point]
    in_a_process_that_is_killed(point, safe, team.ana)

    assert state(safe) == (left_state, received)
    assert objects is None or len(stored()) == objects

    # The page asks to finish again where it had no answer, and begins again everywhere else.
    done = SealedFile.objects.filter(of=None, state="whole").first()
    file = (
        operations.finish_upload(file=done, secret=SECRET, by=team.ana)
        if done
        else send(safe, CONTENT, team.ana)
    )
    opened = operations.read_file(file=file, reason="x", unlocked=team.of(team.ana), by=team.ana)

    assert b"".join(opened.content()) == CONTENT
    assert (file.state, file.kind, file.notices) == ("whole", "jpeg", ["metadata", "position"])
    assert [copy.purpose for copy in file.copies.order_by("purpose")] == ["thumbnail", "view"]
    assert len(opened.views()) == 1
    assert SealedFile.objects.filter(of=None).count() == 1
    assert len(stored()) == sum(one.chunks for one in SealedFile.objects.all())
    assert Entry.objects.filter(action="vault.file_sealed", about=str(safe.pk)).count() == 1
