"""What other slices do when somebody leaves a team, is let in no more or again: staff knows no keys and no cases.

Each appends its own in `AppConfig.ready()`; it is called inside the operation, and `by` is None at the terminal.
"""

from collections.abc import Callable

from cases.staff.models import Freeze, Team, User

AFTER_LEAVING: list[Callable[[Team, User, User | None], None]] = []
# What somebody still holds, in sentences that name nobody: said before the account is closed.
HOLDINGS: list[Callable[[User], list[str]]] = []
AFTER_REOPENING: list[Callable[[User, User], None]] = []
# The door was shut to somebody who is logged in perhaps.
AFTER_BARRING: list[Callable[[User], None]] = []
AFTER_FREEZING: list[Callable[[Freeze], None]] = []
# What a frozen colleague's devices hold is in other hands.
AFTER_LOSS: list[Callable[[User, User], None]] = []
