"""Units and incidents for the tests, made by the operations that people use."""

import csv
import io

from cases.staff.models import random_id
from cases.vetting.operations.incidents import add_incident
from cases.vetting.operations.units import add_unit

ADDRESS = "https://example.org/report"
LISTING = [
    "celex",
    "record_id",
    "schema",
    "name",
    "alias",
    "birth_date",
    "position",
    "listed",
    "units",
    "places",
    "reason",
]
OWN = ["unit", "parent", "spellings", "place", "country", "from", "to", "what", "source", "url"]
BRIGADE = "64th Separate Motorised Rifle Brigade"
ARMY = "35th Combined Arms Army"


def make_unit(by, name=BRIGADE, **facts):
    return add_unit(facts={"name": name, "kind": "brigade"} | facts, by=by)


def make_incident(by, *units, source="A report", **facts):
    known = {"what": "Looting of houses", "kind": "looting", "country": "UA", "places": ["Bucha"]}
    known |= {"begins": "2022-03", "ends": "2022-03"} | facts
    return add_incident(
        id=random_id(),
        facts=known,
        units=[unit.pk for unit in units],
        source={"text": source, "url": ADDRESS},
        by=by,
    )


def entry(number, **cells):
    """An entry of a listing about somebody who does not exist."""
    row = {
        "celex": "32014R0269",
        "record_id": str(number),
        "schema": "Person",
        "name": "Zorian Ilych VYDUMSKY",
        "alias": "Зориан Ильич ВЫДУМСКИЙ",
        "listed": "3.6.2022",
        "units": f"{ARMY}; {BRIGADE}",
        "places": "Bucha",
        "position": f"Colonel of the {BRIGADE} of the {ARMY}",
        "reason": f"Colonel Zorian Vydumsky is a commander of the {BRIGADE} of the {ARMY}, which looted houses in Bucha.",
    }
    return row | cells


def row(**cells):
    return {
        "unit": BRIGADE,
        "place": "Bucha",
        "from": "3.2022",
        "what": "Looting",
        "source": "A report",
    } | cells


def as_csv(rows, headings):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
