"""The rows of the vault."""

from cases.vault.models.budget import CountedPerson, MoreOpenings
from cases.vault.models.files import LeftFile, SealedFile
from cases.vault.models.interviews import OpenInterview
from cases.vault.models.marks import Mark
from cases.vault.models.officers import DutyLayer, DutyOfficer, DutyRequest, OfficerPair
from cases.vault.models.passkeys import VaultPasskey
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
    "CountedPerson",
    "DutyLayer",
    "DutyOfficer",
    "DutyRequest",
    "Grant",
    "GroupGrant",
    "Keyring",
    "LeftFile",
    "Mark",
    "MoreOpenings",
    "OfficerPair",
    "OpenInterview",
    "OrganisationKey",
    "Safe",
    "SealedFile",
    "SealedItem",
    "VaultPasskey",
    "Wrap",
]
