"""The kinds by which deadlines are filtered: the slice that wrote them, or one rule of it."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.applicants.timers import TITLES
from cases.asylum.deadlines import rule_of
from cases.asylum.models import DeadlineKind
from cases.journeys.deadlines import TITLES as OF_JOURNEYS

# The first part of the name of a rule, and the tab of the case on which its deadlines are dealt with.
SLICES: dict[str, tuple[Promise, str]] = {
    "applicants": (_("Stages of the case"), ""),
    "alarms": (_("Danger"), "risks"),
    "vetting": (_("Vetting"), "vetting"),
    "documents": (_("Papers and stay"), "papers"),
    "journeys": (_("Journey"), "journey"),
    "asylum": (_("Asylum"), "asylum"),
}
# Due at an hour; the others on a day, whatever the hour in their row.
WITH_AN_HOUR = frozenset({"applicants.answer", *OF_JOURNEYS})

# Missing one of these costs a right, a paper or a flight: the owner is told days before. What the group sets for itself
# stands at the desk when its day has come.
REMINDED = ("asylum.", "journeys.", "documents.", "applicants.visa_appeal", "applicants.claim")


def choices() -> list[tuple[Any, Any]]:
    """All of a slice, or one rule of those slices whose rules have names."""
    rules: dict[str, Iterable[tuple[str, Any]]] = {
        "applicants": TITLES.items(),
        "journeys": OF_JOURNEYS.items(),
        "asylum": [(rule_of(kind), kind.label) for kind in DeadlineKind],
    }
    found: list[tuple[Any, Any]] = [("", _("All kinds"))]
    for slug, (label, _part) in SLICES.items():
        # Chosen, it stands there without the heading above it.
        whole = (slug, gettext("%(kind)s: all") % {"kind": label})
        found.append((label, [whole, *rules[slug]]) if slug in rules else (slug, label))
    return found


def part_of(rule: str) -> str:
    """The tab of the case that deals with a rule; "" for the case itself."""
    known = SLICES.get(rule.partition(".")[0])
    return known[1] if known else ""
