"""Has one file looked at by a limited process, and believes nothing of what that answers."""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL, SIGXCPU
from typing import IO, Any, cast

from django.conf import settings

from cases.vault.files.kinds import Kind
from cases.vault.files.refusals import CannotLook, FileRefused, LookLater
from cases.vault.limited.limits import Seen
from cases.vault.turns import NoTurn, turn

AT_ONCE = 2
LONGEST_WAIT = 5.0
# The wall clock runs on while a slow line or a busy machine makes the process wait.
_PATIENCE = 2
_MOST_ANSWERED = 64 * 1024 * 1024
_LONGEST_HEADER = 10_000
_JPEG = b"\xff\xd8\xff"
_ROOT = Path(__file__).resolve().parents[3]
_PROGRAM = f"import sys; sys.path.append({str(_ROOT)!r}); from cases.vault.limited.inside import main; main()"
_REFUSALS = {"pixels", "pages", "password", "damaged", "heavy"}
_NOTICES = {"position", "metadata", "more", "frames", "first_pages", "script", "attachment"}

_log = logging.getLogger(__name__)
_said_unfiltered = threading.Event()


def look(kind: Kind, chunks: Iterable[bytes]) -> Seen:
    """Return the view copies of a picture or PDF. Raises `FileRefused` for what it is not, `LookLater` when busy."""
    slots = [f"look-{number}" for number in range(AT_ONCE)]
    try:
        with turn(*slots, wait=LONGEST_WAIT):
            return _looked(kind, chunks)
    except NoTurn:
        raise LookLater from None


def _looked(kind: Kind, chunks: Iterable[bytes]) -> Seen:
    process = subprocess.Popen(
        command(kind),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    killer = threading.Timer(_PATIENCE * settings.VAULT["look_seconds"], process.kill)
    killer.start()
    answer = None
    try:
        with process:
            try:
                answer = _spoken(process, chunks)
            finally:
                # A chunk that does not open, or an answer without end, leaves the process waiting.
                if answer is None or len(answer) >= _MOST_ANSWERED:
                    process.kill()
    finally:
        killer.cancel()
    if not answer:
        raise FileRefused("heavy" if -process.returncode in (SIGKILL, SIGXCPU) else "damaged")
    return _believed(answer)


def command(kind: Kind) -> list[str]:
    chosen = settings.VAULT
    limits = ("look_memory", "look_seconds", "picture_pixels", "pdf_pages", "pdf_pages_shown")
    return [sys.executable, "-I", "-B", "-c", _PROGRAM, kind.value, *(str(chosen[name]) for name in limits)]


def _spoken(process: "subprocess.Popen[bytes]", chunks: Iterable[bytes]) -> bytes:
    pipe, voice = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    ready = voice.readline(20)
    if not ready.startswith(b"ready "):
        raise CannotLook
    if ready != b"ready 1\n" and not _said_unfiltered.is_set():
        _said_unfiltered.set()
        _log.warning(
            "System calls cannot be filtered here: files are looked at behind resource limits alone."
        )
    _feed(pipe, chunks)
    return voice.read(_MOST_ANSWERED)


def _feed(pipe: IO[bytes], chunks: Iterable[bytes]) -> None:
    """Hand over the chunks; a process that ended before it read them all tells why by its answer, or the want of one."""
    try:
        for chunk in chunks:
            if not _handed_over(pipe, chunk):
                break
    finally:
        with suppress(BrokenPipeError):
            pipe.close()


def _handed_over(pipe: IO[bytes], chunk: bytes) -> bool:
    try:
        pipe.write(chunk)
    except BrokenPipeError:
        return False
    return True


def _believed(answer: bytes) -> Seen:
    """Read the answer of a process that a hostile file may have taken over."""
    length = int.from_bytes(answer[:4])
    if not 0 < length <= _LONGEST_HEADER:
        raise FileRefused("damaged")
    try:
        header: Any = json.loads(answer[4 : 4 + length])
        refused, lengths = header.get("refused"), header["lengths"]
        pages, notices = header.get("pages", 0), header.get("notices", [])
    except (ValueError, KeyError, AttributeError):
        raise FileRefused("damaged") from None
    if refused is not None:
        raise FileRefused(refused if isinstance(refused, str) and refused in _REFUSALS else "damaged")
    pictures = _cut(answer[4 + length :], lengths)
    if type(pages) is not int or not 1 <= pages <= settings.VAULT["pdf_pages"]:
        raise FileRefused("damaged")
    known = [code for code in _NOTICES if isinstance(notices, list) and code in notices]
    return Seen(pictures[0], pictures[1:], pages, sorted(known))


def _cut(rest: bytes, lengths: Any) -> list[bytes]:
    most = settings.VAULT["pdf_pages_shown"] + 1
    if not isinstance(lengths, list) or not 2 <= len(lengths) <= most:
        raise FileRefused("damaged")
    if not all(type(length) is int and length > 0 for length in lengths) or sum(lengths) != len(rest):
        raise FileRefused("damaged")
    pictures, place = [], 0
    for length in lengths:
        pictures.append(rest[place : place + length])
        place += length
    if not all(picture.startswith(_JPEG) for picture in pictures):
        raise FileRefused("damaged")
    return pictures
