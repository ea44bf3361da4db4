"""What a spreadsheet row becomes: a person to register, with what is wrong or doubtful about the row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Remark:
    """Something to say about a row. It never quotes the cell: a name may stand there."""

    row: int
    column: int | None
    text: str
    blocks: bool = True


@dataclass(frozen=True)
class Layout:
    """Which field each column holds, and whether the first row names the columns."""

    columns: Mapping[int, str]
    headed: bool


@dataclass(frozen=True)
class Defaults:
    """What counts where the file has no column, or an empty cell."""

    category: str = ""
    country: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Person:
    row: int
    pseudonym: str = ""
    category: str = ""
    country: str = ""
    channel: str = ""
    languages: list[str] = field(default_factory=list)
    urgency: int = 2
    last_contact: date | None = None
    needs: str = ""
    identity: Mapping[str, str | list[str]] = field(default_factory=dict, repr=False)
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)
    remarks: tuple[Remark, ...] = ()

    @property
    def good(self) -> bool:
        return not any(remark.blocks for remark in self.remarks)

    @property
    def named(self) -> bool:
        return bool(self.identity.get("name"))
