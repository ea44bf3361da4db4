"""Bars, drawn by the server: places and lengths; the template writes them as SVG, with the table beside."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, BAR, TOP = 400, 38, 12, 20
# So much of the width a number after the longest bar needs.
AFTER = 56


@dataclass(frozen=True)
class Figure:
    """One row: what it is, how many, in words, and the list of these cases. `most`: a thin line beyond the bar."""

    label: str
    value: float
    said: str
    url: str = ""
    most: float = 0
    cells: Sequence[str] = ()


@dataclass(frozen=True)
class Bar:
    figure: Figure
    y: int
    length: int
    line: int

    @property
    def text_y(self) -> int:
        return self.y - 6

    @property
    def line_y(self) -> int:
        return self.y + BAR // 2

    @property
    def after(self) -> int:
        return max(self.length, self.line) + 6

    @property
    def after_y(self) -> int:
        return self.y + BAR - 2


@dataclass(frozen=True)
class Chart:
    name: str
    title: str
    heads: Sequence[str]
    figures: Sequence[Figure]
    note: str = ""

    @property
    def bars(self) -> list[Bar]:
        longest = max((max(one.value, one.most) for one in self.figures), default=0) or 1
        scale = (WIDTH - AFTER) / longest
        return [
            Bar(one, TOP + place * ROW, _length(one.value * scale, one.value), round(one.most * scale))
            for place, one in enumerate(self.figures)
        ]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return TOP + len(self.figures) * ROW - (ROW - BAR) + 4

    @property
    def bar(self) -> int:
        return BAR


def _length(length: float, value: float) -> int:
    """What is there is seen, however little beside the rest."""
    return max(round(length), 2) if value else 0
