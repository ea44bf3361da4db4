"""The columns of the files of question frames, and what a question must name."""

import re
from pathlib import Path

from cases.documents.reference.columns import NUMBER, REFERENCE, SLUG, Reader, needed, said, shaped
from cases.documents.reference.files import BadFile, Tables

HERE = Path(__file__).parent
CHECK = re.compile(r"V\d\d")

FILES: dict[str, dict[str, Reader]] = {
    "interview_frames": REFERENCE
    | {"version": NUMBER, **{name: needed(reader) for name, reader in said("name", most=120).items()}},
    "interview_questions": REFERENCE
    | {
        "frame": shaped(SLUG, "service-first-1"),
        "check_code": shaped(CHECK, "V03"),
        "order": NUMBER,
        **{name: needed(reader) for name, reader in said("text").items()},
    },
}


def check_frames(folder: Path, tables: Tables) -> None:
    """Refuse a question of a frame that does not stand in the other file."""
    frames = {row["key"] for row in tables["interview_frames"]}
    for row in tables["interview_questions"]:
        if row["frame"] not in frames:
            what = f'"{row["frame"]}" is no key in interview_frames.csv.'
            raise BadFile(folder / "interview_questions.csv", what, line=row["line"], column="frame")
