"""What the vault does, one function a verb. The other slices know these and the queries, and no key."""

from cases.vault.operations.access import (
    answer_request,
    ask_access,
    confirm_key,
    drop_request,
    give_access,
    limit_access,
    renew_access,
    revoke_access,
    suspend_access,
)
from cases.vault.operations.budget import answer_more, ask_more
from cases.vault.operations.checking import check_vault
from cases.vault.operations.duty import approve_duty, ask_duty, name_officers, refuse_duty
from cases.vault.operations.erasing import Erased, erase_safes
from cases.vault.operations.files import NewFile, abandon_upload, add_chunk, begin_upload
from cases.vault.operations.finding import take_back
from cases.vault.operations.finished_files import finish_upload
from cases.vault.operations.interviews import begin_interview, end_interview
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
from cases.vault.operations.opened_files import OpenedFile, read_file, read_thumbnails
from cases.vault.operations.opening import open_item, open_quietly, open_to_hand_over, search
from cases.vault.operations.passkeys import add_passkey, remove_passkey, unlock_with_passkey
from cases.vault.operations.recovery import recover_colleague, recover_safes
from cases.vault.operations.rekeying import rekey, rekey_step
from cases.vault.operations.safes import NewSafe, make_safes, seal

__all__ = [
    "Erased",
    "NewFile",
    "NewSafe",
    "OpenedFile",
    "SetUp",
    "abandon_upload",
    "add_chunk",
    "add_passkey",
    "answer_more",
    "answer_request",
    "approve_duty",
    "ask_access",
    "ask_duty",
    "ask_more",
    "begin_interview",
    "begin_upload",
    "change_passphrase",
    "check_vault",
    "confirm_key",
    "drop_request",
    "end_interview",
    "erase_safes",
    "finish_upload",
    "give_access",
    "limit_access",
    "lock",
    "make_safes",
    "name_officers",
    "new_sheet",
    "open_item",
    "open_quietly",
    "open_to_hand_over",
    "read_file",
    "read_thumbnails",
    "recover_colleague",
    "recover_safes",
    "refuse_duty",
    "rekey",
    "rekey_step",
    "remove_passkey",
    "renew_access",
    "restore_with_sheet",
    "revoke_access",
    "seal",
    "search",
    "set_up",
    "start_over",
    "suspend_access",
    "take_back",
    "unlock",
    "unlock_with_passkey",
]
