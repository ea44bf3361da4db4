"""What a hit on which published list means, as a file of reference data."""

import re
from collections.abc import Mapping
from pathlib import Path

from cases.documents.reference.columns import REFERENCE, Reader, needed, shaped

HERE = Path(__file__).parent
KINDS = re.compile("obstacle|risk|lead")
LISTS: Mapping[str, Mapping[str, Reader]] = {
    "list_kinds": REFERENCE
    | {
        "dataset": shaped(re.compile("[a-z0-9_]{2,80}"), "eu_fsf"),
        "title": needed(lambda text: text[:200]),
        "kind": shaped(KINDS, "obstacle, risk or lead"),
    }
}
