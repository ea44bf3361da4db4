"""What a search opened, kept for the next one: in memory, sealed under the root of who searched, until the lock.

With the root alone all of it can be opened again; so this gives away nothing more, and spares the opening.
"""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from cases.vault import memory
from cases.vault.envelope import derive, info, open_under, seal_under
from cases.vault.refusals import DoesNotOpen

if TYPE_CHECKING:
    from cases.vault.unlock import Unlocked

# The folder is in memory, and others need some of it too.
MOST_BYTES = 16 * 2**20

Contents = dict[UUID, dict[str, Any]]


def recall(unlocked: "Unlocked") -> Contents:
    """Return by item what was opened since `unlocked` began; nothing where another unlock left something behind."""
    try:
        sealed = _path(unlocked.user_id).read_bytes()
        content = open_under(_key(unlocked), info("recalled"), sealed)
    except (FileNotFoundError, DoesNotOpen):
        return {}
    return {UUID(pk): document for pk, document in json.loads(content).items()}


def keep(contents: Mapping[UUID, Mapping[str, Any]], unlocked: "Unlocked") -> None:
    content = json.dumps(
        {str(pk): document for pk, document in contents.items()}, ensure_ascii=False
    ).encode()
    if len(content) > MOST_BYTES:
        return
    path = _path(unlocked.user_id)
    fresh = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    memory.write(fresh, seal_under(_key(unlocked), info("recalled"), content))
    fresh.replace(path)


def forget(user_id: int) -> None:
    _path(user_id).unlink(missing_ok=True)


def _path(user_id: int) -> Path:
    return Path(settings.RUNTIME_DIR) / f"recalled-{user_id}"


def _key(unlocked: "Unlocked") -> bytes:
    """Another with each unlock and each start of the machine."""
    begun = info("recalled", unlocked.user_id, repr(unlocked.since))
    return derive(unlocked.root, begun, memory.boot_key())
