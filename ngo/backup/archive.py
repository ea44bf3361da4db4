"""What lies inside a backup: a tar file, so that `age --decrypt | tar x` is a way back without this program.

The length of the dump is known only when it has ended, and nothing is written in clear meanwhile: so it lies there in
pieces, `database/00000000` and so on, which follow one another.
"""

import hashlib
import tarfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO

from ngo.backup import BackupError

PIECE = 4 << 20
MANIFEST = "manifest.json"
_MODE = 0o600


@dataclass
class Part:
    """What was written of one part: its members, their bytes, and a hash over names and contents in order."""

    members: int = 0
    size: int = 0
    sha256: str = ""


@dataclass
class Tally:
    """Counts what goes by, on the way in and on the way out."""

    parts: dict[str, Part] = field(default_factory=dict)
    _hashes: dict[str, "hashlib._Hash"] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> None:
        top = name.partition("/")[0]
        part, whole = self.parts.setdefault(top, Part()), self._hashes.setdefault(top, hashlib.sha256())
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
        part.members, part.size, part.sha256 = part.members + 1, part.size + len(content), whole.hexdigest()

    def as_dict(self) -> dict[str, dict[str, int | str]]:
        return {name: asdict(part) for name, part in sorted(self.parts.items())}


def member(name: str, content: bytes) -> bytes:
    head = tarfile.TarInfo(name)
    head.size, head.mode, head.mtime = len(content), _MODE, int(time.time())
    return head.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % tarfile.BLOCKSIZE)


def end() -> bytes:
    return bytes(2 * tarfile.BLOCKSIZE)


def in_pieces(name: str, stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    number = 0
    while piece := stream.read(PIECE):
        yield f"{name}/{number:08d}", piece
        number += 1


def members(stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each member; none is larger than a piece, whatever the file says."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for head in archive:
                content = archive.extractfile(head)
                if not head.isreg() or head.size > PIECE or content is None:
                    raise BackupError("This is no backup of this program: it holds what a backup never does.")
                yield head.name, content.read()
    except tarfile.TarError:
        raise BackupError("This is no backup of this program.") from None


def joined(pieces: Iterable[tuple[str, bytes]], tally: Tally) -> Iterator[bytes]:
    """Write members one after the other, counting them."""
    for name, content in pieces:
        tally.add(name, content)
        yield member(name, content)
