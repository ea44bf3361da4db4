"""The rows of the vault."""

from cases.vault.models.files import SealedFile
from cases.vault.models.marks import Mark
from cases.vault.models.officers import DutyLayer, DutyOfficer, DutyRequest, OfficerPair
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
    "DutyLayer",
    "DutyOfficer",
    "DutyRequest",
    "Grant",
    "GroupGrant",
    "Keyring",
    "Mark",
    "OfficerPair",
    "OrganisationKey",
    "Safe",
    "SealedFile",
    "SealedItem",
    "Wrap",
]
