"""The list as CSV, against a bare COPY of the same columns; and what it holds in memory meanwhile."""

import threading
import time
from contextlib import contextmanager

import psycopg

from tests.bench.client import Refused
from tests.bench.stopwatch import in_turn
from tests.bench.table import Row, ratio_row

CSV = "/cases/export.csv?state=all"
COPY = """
COPY (
    SELECT a.pseudonym, a.urgency, a.stage, a.stage_since, a.country, a.category, a.age_band, a.languages, a.channel,
        o.full_name, t.name, (SELECT min(d.due_at) FROM applicants_deadline d
            WHERE d.applicant_id = a.id AND d.met_at IS NULL), a.last_contact_on, a.created_at, a.id
    FROM applicants_applicant a LEFT JOIN staff_user o ON o.id = a.owner_id LEFT JOIN staff_team t ON t.id = a.team_id
    ORDER BY a.created_at DESC, a.id
) TO STDOUT WITH (FORMAT csv)
"""
SAMPLE = 0.01
MOST = 30


def csv(places, rounds):
    """CSV through the web server"""
    place = places["middle"]
    browser = place.browser("all")
    if browser.ask(CSV).count(b"\n") != place.cases + 1:
        raise Refused("the file does not hold every case")
    with psycopg.connect(place.database) as line:
        turns = in_turn(lambda: browser.ask(CSV), lambda: copied(line), rounds)
    what = f"CSV of {place.cases:,} rows through the web server"
    yield ratio_row(what, 2, turns, "COPY … TO STDOUT of the same columns")


def memory(places, rounds):
    """Memory of that export"""
    place = places["largest"]
    browser = place.browser("all")
    # Each of the two processes has then answered once, and holds what it holds for ever.
    for _turn in range(4):
        place.browser("all").ask("/cases/export.csv?urgency=4&category=child&state=all")
    with watched(place) as most:
        browser.ask(CSV)
    said = f"{most[0] / 2**20:.1f} MB"
    what = f"Memory of the export at {place.cases:,} rows"
    yield Row(what, f"at most {MOST} MB above idle", said, most[0] <= MOST * 2**20)


def copied(line):
    with line.cursor() as cursor, cursor.copy(COPY) as copy:
        return sum(len(row) for row in copy)


@contextmanager
def watched(place):
    """What the processes of the server held above their idle state, at most, added up."""
    idle, most, ended = place.memory(), [0], threading.Event()

    def watch():
        while not ended.wait(SAMPLE):
            now = place.memory()
            most[0] = max(most[0], sum(now.values()) - sum(idle.values()))

    watching = threading.Thread(target=watch)
    watching.start()
    time.sleep(SAMPLE)
    yield most
    ended.set()
    watching.join()
