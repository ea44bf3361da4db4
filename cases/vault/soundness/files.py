"""Whether the parts of each sealed file lie in the storage."""

from django.core.files.storage import storages

from cases.vault.files import chunks
from cases.vault.models import SealedFile


def faults() -> dict[str, int]:
    whole = SealedFile.objects.filter(state=SealedFile.State.WHOLE)
    return {"files": sum(not _is_there(file) for file in whole.iterator(chunk_size=2000))}


def _is_there(file: SealedFile) -> bool:
    storage = storages["sealed"]
    for index in range(file.chunks):
        name = chunks.name_of(file, index)
        if not storage.exists(name) or storage.size(name) != chunks.sealed_length_of(file, index):
            return False
    return True
