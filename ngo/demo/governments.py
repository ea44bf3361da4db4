"""More than a year of talks with two governments that exist, with officials and words that are invented."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from cases.relocation.models import Contact, Government
from cases.relocation.operations.governments import add_contact, add_government, step_done, write_talk
from cases.staff.models import User, random_id

GOVERNMENTS = (
    {
        "country": "FR",
        "kind": "ministry",
        "name": "Ministère de l’Europe et des Affaires étrangères",
        "channel": "portal",
        "language": "fr",
        "asks_for": "One list by pseudonym first, names only to the desk officer and encrypted.\nOf each person: papers held, where they are, who vouches, who takes them in.\nFrench or English; dates as day, month, year.",
    },
    {
        "country": "DE",
        "kind": "ministry",
        "name": "Auswärtiges Amt",
        "channel": "email",
        "language": "de",
        "asks_for": "Single cases only, each with the reason why Germany.",
    },
)
# government, name, role
OFFICIALS = (
    (0, "Mme Exemple-Duval", "desk officer, Russia and Central Asia"),
    (0, "M. Modèle", "adviser to the director"),
    (1, "Frau Muster", "desk officer"),
)
# government, official, days ago or on that day, kind, said, promised, next step, who (None: they), due in days, done
TALKS = (
    (0, 1, "2025-09-16", "meeting", "First meeting, one hour, in their house. They know the six from the press and ask who vouches for them.", "A named desk officer within a month.", "Name a desk officer", None, -150, True),
    (0, 0, "2025-10-14", "call", "Introduced herself. Wants no names before a decision in principle; a list by pseudonym is fine.", "", "Send the list of six by pseudonym", "ana", -130, True),
    (0, 0, "2025-12-01", "letter", "Handed in the six by their upload page.", "", "", None, None, False),
    (0, 0, "2026-01-20", "call", "The first of the six may come. The others are looked at one by one.", "An answer for each of the others.", "", None, None, False),
    (0, 0, 148, "call", "There are ten more in Kazakhstan. She wants to see the list of them by pseudonym, too.", "", "Send the list of the next ten by pseudonym", "ana", -130, True),
    (0, 0, 131, "letter", "Sent the list of the next ten by their upload page.", "", "", None, None, False),
    (0, 0, 96, "call", "She has read it. Asks how the partners prove that they belong together, and what we do without a certificate.", "An answer after the summer.", "Write half a page on declared partnership", "claire", -80, True),
    (0, 1, 61, "meeting", "At a reception, ten minutes. The interior ministry hesitates because of the vetting; he asks for our method on two pages.", "He takes it to the interior ministry himself.", "Send the method of the vetting", "viktor", -50, True),
    (0, 0, 24, "call", "Decision in principle is near. Laissez-passer for those without a passport is thinkable, one journey.", "She tells us which consulate.", "Say which consulate issues the laissez-passer", None, -3, False),
    (0, 0, 5, "letter", "Asks for the state of the papers of each person before the end of the month.", "", "Send the table of papers", "claire", 6, False),
    (1, 2, 70, "call", "No groups. A single case with a tie to Germany may be looked at.", "", "", None, None, False),
    (1, 2, 12, "letter", "Asked again, for the two with relatives in Berlin.", "", "Ask for an answer", "ana", 9, False),
)  # fmt: skip


def talk_with_governments(people: Mapping[str, User]) -> list[Government]:
    ana, today = people["ana"], timezone.localdate()
    made = [add_government(id=random_id(), facts=facts, by=ana) for facts in GOVERNMENTS]
    officials = [_official(made[place], name, role, ana) for place, name, role in OFFICIALS]
    for place, official, ago, kind, said, promised, step, who, due, is_done in TALKS:
        facts = {
            "kind": kind,
            "held_on": date.fromisoformat(ago) if isinstance(ago, str) else today - timedelta(days=ago),
            "contact": officials[official],
            "said": said,
            "promised": promised,
            "next_step": step,
            "next_by": people[who] if who else None,
            "next_until": None if due is None else today + timedelta(days=due),
        }
        talk = write_talk(id=random_id(), government=made[place], facts=facts, by=ana)
        if is_done:
            step_done(talk=talk, by=ana)
    return made


def _official(government: Government, name: str, role: str, by: User) -> Contact:
    facts = {"name": name, "role": role, "reached_by": ""}
    return add_contact(id=random_id(), government=government, facts=facts, by=by)
