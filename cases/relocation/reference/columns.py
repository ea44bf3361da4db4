"""The columns of the file of limits."""

import re
from pathlib import Path

from cases.documents.reference.columns import COUNTRY, NUMBER, REFERENCE, Reader, shaped

HERE = Path(__file__).parent

FILES: dict[str, dict[str, Reader]] = {
    "group_limits": REFERENCE
    | {
        "country": shaped(COUNTRY, "FR"),
        "portal": shaped(re.compile(r".{1,80}"), "France-Visas"),
        "most": NUMBER,
    },
}
