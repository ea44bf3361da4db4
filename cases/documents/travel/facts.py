"""What the rules of travel are asked about: a person's papers, age, place and what stands in the way of leaving."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Whether a paper can be shown at a border, and where it is if not."""

    HELD = "held"
    COPY = "copy"
    LOST = "lost"
    ARMY = "army"
    SEIZED = "seized"
    EXPIRED = "expired"
    APPLIED = "applied"
    REFUSED = "refused"


@dataclass(frozen=True)
class Paper:
    """One document of one person. `type` is a code of the catalogue; `issuer` and every country are ISO 3166 alpha-2."""

    id: str
    type: str
    issuer: str
    status: Status = Status.HELD
    issued: date | None = None
    expires: date | None = None
    blank_pages: int | None = None
    chip: bool | None = None
    # For a visa, a laissez-passer or an emergency document: the country it was issued to enter; "" where unknown.
    destination: str = ""


@dataclass(frozen=True)
class Born:
    """The first and the last day on which a person can have been born; the same day where it is known exactly.

    None stands for an open end: of somebody of 45 or more only the latest day is known.
    """

    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class Traveller:
    """One person. `None` for `overstay` and `barred` says that nobody knows."""

    key: str
    papers: tuple[Paper, ...]
    born: Born | None
    place: str = ""
    entered: date | None = None
    overstay: bool | None = None
    barred: bool | None = None
