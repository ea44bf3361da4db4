"""How far a long work is: two numbers in a small file of the run-time folder, which every server process can read."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from cases.staff.models import User
from cases.vault import memory


def _place(user: User, import_id: UUID) -> Path:
    return Path(settings.RUNTIME_DIR) / f"import-{user.pk}-{import_id}"


@contextmanager
def shown(user: User, import_id: UUID, total: int) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number done; afterwards nothing remains."""
    memory.folder()
    place = _place(user, import_id)

    def tell(done: int) -> None:
        place.write_text(f"{done}/{total}", encoding="ascii")

    tell(0)
    try:
        yield tell
    finally:
        place.unlink(missing_ok=True)


def state(user: User, import_id: UUID) -> dict[str, int]:
    try:
        written = _place(user, import_id).read_text(encoding="ascii")
    except FileNotFoundError:
        written = ""
    found = re.fullmatch(r"(\d+)/(\d+)", written)
    return {"done": int(found[1]), "total": int(found[2])} if found else {"done": 0, "total": 0}
