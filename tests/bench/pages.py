"""The case page, whose questions do not grow with the case, and a simple page with eight people at once."""

import re
from concurrent.futures import ThreadPoolExecutor

from tests.bench.stopwatch import seconds, turns_of
from tests.bench.table import Row

CLIENTS, EACH = 8, 25
SIMPLE = "/cases/find/"


def case(places, rounds):
    """Case page: number of queries"""
    place = places["sealed"]
    browser, asked = place.browser("keeper"), []
    for one in place.opened:
        browser.ask(f"/cases/{one}/")
        asked.append(browser.queries)
    few, many = asked
    seen = f"{few} for a case with little, {many} for one with sixty notes, a household of eleven, twenty colleagues"
    yield Row(case.__doc__, "constant", seen, few == many)


def clients(places, rounds):
    """Simple page, 8 clients"""
    place = places["smallest"]
    browsers = [place.browser("few") for _client in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:

        def together(address):
            return CLIENTS * EACH / seconds(lambda: list(pool.map(lambda one: _each(one, address), browsers)))

        together(SIMPLE), together("/bench/bare/")
        rates = turns_of([(together(SIMPLE), together("/bench/bare/")) for _round in range(rounds)])
    seen = f"{rates.ratio:.2f} x: {rates.ours:.0f} pages a second (bare view {rates.limit:.0f})"
    yield Row(
        clients.__doc__, "at least 0.8 x a bare Django view on the same server", seen, rates.ratio >= 0.8
    )


def _each(browser, address):
    for _time in range(EACH):
        browser.ask(address)


def travel(places, rounds):
    """Where thousands of people can travel to"""
    number = min(10_000, places["middle"].cases)
    said = places["sealed"].run("manage.py", "bench_travel", "--people", str(number)).strip()
    ratio = int(re.search(r"(\d+) times", said)[1])
    yield Row(
        travel.__doc__,
        "none: said for comparison",
        f"{ratio} x a bare loop over papers and destinations",
        True,
        [said],
    )
