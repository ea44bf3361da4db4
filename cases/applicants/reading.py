"""Reading what lies in a person's identity safe. Never inside a transaction: the vault records the opening first."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.queries import item_of
from cases.vault.refusals import NotGranted, NotUnlocked
from cases.vault.unlock import Unlocked


def read_identity(
    *, applicant: Applicant, reason: str, unlocked: Unlocked | None, by: User
) -> dict[str, Any]:
    """Open the name with a reason; {} where none was sealed."""
    item = item_of(applicant.identity_safe, "identity")
    if unlocked is None:
        raise NotUnlocked
    if item is None:
        return {}
    return vault.open_item(item=item, reason=reason, unlocked=unlocked, by=by)


def read_contact(*, applicant: Applicant, unlocked: Unlocked | None, by: User) -> dict[str, Any]:
    """Open the contact card, for which nobody has to say why; one audit row a day. {} where none was sealed."""
    item = item_of(applicant.identity_safe, "contact")
    if unlocked is None:
        raise NotUnlocked
    if item is None:
        return {}
    found = vault.open_quietly(
        items=[item], purpose=f"contact of {applicant.pseudonym}", unlocked=unlocked, by=by, once_a_day=True
    )
    if item.pk not in found:
        raise NotGranted
    return found[item.pk]


def identity_lines(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is shown of an opened identity: a label and a text each, without the empty ones."""
    born = ".".join(reversed(str(document.get("birth_date", "")).split("-")))
    lines = [
        (_("Name"), document.get("name")),
        (_("In Latin letters"), document.get("latin_name")),
        (_("Other names"), ", ".join(document.get("other_names") or [])),
        (_("Born"), ", ".join(filter(None, [born, document.get("birth_place")]))),
    ]
    return [(label, str(text)) for label, text in lines if text]
