"""Two things in turn, again and again: a machine with other work beside it is slow for both."""

from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Turns:
    """The medians of both, and the median of the ratios turn by turn."""

    ours: float
    limit: float
    ratio: float


def turns_of(pairs):
    ours, limit = zip(*pairs, strict=True)
    return Turns(median(ours), median(limit), median(one / other for one, other in pairs))


def in_turn(ours, limit, rounds):
    """After one turn that does not count, which fills what there is to be filled."""
    ours(), limit()
    pairs = []
    for number in range(rounds):
        # A B, B A, A B: whatever gets slower by the minute is slower for both.
        first, second = (ours, limit) if number % 2 == 0 else (limit, ours)
        times = seconds(first), seconds(second)
        pairs.append(times if first is ours else times[::-1])
    return turns_of(pairs)


def seconds(do):
    start = perf_counter()
    do()
    return perf_counter() - start
