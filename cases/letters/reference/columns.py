"""The columns of the file of templates."""

from pathlib import Path

from cases.documents.reference.columns import REFERENCE, BadCell, Reader, Value, needed, one_of
from cases.letters.models import BODY, Kind, Language
from cases.letters.placeholders import wrong_in

HERE = Path(__file__).parent


def _written(most: int) -> Reader:
    def read(text: str) -> Value:
        if wrong := wrong_in(text):
            raise BadCell(f"holds {wrong}, which is no placeholder.")
        if len(text) > most:
            raise BadCell(f"has {len(text)} characters; {most} are possible.")
        return text

    return needed(read)


FILES: dict[str, dict[str, Reader]] = {
    "letter_templates": REFERENCE
    | {
        "kind": one_of(Kind.values),
        "language": one_of(Language.values),
        "heading": _written(200),
        "body": _written(BODY),
    },
}
