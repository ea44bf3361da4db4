"""What the vault does, one function a verb. The other slices know these and the queries, and no key."""

from cases.vault.operations.access import (
    answer_request,
    ask_access,
    confirm_key,
    give_access,
    renew_access,
    revoke_access,
)
from cases.vault.operations.finding import take_back
from cases.vault.operations.keys import (
    SetUp,
    change_passphrase,
    lock,
    new_sheet,
    restore_with_sheet,
    set_up,
    start_over,
    unlock,
)
from cases.vault.operations.opening import open_item, open_quietly, search
from cases.vault.operations.safes import NewSafe, make_safes, seal

__all__ = [
    "NewSafe",
    "SetUp",
    "answer_request",
    "ask_access",
    "change_passphrase",
    "confirm_key",
    "give_access",
    "lock",
    "make_safes",
    "new_sheet",
    "open_item",
    "open_quietly",
    "renew_access",
    "restore_with_sheet",
    "revoke_access",
    "seal",
    "search",
    "set_up",
    "start_over",
    "take_back",
    "unlock",
]
