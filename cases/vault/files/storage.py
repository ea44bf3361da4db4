import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class Folder(FileSystemStorage):
    """A folder of the state directory, for nobody else on the machine.

    What is stored is really on the disk before anybody is told that it is there, and is there whole or not at all.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_overwrite=True)
        self._folder = options.get("location")

    @property
    def base_location(self) -> str:
        return str(self._folder or Path(settings.VAR_DIR) / "files")

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        for folder in (Path(self.location), path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            for part in content.chunks():
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        settle(path.parent)
        return name

    def delete(self, name: str) -> None:
        """Remove a file, and its folder with the last one."""
        path = Path(self.path(name))
        path.unlink(missing_ok=True)
        if path.parent != Path(self.location) and path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()


def settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
