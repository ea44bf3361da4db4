from cases.audit.operations import record
from cases.staff.models import User
from cases.vault.moment import one_moment
from cases.vault.soundness import Finding, check


def check_vault(*, by: User | None) -> list[Finding]:
    """Look for faults and record what was found: codes and numbers, never of whom."""
    with one_moment():
        findings = list(check())
    detail = ", ".join(f"{finding.code} {finding.count}" for finding in findings)
    record("vault.found_faulty" if findings else "vault.found_whole", by=by, detail=detail)
    return findings
