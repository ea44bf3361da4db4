"""What is done once a backup is restored and before anybody is served: what was erased since is erased again."""

from collections.abc import Callable

AFTER_RESTORE: list[Callable[[], None]] = []
