"""What other slices keep of a case that does not go with its row: each says how it is erased."""

from collections.abc import Callable, Collection
from uuid import UUID

# Called inside the erasure, before the rows of the cases are deleted. Each slice appends its own in
# `AppConfig.ready()`; what hangs on a case by a key that cascades needs none.
BEFORE_ERASING: list[Callable[[Collection[UUID]], None]] = []
