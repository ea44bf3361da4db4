"""Three incidents that everybody can look up: the EU lists people for them in Regulation 269/2014, with reasons."""

from datetime import date
from typing import Any
from uuid import uuid4

from cases.staff.models import User
from cases.vetting.models import Unit
from cases.vetting.operations.incidents import add_incident
from cases.vetting.operations.units import add_unit

_SOURCE = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32014R0269"

# Name, number, size, name of the parent, other spellings.
UNITS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("35th Combined Arms Army", "", "army", "", ("35-я общевойсковая армия", "35 ОА")),
    (
        "64th Separate Motorised Rifle Brigade",
        "51460",
        "brigade",
        "35th Combined Arms Army",
        ("64-я отдельная мотострелковая бригада", "64 ОМСБр"),
    ),
    (
        "76th Guards Air Assault Division",
        "",
        "division",
        "",
        ("76-я гвардейская десантно-штурмовая дивизия",),
    ),
    ("234th Guards Air Assault Regiment", "", "regiment", "76th Guards Air Assault Division", ("234 дшп",)),
    ("22nd Guards Heavy Bomber Aviation Division", "", "division", "", ("22 тбад",)),
)
INCIDENTS: tuple[dict[str, Any], ...] = (
    {
        "what": "Civilians killed, raped and tortured in Bucha while Russian forces held the town",
        "kind": "several",
        "region": "Kyiv Oblast",
        "places": ["Bucha", "Буча"],
        "begins": "2022-03",
        "ends": "2022-03",
        "unit": "64th Separate Motorised Rifle Brigade",
        "source": ("Regulation (EU) No 269/2014, annex I, entries 1114 to 1155 and 2030", date(2022, 6, 3)),
    },
    {
        "what": "War crimes against civilians in Bucha and Borodianka",
        "kind": "other",
        "region": "Kyiv Oblast",
        "places": ["Bucha", "Borodianka"],
        "begins": "2022-02",
        "ends": "2022-03",
        "unit": "234th Guards Air Assault Regiment",
        "source": ("Regulation (EU) No 269/2014, annex I, entries 2025 and 2027", date(2026, 3, 16)),
    },
    {
        "what": "Missile strike on the Okhmatdyt children's hospital in Kyiv",
        "kind": "strike",
        "region": "",
        "places": ["Kyiv"],
        "begins": "2024-07",
        "ends": "2024-07",
        "unit": "22nd Guards Heavy Bomber Aviation Division",
        "source": ("Regulation (EU) No 269/2014, annex I, entries 1826 to 1853", date(2024, 12, 16)),
    },
)
_FACTS = ("what", "kind", "region", "places", "begins", "ends")


def fill_register(*, by: User) -> None:
    units: dict[str, Unit] = {}
    for name, number, kind, parent, spellings in UNITS:
        facts = {"name": name, "number": number, "kind": kind, "spellings": list(spellings)}
        units[name] = add_unit(facts=facts | {"parent": units.get(parent)}, by=by)
    for incident in INCIDENTS:
        text, dated_on = incident["source"]
        add_incident(
            id=uuid4(),
            facts={name: incident[name] for name in _FACTS} | {"country": "UA"},
            units=[units[incident["unit"]].pk],
            source={"text": text, "url": _SOURCE, "dated_on": dated_on},
            by=by,
        )
