"""Whether the vault is as the program left it: every fault with the number of places where it was met."""

from cases.vault.soundness.findings import Finding, check

__all__ = ["Finding", "check"]
