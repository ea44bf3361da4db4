"""The places where a name must not be. Each counts what was searched and found, and proves itself with plants."""

from dataclasses import dataclass, field

from tests.canary.scanner import BETWEEN, raw_streams
from tests.canary.spellings import ALL, planted
from tests.canary.tokens import CYRILLIC

TOGETHER = 1 << 20


@dataclass
class Sink:
    """What was searched of one kind of place. `binary` takes any bytes, `lines` more than one line."""

    name: str
    binary: bool = True
    lines: bool = True
    places: int = 0
    size: int = 0
    leaks: list = field(default_factory=list)
    planted: int = 0
    missed: list = field(default_factory=list)
    remark: str = ""

    def row(self):
        found = self.planted - len(self.missed)
        remark = self.remark or ("" if self.places else "the program sends nothing of the kind")
        return (self.name, self.places, self.size, len(self.leaks), f"{found} of {self.planted}", remark)


class Search:
    """All sinks of one run, and the scanner that they share."""

    def __init__(self, scanner):
        self.scanner = scanner
        self.sinks = {}
        self.waiting, self.waiting_size = [], 0

    def sink(self, name):
        return self.sinks.setdefault(name, Sink(name))

    def look(self, name, where, data, *, allowed=frozenset()):
        """Search one place; tokens in `allowed` may be there. Returns all that was found."""
        sink = self.sink(name)
        sink.places += 1
        sink.size += len(data)
        found = self.scanner.find(data)
        for token in sorted(set(found) - set(allowed)):
            whose = self.scanner.tokens.get(token, "nobody")
            sink.leaks.append(f"{where}: {whose}, as {', '.join(sorted(found[token]))}")
        return found

    def look_later(self, name, where, data):
        """Search many small places in one go: reading them one by one takes ten times as long."""
        self.waiting.append((name, where, data))
        self.waiting_size += len(data)
        if self.waiting_size > TOGETHER:
            self.look_now()

    def look_now(self):
        waiting, self.waiting, self.waiting_size = self.waiting, [], 0
        together = BETWEEN.join(data for _name, _where, data in waiting)
        suspicious = self.scanner.find(together) or any(
            self.scanner.find(inner) for _name, _where, data in waiting for _way, inner in raw_streams(data)
        )
        for name, where, data in waiting:
            if suspicious:
                self.look(name, where, data)
            else:
                self.sink(name).places += 1
                self.sink(name).size += len(data)

    def take(self, sinks):
        """Add what another search of the same kind counted and found."""
        for name, other in sinks.items():
            sink = self.sink(name)
            sink.places, sink.size = sink.places + other.places, sink.size + other.size
            sink.leaks += other.leaks

    def plants(self, name, *, binary=True, lines=True):
        """What to plant in a sink that takes any bytes, or text, or one line of it: one of each spelling."""
        sink = self.sink(name)
        sink.binary, sink.lines = binary, lines
        words = sorted(token for token in self.scanner.tokens if token.startswith(CYRILLIC))
        return [
            (spelling, token, planted(token, spelling, binary=sink.binary, lines=sink.lines))
            for spelling, token in zip(ALL, words, strict=False)
        ]

    def prove(self, name, plants, places):
        """The plants lie in these places now: each must be found."""
        found = {}
        for data in places:
            found |= self.scanner.find(data)
        sink = self.sink(name)
        for spelling, token, _content in plants:
            sink.planted += 1
            if token not in found:
                sink.missed.append(spelling)

    @property
    def leaks(self):
        return [f"{sink.name}: {leak}" for sink in self.sinks.values() for leak in sink.leaks]

    @property
    def missed(self):
        unproven = [f"{sink.name}: nothing was planted" for sink in self.sinks.values() if not sink.planted]
        return unproven + [
            f"{sink.name}: plant not found: {spelling}"
            for sink in self.sinks.values()
            for spelling in sink.missed
        ]

    def table(self):
        lines = [("Sink", "Places", "Bytes", "Finds", "Plants found", "")]
        lines += [tuple(_written(cell) for cell in sink.row()) for sink in self.sinks.values()]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(
                cell.rjust(width) if 0 < place < 4 else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        )


def _written(cell):
    return f"{cell:,}" if isinstance(cell, int) else cell
