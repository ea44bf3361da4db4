"""What a row of a file would become, before anything is saved."""

from dataclasses import dataclass, field
from datetime import date

from cases.vetting.unit_names import unit_keys


@dataclass(frozen=True)
class UnitDraft:
    """A unit as a file names it; `parent` is the name of the unit it is a part of."""

    name: str
    spellings: tuple[str, ...] = ()
    parent: str = ""

    @property
    def number(self) -> str:
        return next((key.code for key in unit_keys(self.name) if key.code), "")

    @property
    def kind(self) -> str:
        return next((key.level for key in unit_keys(self.name) if key.level), "other")


@dataclass(frozen=True)
class SourceDraft:
    text: str
    key: str
    url: str = ""
    dated_on: date | None = None


@dataclass(frozen=True)
class Draft:
    line: int
    what: str
    units: tuple[UnitDraft, ...]
    places: tuple[str, ...]
    source: SourceDraft
    kind: str = "other"
    country: str = ""
    begins: str = ""
    ends: str = ""
    # The sentence that the period was read from: whoever confirms it should see it.
    read_from: str = ""
    errors: tuple[str, ...] = field(default=())
