"""The page of the lists: each list as one line of what a colleague should see."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.vetting.models import ListImport, Watchlist
from cases.vetting.queries.watchlists import UNDER_WAY, is_silent
from cases.vetting.screening.problems import line_said, said

# Imports that are told of each list, the newest first.
SHOWN = 5


@dataclass(frozen=True)
class Told:
    """One import: what it did, and what is to be said of its file."""

    one: ListImport
    notes: list[str]
    wrong: list[str]
    refusal: str

    @property
    def is_under_way(self) -> bool:
        return self.one.state in UNDER_WAY and not is_silent(self.one)


@dataclass(frozen=True)
class Line:
    watchlist: Watchlist
    imports: list[Told]

    @property
    def under_way(self) -> Told | None:
        return next((told for told in self.imports if told.is_under_way), None)


def lines(watchlists: Iterable[Watchlist]) -> list[Line]:
    return [Line(one, [tell(run) for run in list(one.imports.all())[:SHOWN]]) for one in watchlists]


def tell(one: ListImport) -> Told:
    code = "interrupted" if is_silent(one) else one.refusal
    return Told(
        one,
        [said(note) for note in one.notes],
        [line_said(line, problem) for line, problem in one.wrong_lines],
        said(code) if code else "",
    )
