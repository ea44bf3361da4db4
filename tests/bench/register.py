"""The list of cases: its questions to the database, the page, its growth, and every filter."""

import json
from urllib.parse import urlencode

from tests.bench.client import Refused
from tests.bench.stopwatch import in_turn, turns_of
from tests.bench.table import Row, ratio_row

LIST = "/cases/"
FILTERS = {
    "state": ("all", "closed"),
    "stage": ("contact", "phase-vetting"),
    "urgency": ("4",),
    "attention": ("overdue", "thin"),
    "category": ("contract",),
    "country": ("KZ",),
    "age": ("20-44", "14"),
    "language": ("hy",),
    "owner": ("null",),
    "team": ("1",),
    "travel": ("FR", "KG"),
    "holds": ("RU_INT",),
    "lacks": ("RU_INT",),
    "expires_before": ("2027-06-01",),
    "sort": ("pseudonym", "stage", "owner", "-last_contact", "next_deadline"),
}
# One that stands in many notes, one in none, and two that must stand in the same case.
WORDS = ("passport", "nowhere", "passport врач")


def sql(places, rounds):
    """Register page of 50: time in the database"""
    place = places["largest"]
    answer = json.loads(place.browser("many").ask(f"/bench/sql/?rounds={rounds}"))
    if not answer["same"]:
        raise Refused("the list and the statement written by hand find different cases")
    few = json.loads(place.browser("few").ask(f"/bench/sql/?rounds={rounds}"))
    more = f"for who sees few: {_said(turns_of(few['turns']))}"
    yield ratio_row(sql.__doc__, 2, turns_of(answer["turns"]), "the same filter written by hand", more=[more])


def page(places, rounds):
    """Register page of 50: through the web server"""
    browser = places["largest"].browser("many")
    turns = in_turn(lambda: browser.ask(LIST), lambda: browser.ask("/bench/page/"), rounds)
    yield ratio_row(page.__doc__, 1.5, turns, "the same template without permissions")


def growth(places, rounds):
    """Register page of 50: from the fewest cases to the most"""
    grown, more = [], []
    for who in ("many", "few"):
        small, large = (places[name].browser(who) for name in ("smallest", "largest"))
        turns = in_turn(lambda here=large: here.ask(LIST), lambda here=small: here.ask(LIST), rounds)
        grown.append(turns.ratio)
        more.append(f"who sees {who}: {_said(turns)}")
    seen = " and ".join(f"{ratio:.2f} x" for ratio in grown)
    yield Row(growth.__doc__, "grows at most 1.5 x, for both people", seen, max(grown) <= 1.5, more)


def filters(places, rounds):
    """Register page of 50: each filter, and the words"""
    browser = places["largest"].browser("many")
    asked = {
        f"{name}={value}": _filtered(browser, name, value) for name in FILTERS for value in FILTERS[name]
    }
    asked |= {f"words: {words}": _searched(browser, words) for words in WORDS}
    found = {}
    for name, ask in asked.items():
        try:
            found[name] = in_turn(ask, lambda: browser.ask(LIST), rounds)
        except Refused as refusal:
            if not name.startswith("words") or ": 404" not in str(refusal):
                raise
    worst = max(found, key=lambda name: found[name].ratio)
    over = sum(turns.ratio > 3 for turns in found.values())
    seen = f"{found[worst].ratio:.2f} x the slowest ({worst}); {over} of {len(found)} above"
    slowest = sorted(found.items(), key=lambda one: -one[1].ratio)
    yield Row(
        filters.__doc__,
        "at most 3 x the unfiltered page",
        seen,
        not over,
        [f"`{name}`: {_said(turns)}" for name, turns in slowest],
    )


def _filtered(browser, name, value):
    return lambda: browser.ask(f"{LIST}?{urlencode({name: value})}")


def _searched(browser, words):
    return lambda: browser.send("/cases/search/", words=words)


def _said(turns):
    return f"{turns.ratio:.2f} x ({turns.ours * 1000:,.1f} ms, {turns.limit * 1000:,.1f} ms)"
