"""Ten thousand open deadlines against a hundred, and a group of two hundred people against one of a hundred."""

import json

from tests.bench.stopwatch import in_turn
from tests.bench.table import Row

# Each case has one open deadline.
FEW, MANY = 100, 10_000
HALF, WHOLE = 100, 200
GOAL = "at most 1.5 x the same with 100"
# Pages with as many rows in either; {last} is the last page of the list.
LISTS = {
    "the desk": "/",
    "my cases": "/deadlines/",
    "all that I see": "/deadlines/?show=team",
    "the last page of it": "/deadlines/?show=team&page={last}",
    "of one kind": "/deadlines/?show=team&kind=applicants.intake",
}


def deadlines(places, rounds):
    """Pages with deadlines: 10,000 open against 100"""
    found = {}
    for name, address in LISTS.items():
        few, many = (_page(places[place], address) for place in ("hundred", "ten thousand"))
        found[name] = in_turn(many, few, rounds)
    yield _row(deadlines.__doc__, found)


def group(places, rounds):
    """Page of a group: 200 people against 100"""
    place = places["ten thousand"]
    said = place.run("-m", "tests.bench.grouping", str(HALF), str(WHOLE))
    few, many = (f"/groups/{one}/" for one in json.loads(said.splitlines()[-1]))
    yield _row(group.__doc__, {"its first page": in_turn(_page(place, many), _page(place, few), rounds)})


def _page(place, address):
    browser, asked = place.browser("many"), address.format(last=place.cases // 50)
    return lambda: browser.ask(asked)


def _row(what, found):
    worst = max(found, key=lambda name: found[name].ratio)
    said = [f"{name}: {_said(turns)}" for name, turns in sorted(found.items(), key=lambda one: -one[1].ratio)]
    seen = said[0] if len(said) == 1 else f"{found[worst].ratio:.2f} x the slowest ({worst})"
    return Row(what, GOAL, seen, found[worst].ratio <= 1.5, said if len(said) > 1 else [])


def _said(turns):
    return f"{turns.ratio:.2f} x ({turns.ours * 1000:,.1f} ms, {turns.limit * 1000:,.1f} ms)"
