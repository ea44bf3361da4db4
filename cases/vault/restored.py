"""What is done once a backup is restored and before anybody is served: what was erased since is erased again."""

from collections.abc import Callable, Collection
from uuid import UUID

AFTER_RESTORE: list[Callable[[], None]] = []
# The erasures that were carried out, as the slice that asked for them knows them: each is to stand in the ledger.
ERASED: list[Callable[[], Collection[UUID]]] = []
