"""Whether the ledger of erasures holds all that was erased: a restore goes by the ledger alone."""

from cases.vault import ledger
from cases.vault.refusals import LedgerForged, LedgerUnusable
from cases.vault.restored import ERASED


def faults() -> dict[str, int]:
    try:
        known = {line.erasure for line in ledger.read()}
    except (LedgerForged, LedgerUnusable):
        return {"ledger": 1}
    erased = {pk for done in ERASED for pk in done()}
    return {"unledgered": len(erased - known)}
