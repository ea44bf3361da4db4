"""The age format, so that the public `age` program opens a backup too. Both ways run in bounded memory."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeAlias, cast

import pyrage

from ngo.backup import BackupError

Recipient: TypeAlias = pyrage.x25519.Recipient
Identity: TypeAlias = pyrage.x25519.Identity


def recipient(text: str) -> Recipient:
    try:
        return Recipient.from_str(text)
    except pyrage.RecipientError:
        raise BackupError(
            f"{text[:12]}… is no public age key: one looks like age1 and 58 more letters."
        ) from None


def identities(path: Path) -> list[Identity]:
    """Read a file as `age-keygen` writes it: one private key a line, remarks behind #."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="ascii").splitlines()]
        found = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise BackupError(f"{path} holds no private age key (a line that begins with AGE-SECRET-KEY-1).")
    return found


def encrypt(pieces: Iterator[bytes], sink: BinaryIO, recipients: list[Recipient]) -> None:
    source = _Pulled(pieces)
    try:
        pyrage.encrypt_io(cast(Any, source), cast(Any, sink), recipients)
    except (pyrage.EncryptError, OSError):
        # What went wrong while the pieces were made is the reason; the library only repeats it.
        if source.failure is not None:
            raise source.failure from None
        raise


@contextmanager
def decrypted(path: Path, keys: list[Identity]) -> Iterator[IO[bytes]]:
    """Yield the content as a stream. Only a block that leaves without `BackupError` has seen all of it, unchanged."""
    reading, writing = os.pipe()
    failures: list[Exception] = []
    worker = threading.Thread(target=_decrypt, args=(path, keys, writing, failures), daemon=True)
    worker.start()
    try:
        with os.fdopen(reading, "rb") as stream:
            yield stream
            # What follows the end of the archive is read as well: it may be there that it was cut.
            while stream.read(1 << 20):
                pass
    finally:
        worker.join()
        if failures and not isinstance(failures[0], BrokenPipeError):
            raise _sentence(path, failures[0]) from None


def _decrypt(path: Path, keys: list[Identity], writing: int, failures: list[Exception]) -> None:
    try:
        with os.fdopen(writing, "wb") as sink, path.open("rb") as source:
            pyrage.decrypt_io(source, sink, keys)
    except (pyrage.DecryptError, OSError) as error:
        failures.append(error)


def _sentence(path: Path, error: Exception) -> BackupError:
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return BackupError(f"{path} cannot be read.")
    if "matching" in str(error):
        return BackupError(f"This private key does not open {path.name}: it was made for other keys.")
    return BackupError(f"{path.name} is no whole backup: it was cut, changed, or is something else.")


class _Pulled:
    """A file that makes its content when it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except Exception as error:  # raised again by `encrypt`, on this side of the library
            self.failure = error
            raise
        size = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)
