"""The columns of the files of asylum law: which law holds when, and which deadlines it sets."""

from pathlib import Path

from cases.asylum.models import AGAIN, REGIMES, DeadlineKind, DeadlineRule, StepKind, Track
from cases.documents.reference.columns import REFERENCE, Reader, number, one_of, said

HERE = Path(__file__).parent
LAWS = [code for code, _said in REGIMES]


def or_empty(reader: Reader) -> Reader:
    return lambda text: reader(text) if text else ""


FILES: dict[str, dict[str, Reader]] = {
    "asylum_laws": REFERENCE | {"regime": one_of(LAWS)},
    "asylum_deadlines": REFERENCE
    | {
        "kind": one_of(DeadlineKind.values),
        "regime": one_of(LAWS),
        "track": or_empty(one_of([*Track.values, AGAIN])),
        "counts_from": one_of(StepKind.values),
        "number": number,
        "unit": or_empty(one_of(DeadlineRule.Units.values)),
        "at_rest": one_of(DeadlineRule.Rest.values),
        **said("note"),
    },
}
