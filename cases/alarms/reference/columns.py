"""The columns of the file of protocols."""

from pathlib import Path

from cases.alarms.models import AlarmKind
from cases.documents.reference.columns import NUMBER, REFERENCE, Reader, needed, one_of, said

HERE = Path(__file__).parent

FILES: dict[str, dict[str, Reader]] = {
    "alarm_steps": REFERENCE
    | {
        "alarm": one_of(AlarmKind.values),
        "order": NUMBER,
        "hours": NUMBER,
        **{name: needed(reader) for name, reader in said("title", most=200).items()},
    },
}
