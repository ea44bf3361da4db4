"""The columns of the file of times of keeping."""

from pathlib import Path

from cases.documents.reference.columns import REFERENCE, Reader, number, one_of, said
from cases.retention.models import RecordClass

HERE = Path(__file__).parent

FILES: dict[str, dict[str, Reader]] = {
    "retention_rules": REFERENCE
    | {
        "record_class": one_of(RecordClass.values),
        "days": number,
        "most_days": number,
        **said("note"),
    },
}
