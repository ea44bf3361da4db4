"""The columns of the file of towns."""

from pathlib import Path
from zoneinfo import available_timezones

from cases.documents.reference.columns import COUNTRY, NUMBER, REFERENCE, Reader, needed, one_of, said, shaped

HERE = Path(__file__).parent

FILES: dict[str, dict[str, Reader]] = {
    "places": REFERENCE
    | {
        "country": shaped(COUNTRY, "KZ"),
        "zone": one_of(sorted(available_timezones())),
        "order": NUMBER,
        **{name: needed(reader) for name, reader in said("name", most=60).items()},
    },
}
