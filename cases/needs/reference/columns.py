"""The columns of the file of kinds of needs."""

from pathlib import Path

from cases.documents.reference.columns import NUMBER, REFERENCE, Reader, needed, said

HERE = Path(__file__).parent

FILES: dict[str, dict[str, Reader]] = {
    "need_kinds": REFERENCE
    | {"order": NUMBER, **{name: needed(reader) for name, reader in said("name", most=80).items()}},
}
