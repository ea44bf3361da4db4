"""The rows of the vault."""

from cases.vault.models.files import SealedFile
from cases.vault.models.marks import Mark
from cases.vault.models.safes import (
    REASON_LENGTH,
    SHORTEST_ENVELOPE,
    AccessRequest,
    Grant,
    GroupGrant,
    Keyring,
    OrganisationKey,
    Safe,
    SealedItem,
    Wrap,
)

__all__ = [
    "REASON_LENGTH",
    "SHORTEST_ENVELOPE",
    "AccessRequest",
    "Grant",
    "GroupGrant",
    "Keyring",
    "Mark",
    "OrganisationKey",
    "Safe",
    "SealedFile",
    "SealedItem",
    "Wrap",
]
