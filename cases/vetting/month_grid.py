"""The months of a service, and what does not fit together in them. Pure: it knows periods and days, no case.

A month is a number, so that months can be counted: `month_of` and `first_of` lead there and back.
Dates may be vague (see spans.py). What is called sure holds whatever they mean.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, groupby, pairwise

from cases.vetting.spans import first_day, last_day

# How something may be written: each spelling is the set of its words.
Spellings = frozenset[frozenset[str]]
CALLED_UP, LEFT, CHARGED = "called_up", "left", "charged"


@dataclass(frozen=True)
class Period:
    key: str
    account: str
    begins: str = ""
    ends: str = ""
    unit_number: str = ""
    unit_names: Spellings = frozenset()
    place: Spellings = frozenset()
    branch: str = ""


@dataclass(frozen=True)
class Event:
    key: str
    account: str
    what: str
    on: str = ""


@dataclass(frozen=True, order=True)
class Gap:
    first: int
    last: int
    account: str


@dataclass(frozen=True, order=True)
class Overlap:
    first: int
    last: int
    account: str
    keys: tuple[str, str]


@dataclass(frozen=True, order=True)
class Contradiction:
    """`what` is unit, place or branch, or one of the codes of service_events.py; `keys` belong to `accounts`, in turn."""

    first: int
    last: int
    what: str
    accounts: tuple[str, str]
    keys: tuple[str, str]
    sure: bool = True


@dataclass(frozen=True)
class Cover:
    """The months that a period may cover, and those in which it has a day in any case."""

    period: Period
    perhaps: frozenset[int]
    surely: frozenset[int]


@dataclass(frozen=True)
class Row:
    account: str
    perhaps: frozenset[int] = frozenset()
    surely: frozenset[int] = frozenset()
    # From here to there every month is covered or in a gap; empty where the account has no dated period.
    reach: range = range(0)


@dataclass(frozen=True)
class Grid:
    months: range
    rows: list[Row]
    gaps: list[Gap]
    overlaps: list[Overlap]
    differences: list[Contradiction] = field(default_factory=list)


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def month_grid(periods: Iterable[Period], events: Iterable[Event], accounts: Sequence[str]) -> Grid:
    """Lay the periods of all accounts into one grid. Accounts that stand side by side are compared."""
    known = sorted(periods, key=lambda one: (first_day(one.begins) or date.max, one.key))
    dated = sorted((one for one in events if one.what != CHARGED), key=lambda one: one.key)
    months = _months(known, dated)
    covers = {name: [_cover(one, months) for one in known if one.account == name] for name in accounts}
    rows = [_row(name, covers[name], [one for one in dated if one.account == name]) for name in accounts]
    differences = [
        found for one, other in pairwise(accounts) for found in _differences(covers[one], covers[other])
    ]
    overlaps = [found for name in accounts for found in _overlaps(covers[name])]
    gaps = [found for row in rows for found in _gaps(row)]
    return Grid(months, rows, sorted(gaps), sorted(overlaps), sorted(differences))


def _months(periods: Iterable[Period], events: Iterable[Event]) -> range:
    dated = [(one.begins or one.ends, one.ends or one.begins) for one in periods]
    dated += [(one.on, one.on) for one in events]
    firsts = [month_of(day) for begins, _ends in dated if (day := first_day(begins))]
    lasts = [month_of(day) for _begins, ends in dated if (day := last_day(ends))]
    return range(min(firsts), max(lasts) + 1) if firsts else range(0)


def _cover(period: Period, months: range) -> Cover:
    begins, ends = _reading(period.begins), _reading(period.ends)
    if not begins and not ends:
        # Without any date it may have been at any time, which tells nothing about a month.
        return Cover(period, frozenset(), frozenset())
    first = begins[0] if begins else months.start
    last = ends[-1] if ends else months.stop - 1
    perhaps = frozenset(range(first, last + 1))
    surely = {only for one in (begins, ends) if len(one) == 1 for only in one}
    if begins and ends:
        surely |= set(range(begins[-1], ends[0] + 1))
    return Cover(period, perhaps, perhaps & surely)


def _reading(written: str) -> range:
    """The months that a written date can mean."""
    first, last = first_day(written), last_day(written)
    return range(month_of(first), month_of(last) + 1) if first and last else range(0)


def _row(account: str, covers: Sequence[Cover], events: Iterable[Event]) -> Row:
    perhaps = frozenset().union(*(one.perhaps for one in covers))
    surely = frozenset().union(*(one.surely for one in covers))
    if not perhaps:
        return Row(account)
    first, last = min(perhaps), max(perhaps)
    for event in events:
        # Somebody serves from the month after the call-up at the latest, until the month before leaving.
        if event.what == CALLED_UP and (day := last_day(event.on)):
            first = min(first, month_of(day) + 1)
        if event.what == LEFT and (day := first_day(event.on)):
            last = max(last, month_of(day) - 1)
    return Row(account, perhaps, surely, range(first, last + 1))


def _gaps(row: Row) -> Iterator[Gap]:
    for first, last in runs(set(row.reach) - row.perhaps):
        yield Gap(first, last, row.account)


def runs(months: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Months that follow one another, as first and last."""
    for _offset, group in groupby(enumerate(sorted(months)), key=lambda pair: pair[1] - pair[0]):
        run = [month for _place, month in group]
        yield run[0], run[-1]


def _overlaps(covers: Sequence[Cover]) -> Iterator[Overlap]:
    for one, other in combinations(covers, 2):
        if days := surely_at_once(one.period, other.period):
            keys = (one.period.key, other.period.key)
            yield Overlap(month_of(days[0]), month_of(days[1]), one.period.account, keys)


def surely_at_once(one: Period, other: Period) -> tuple[date, date] | None:
    """The days that both have in any case. The day on which one ends and the other begins is a handover."""
    begins, ends = (
        [last_day(one.begins), last_day(other.begins)],
        [first_day(one.ends), first_day(other.ends)],
    )
    known = [day for day in begins + ends if day]
    if len(known) < 4:
        return None
    begin, end = max(known[:2]), min(known[2:])
    single = any(first == last for first, last in zip(begins, ends, strict=True))
    return (begin, end) if begin < end or (begin == end and single) else None


def _differences(ones: Sequence[Cover], others: Sequence[Cover]) -> Iterator[Contradiction]:
    for what in ("unit", "place", "branch"):
        pairs = [(one, other) for one in ones for other in others if differs(what, one.period, other.period)]
        sure = {
            (one.period, other.period): days
            for one, other in pairs
            if (days := surely_at_once(one.period, other.period))
        }
        for (here, there), days in sure.items():
            yield _difference(what, here, there, month_of(days[0]), month_of(days[1]), sure=True)
        for one, other in pairs:
            if (one.period, other.period) in sure or not one.perhaps & other.perhaps:
                continue
            if _hands_over(one, other):
                continue
            for first, last in runs(_disputed(what, one.perhaps & other.perhaps, ones, others)):
                yield _difference(what, one.period, other.period, first, last, sure=False)


def _difference(what: str, one: Period, other: Period, first: int, last: int, *, sure: bool) -> Contradiction:
    return Contradiction(first, last, what, (one.account, other.account), (one.key, other.key), sure)


def _disputed(
    what: str, months: Iterable[int], ones: Iterable[Cover], others: Iterable[Cover]
) -> Iterator[int]:
    """The months in which each period of one account contradicts each of the other: no reading of the dates helps."""
    for month in months:
        here = [one.period for one in ones if month in one.perhaps]
        there = [other.period for other in others if month in other.perhaps]
        if all(differs(what, one, other) for one in here for other in there):
            yield month


def _hands_over(one: Cover, other: Cover) -> bool:
    """Whether the only month both may have is the one in which one of them ends and the other begins."""
    earlier, later = sorted((one, other), key=lambda cover: (min(cover.perhaps), max(cover.perhaps)))
    common = earlier.perhaps & later.perhaps
    longer = min(earlier.perhaps) < min(common) or max(later.perhaps) > max(common)
    return len(common) == 1 and longer and max(earlier.perhaps) == min(later.perhaps)


def differs(what: str, one: Period, other: Period) -> bool:
    """Whether both say something about it, and not the same."""
    if what == "branch":
        return bool(one.branch and other.branch) and one.branch != other.branch
    if what == "place":
        return _disagree(one.place, other.place)
    if one.unit_number and other.unit_number:
        return one.unit_number != other.unit_number
    return _disagree(one.unit_names, other.unit_names)


def _disagree(one: Spellings, other: Spellings) -> bool:
    """“Bucha” and “Bucha, Kyiv region” agree: the words of one are among those of the other."""
    agree = any(left <= right or right <= left for left in one for right in other)
    return bool(one and other) and not agree
