"""The chunks of a file: each sealed on its own, bound to its file, its place and to being the last one or not."""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from cases.vault.envelope import OVERHEAD, derive, info, open_under, seal_under
from cases.vault.models import SealedFile
from cases.vault.refusals import DoesNotOpen

CHUNK_BYTES = SealedFile.CHUNK_BYTES


def write(file: SealedFile, index: int, data: bytes, key: bytes) -> None:
    """Seal one chunk and store it, in place of what an interrupted try may have left."""
    sealed = seal_under(key, _about(file, index), data)
    _storage().save(name_of(file, index), ContentFile(sealed))


def write_all(file: SealedFile, content: bytes, key: bytes) -> None:
    for index in range(file.chunks):
        write(file, index, content[index * CHUNK_BYTES : (index + 1) * CHUNK_BYTES], key)


def read(file: SealedFile, key: bytes) -> Iterator[bytes]:
    """Open the chunks one after the other; any that is missing, changed or moved here is `DoesNotOpen`."""
    storage = _storage()
    for index in range(file.chunks):
        try:
            with storage.open(name_of(file, index)) as stored:
                sealed = stored.read()
        except FileNotFoundError:
            raise DoesNotOpen from None
        data = open_under(key, _about(file, index), sealed)
        if len(data) != length_of(file, index):
            raise DoesNotOpen
        yield data


def length_of(file: SealedFile, index: int) -> int:
    return min(CHUNK_BYTES, file.size - index * CHUNK_BYTES)


def sealed_length_of(file: SealedFile, index: int) -> int:
    return length_of(file, index) + OVERHEAD


def key_of_copy(key: bytes, copy: SealedFile) -> bytes:
    """Bound to what it is a copy of, and to which page."""
    return derive(key, info("copy", copy.pk, copy.purpose, copy.page))


def remove_copies(file: SealedFile) -> None:
    """Remove everything beside the chunks of the original: what a killed process left of its view copies."""
    _remove(file, keep={_last_part(file, index) for index in range(file.chunks)})


def remove_all(file: SealedFile) -> None:
    _remove(file, keep=set())


def _remove(file: SealedFile, keep: set[str]) -> None:
    storage = _storage()
    try:
        _folders, names = storage.listdir(file.pk.hex)
    except FileNotFoundError:
        return
    for name in names:
        if name not in keep:
            storage.delete(f"{file.pk.hex}/{name}")


def _about(file: SealedFile, index: int) -> bytes:
    return info("chunk", file.pk, index, int(index == file.chunks - 1))


def name_of(file: SealedFile, index: int) -> str:
    """Copies lie beside their original, under names that tell nothing."""
    return f"{(file.of_id or file.pk).hex}/{_last_part(file, index)}"


def _last_part(file: SealedFile, index: int) -> str:
    return f"{file.pk.hex}-{index}"


def _storage() -> Storage:
    return storages["sealed"]
