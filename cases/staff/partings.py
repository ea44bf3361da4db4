"""What other slices do when somebody leaves a team or a closed account is opened again: staff knows no keys.

Each appends its own in `AppConfig.ready()`; it is called inside the operation, and `by` is None at the terminal.
"""

from collections.abc import Callable

from cases.staff.models import Team, User

AFTER_LEAVING: list[Callable[[Team, User, User | None], None]] = []
AFTER_REOPENING: list[Callable[[User, User], None]] = []
