"""What each column of the files of this folder may hold."""

import re
from pathlib import Path

from cases.applicants.models import Category
from cases.documents.reference.columns import (
    NUMBER,
    REFERENCE,
    Reader,
    list_of,
    needed,
    number,
    said,
    shaped,
    yes,
)

HERE = Path(__file__).parent
FILES: dict[str, dict[str, Reader]] = {
    "checks": REFERENCE
    | {
        "code": shaped(re.compile("[A-Z][A-Z0-9_]{1,9}"), "V01"),
        "order": NUMBER,
        **{name: needed(reader) for name, reader in said("name", most=120).items()},
        **{name: needed(reader) for name, reader in said("question", "method", "flags").items()},
        "categories": list_of(Category.values),
        "needed": yes,
        "for_lawyer": yes,
        "valid_days": number,
    },
}
