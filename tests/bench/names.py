"""Names: looking for one among all that somebody can open, and taking thousands in."""

import csv
import io
import json
import re
from uuid import uuid4

from tests.bench.client import Refused
from tests.bench.invented import FAMILIES, identity
from tests.bench.stopwatch import in_turn, seconds, turns_of
from tests.bench.table import Row, ratio_row

FIND = "/cases/find/"


def search(places, rounds):
    """Search by name"""
    place = places["sealed"]
    browser = place.browser("keeper")
    opened = json.loads(browser.ask("/bench/decrypt/"))["opened"]
    if opened < place.held or b"Egret" not in browser.send(FIND, q=FAMILIES[3]):
        raise Refused("the search does not find what is there")
    first, second = [], []
    for number in range(rounds):
        browser.ask("/bench/unlock/")
        bare = seconds(lambda: browser.ask("/bench/decrypt/"))
        first.append((seconds(lambda name=FAMILIES[number]: browser.send(FIND, q=name)), bare))
        # Another name: nothing is answered from what was found before.
        second.append((seconds(lambda name=FAMILIES[number + 1]: browser.send(FIND, q=name)), bare))
    what = f"Search by name over {opened:,} identities"
    loop = "the bare decrypting loop"
    yield ratio_row(f"{what}: the first after an unlock", 1.5, turns_of(first), loop)
    turns = turns_of(second)
    seen = f"{turns.ours:.2f} s"
    yield Row(f"{what}: the second", "at most 0.5 s", seen, turns.ours <= 0.5)


def imports(places, rounds):
    """Import with names"""
    place = places["sealed"]
    browser, number = place.browser("keeper"), 2 * place.held
    rest = min(rounds, 3)
    turns = in_turn(
        lambda: take_in(browser, place, number), lambda: browser.ask(f"/bench/seal/{number}/"), rest
    )
    yield ratio_row(f"Import of {number:,} rows with names", 2, turns, "the bare sealing loop", unit=1)


def take_in(browser, place, number):
    """The last step of an import: the file is sent again, read, checked and taken in."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["name", "birth date", "category", "channel", "country"])
    for row in range(number):
        person = identity(row)
        rows.writerow([person["name"], person["birth_date"], "contract", "signal", "KZ"])
    fields = {
        "id": uuid4(),
        "step": "columns",
        "team": place.keepers,
        "category": "",
        "country": "",
        "channel": "",
    }
    content = out.getvalue().encode()
    asked = browser.send_file("/cases/import/", "people.csv", content, fields).decode()
    digest = re.search(r'name="digest" value="(\w+)"', asked)[1]
    columns = ("name", "birth_date", "category", "channel", "country")
    fields |= {f"column-{place}": code for place, code in enumerate(columns)}
    fields |= {"digest": digest, "headed": "on", "which": "all", "step": "take"}
    answer = browser.send_file("/cases/import/", "people.csv", content, fields).decode()
    if f"{number:,}" not in answer and str(number) not in answer:
        raise Refused("the rows were not taken in")
