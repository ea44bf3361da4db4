"""Watches where bytes go while a file is sent: every opening for writing, and every folder, again and again."""

import os
import sys
import threading
import time
from contextlib import contextmanager

_listening = []
_WRITING = os.O_WRONLY | os.O_RDWR


def _hear(event, arguments):
    if event != "open" or not _listening:
        return
    path, _mode, flags = arguments
    if isinstance(flags, int) and flags & _WRITING and not isinstance(path, int):
        for opened in _listening:
            opened.add(os.fsdecode(path))


sys.addaudithook(_hear)


def samples(content):
    """Pieces of a content that would be known again anywhere: from each of its parts, and long enough to be its own."""
    step = max(len(content) // 40, 1)
    return [content[place : place + 40] for place in range(0, len(content) - 40, step)]


def holding(pieces, *folders):
    """The files in which any of the pieces stands."""
    found = set()
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                held = path.read_bytes() if path.is_file() else b""
            except FileNotFoundError:
                continue
            if any(piece in held for piece in pieces):
                found.add(path)
    return found


class Watch:
    def __init__(self, pieces, folders):
        self.pieces, self.folders = pieces, folders
        self.written, self.found, self.rounds = set(), set(), 0

    def look(self):
        self.found |= holding(self.pieces, *self.folders)
        self.rounds += 1


@contextmanager
def watched(content, *folders):
    """Look through the folders without a pause until the block ends, and once more then."""
    watch, ended = Watch(samples(content), folders), threading.Event()

    def run():
        while not ended.is_set():
            watch.look()
            time.sleep(0.002)

    thread = threading.Thread(target=run)
    thread.start()
    _listening.append(watch.written)
    try:
        yield watch
    finally:
        _listening.remove(watch.written)
        ended.set()
        thread.join()
        watch.look()
