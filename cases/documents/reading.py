"""Reading the sealed half of a paper. Never inside a transaction: the vault records the opening first."""

from collections.abc import Mapping
from typing import Any

from cases.documents.models import Document
from cases.names.leaks import Kind, Secret
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.queries import item_of
from cases.vault.refusals import NotUnlocked
from cases.vault.unlock import Unlocked


def read_sealed(*, document: Document, reason: str, unlocked: Unlocked | None, by: User) -> dict[str, Any]:
    """Open number, authority and the rest with a reason; {} where nothing was sealed."""
    if unlocked is None:
        raise NotUnlocked
    item = item_of(document.applicant.identity_safe, document.sealed_kind)
    return {} if item is None else vault.open_item(item=item, reason=reason, unlocked=unlocked, by=by)


def known_of_paper(content: Mapping[str, Any], about: str) -> list[Secret]:
    """What of a paper must not stand in clear: its number, and the name as it is printed there."""
    printed = " ".join(str(content.get(name) or "") for name in ("surname", "given_names")).strip()
    number = str(content.get("number") or "")
    return [Secret(Kind.NUMBER, number, about), *([Secret(Kind.NAME, printed, about)] if printed else [])]
