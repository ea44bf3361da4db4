"""Panels of the case page. A higher slice registers its own in `AppConfig.ready()`; the page fetches each from its URL.

A line of the case header is too short to be fetched: its slice hands over a function instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from cases.applicants.models import Applicant
from cases.staff.models import User
from cases.staff.roles import Permission


@dataclass(frozen=True)
class Panel:
    """`url_name` answers a fragment and takes the id of the case; it has a door and a scope of its own."""

    slug: str
    title: Promise
    permission: Permission
    url_name: str
    place: Literal["tab", "side"] = "tab"
    order: int = 50


PANELS: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    PANELS[panel.slug] = panel


def panels_for(user: User, place: str) -> list[Panel]:
    seen = [panel for panel in PANELS.values() if panel.place == place and user.may(panel.permission)]
    return sorted(seen, key=lambda panel: (panel.order, panel.slug))


def find_panel(user: User, slug: str) -> Panel | None:
    panel = PANELS.get(slug)
    return panel if panel and panel.place == "tab" and user.may(panel.permission) else None


@dataclass(frozen=True)
class HeaderLine:
    """`read` answers in the reader's language, "" where there is nothing to say; `panel` is the tab that says more."""

    title: Promise
    permission: Permission
    read: Callable[[Applicant], str]
    panel: str


HEADER_LINES: dict[str, HeaderLine] = {}


def register_header_line(line: HeaderLine) -> None:
    HEADER_LINES[line.panel] = line


@dataclass(frozen=True)
class SaidLine:
    title: str
    text: str
    panel: str


def header_lines(user: User, applicant: Applicant) -> list[SaidLine]:
    lines = [line for line in HEADER_LINES.values() if user.may(line.permission)]
    said = [SaidLine(str(line.title), line.read(applicant), line.panel) for line in lines]
    return [line for line in said if line.text]
