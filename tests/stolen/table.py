"""The numbers of one attack, and the table of all of them."""

from dataclasses import dataclass

HEADS = ("Attack", "Tried", "Opened", "Of", "May open", "Planted: opened", "")


@dataclass(frozen=True)
class Number:
    """`opened` of `of` by the attack, which may open `allowed`. `planted`: what it opens with the defence taken away,
    and what it then has to open, so that an attack that could open nothing anyway proves nothing."""

    attack: str
    tried: int
    opened: int
    of: int
    allowed: int
    planted: int
    wanted: int
    remark: str = ""

    @property
    def right(self) -> bool:
        return self.opened == self.allowed and self.planted == self.wanted > 0

    def row(self):
        numbers = (self.tried, self.opened, self.of, self.allowed)
        planted = f"{self.planted:,} of {self.wanted:,}"
        return (self.attack, *(f"{it:,}" for it in numbers), planted, "" if self.right else "WRONG")


def table(numbers):
    """As Markdown, so that it can be put into docs/security-tests.md as it is."""
    lines = [HEADS, *(number.row() for number in numbers)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rows = [
        "| " + " | ".join(_aligned(place, cell, widths[place]) for place, cell in enumerate(line)) + " |"
        for line in lines
    ]
    rule = ["-" * width if place == 0 else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return "\n".join([rows[0], "|" + "|".join(f" {it} " for it in rule) + "|", *rows[1:]])


def _aligned(place, cell, width):
    return cell.rjust(width) if place else cell.ljust(width)
