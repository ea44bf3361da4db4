"""Reading what lies in a person's identity safe. Never inside a transaction: the vault records the opening first."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.applicants.models import Applicant, SealedNote
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.interviews import reason_within
from cases.vault.models import Safe
from cases.vault.queries import grant_for, item_of
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


def read_account(
    *, applicant: Applicant, reason: str, unlocked: Unlocked | None, by: User
) -> list[tuple[SealedNote, str]]:
    """Open all that was told into the account, with one reason and one row in the log; what does not open is left out.

    In an interview with the person no reason is needed.
    """
    if unlocked is None:
        raise NotUnlocked
    why = reason.strip() or reason_within(applicant.account_safe, unlocked, by)
    grant_for(by, applicant.account_safe)
    notes = {note.kind_of_item: note for note in applicant.sealed_notes.select_related("by")}
    items = list(applicant.account_safe.items.filter(kind__in=notes).select_related("safe"))
    purpose = f"account of {applicant.pseudonym}: {why}"
    opened = vault.open_quietly(items=items, purpose=purpose, unlocked=unlocked, by=by, counted=True)
    texts = {item.kind: str(opened[item.pk]["text"]) for item in items if item.pk in opened}
    return [(note, texts[kind]) for kind, note in notes.items() if kind in texts]


def sealed_version(safe: Safe, kind: str) -> int:
    """How often a document of this kind was sealed; 0 where it never was."""
    item = item_of(safe, kind)
    return item.version if item else 0


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
