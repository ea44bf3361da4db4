"""The documents that lie in a person's identity safe: what they look like, whole or empty."""

from collections.abc import Mapping
from typing import Any

NAME_FIELDS = ("name", "family_name", "given_name", "patronymic", "latin_name")
IDENTITY_FIELDS = (*NAME_FIELDS, "birth_date", "birth_place")
CONTACT_FIELDS = ("phone", "handle", "email", "address", "how")


def identity_document(identity: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document to seal, every part present; {} where nothing is known."""
    known: dict[str, Any] = {name: str(identity.get(name) or "").strip() for name in IDENTITY_FIELDS}
    known["other_names"] = [
        str(name).strip() for name in identity.get("other_names") or [] if str(name).strip()
    ]
    return known if any(known.values()) else {}


def names_in(identity: Mapping[str, Any]) -> list[str]:
    """Every name of the person, as it was typed."""
    known = identity_document(identity)
    parts = [str(known.get(part, "")) for part in NAME_FIELDS]
    return [name for name in (*parts, *known.get("other_names", [])) if name]


def contact_document(contact: Mapping[str, Any]) -> dict[str, str]:
    known = {name: str(contact.get(name) or "").strip() for name in CONTACT_FIELDS}
    return known if any(known.values()) else {}
