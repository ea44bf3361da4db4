"""Days of a service that cannot all be right: called up, left, charged. Pure, and sure or not said at all."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from cases.vetting.month_grid import CALLED_UP, CHARGED, LEFT, Contradiction, Event, Period, month_of
from cases.vetting.spans import first_day, last_day

LEFT_BEFORE_END = "left_before_end"
LEFT_DIFFERS = "left_differs"
CHARGED_BEFORE_LEFT = "charged_before_left"
CALLED_UP_LATE = "called_up_late"


def contradictions(
    periods: Iterable[Period], events: Iterable[Event], accounts: Sequence[str]
) -> list[Contradiction]:
    """What cannot be, within one account and between two that stand side by side."""
    dated = sorted((one for one in events if first_day(one.on)), key=lambda one: one.key)
    known = sorted(periods, key=lambda one: one.key)
    within = [found for pair in _pairs(accounts) for found in _between(pair, known, dated)]
    beside = [found for pair in pairwise(accounts) for found in _left_otherwise(pair, dated)]
    return sorted(within + beside)


def _pairs(accounts: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for place, one in enumerate(accounts)
        for other in accounts[max(0, place - 1) : place + 2]
    ]


def _between(pair: tuple[str, str], periods: list[Period], events: list[Event]) -> Iterator[Contradiction]:
    one, other = pair
    left = [event for event in events if (event.account, event.what) == (one, LEFT)]
    called = [event for event in events if (event.account, event.what) == (one, CALLED_UP)]
    served = [period for period in periods if period.account == other]
    if left:
        last = max(left, key=lambda event: (_late(event), event.key))
        yield from _outlasting(pair, last, served)
        charged = [event for event in events if (event.account, event.what) == (other, CHARGED)]
        yield from _charged_before(pair, min(left, key=lambda event: (_early(event), event.key)), charged)
    if called:
        yield from _served_before(pair, min(called, key=lambda event: (_early(event), event.key)), served)


def _outlasting(pair: tuple[str, str], left: Event, served: Iterable[Period]) -> Iterator[Contradiction]:
    for period in served:
        still = first_day(period.ends) or first_day(period.begins)
        if still and _late(left) < still:
            yield _found(LEFT_BEFORE_END, pair, (left.key, period.key), _late(left), still)


def _charged_before(pair: tuple[str, str], left: Event, charged: Iterable[Event]) -> Iterator[Contradiction]:
    for charge in charged:
        if _late(charge) < _early(left):
            yield _found(CHARGED_BEFORE_LEFT, pair, (left.key, charge.key), _late(charge), _early(left))


def _left_otherwise(pair: tuple[str, str], events: Iterable[Event]) -> Iterator[Contradiction]:
    ours, theirs = ([one for one in events if (one.account, one.what) == (name, LEFT)] for name in pair)
    apart = all(_late(one) < _early(two) or _late(two) < _early(one) for one in ours for two in theirs)
    if ours and theirs and apart:
        one, two = (max(both, key=lambda event: (_late(event), event.key)) for both in (ours, theirs))
        yield _found(LEFT_DIFFERS, pair, (one.key, two.key), *sorted((_early(one), _early(two))))


def _served_before(pair: tuple[str, str], called: Event, served: Iterable[Period]) -> Iterator[Contradiction]:
    for period in served:
        begun = last_day(period.begins) or last_day(period.ends)
        if begun and begun < _early(called):
            yield _found(CALLED_UP_LATE, pair, (called.key, period.key), begun, _early(called))


def _found(
    what: str, accounts: tuple[str, str], keys: tuple[str, str], first: date, last: date
) -> Contradiction:
    return Contradiction(month_of(first), month_of(last), what, accounts, keys)


def _early(event: Event) -> date:
    return first_day(event.on) or date.max


def _late(event: Event) -> date:
    return last_day(event.on) or date.min
