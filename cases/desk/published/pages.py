"""Published tables in the reader's words: as charts with their tables, and as a CSV."""

import csv
import io
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cases.applicants.stages import PHASES, Stage
from cases.asylum.models import Ground
from cases.desk.figures.charts import Chart, Figure
from cases.desk.published.counting import ROWS
from cases.desk.published.periods import Period
from cases.desk.published.protecting import LEAST, Row, Shown, total
from cases.relocation.models import Reason

_TITLES: dict[str, Promise] = {
    "stage": _("People who came to us, by where they stood at the end"),
    "country": _("People who came to us, by country"),
    "outcome": _("Cases that ended, by outcome"),
    "arrival": _("People who arrived, by the time since the first contact"),
    "refusal": _("Refusals, by who refused and when"),
    "why": _("Refusals by a state, by the reason it gave"),
}
_ROWS: dict[str, Promise] = {
    "ended": _("The case had ended"),
    "months_0": _("under 3 months"),
    "months_3": _("3 to 5 months"),
    "months_6": _("6 to 11 months"),
    "months_12": _("1 to 2 years"),
    "months_24": _("2 years or more"),
    "vetting": _("by us, after vetting"),
    "vetting_hold": _("by us, while the vetting was on hold"),
    "host": _("by the host government"),
    "final": _("of protection, finally"),
}
_WHO: dict[str, Promise] = {"host": _("host government: %(reason)s"), "final": _("protection: %(reason)s")}
_WHY = {
    f"{who}_{code}": (_WHO[who], label)
    for who, reasons in (("host", Reason), ("final", Ground))
    for code, label in reasons.choices
}
_STAGES = dict(Stage.choices)


def _label(row: str) -> str:
    if row in _ROWS:
        return str(_ROWS[row])
    if row in _WHY:
        who, reason = _WHY[row]
        return str(who) % {"reason": reason}
    if row.startswith("phase_"):
        return str(PHASES[int(row.removeprefix("phase_"))].label)
    return str(_STAGES[row])


def _country(row: str) -> str:
    return countries.name(row) if row else gettext("not known")


def charts(tables: Shown | None) -> list[Chart]:
    """None where nothing was approved."""
    return (
        []
        if tables is None
        else [_chart(name, str(title), tables.get(name)) for name, title in _TITLES.items()]
    )


def _chart(name: str, title: str, rows: Row | None) -> Chart:
    heads = [gettext("People")]
    if rows is None:
        return Chart(name, title, heads, [], gettext("Not told: too few people."))
    figures = [
        Figure(label, number or 0, _said(number), cells=[_said(number)])
        for label, number in _told(name, rows)
    ]
    return Chart(name, title, heads, figures, _note(name, rows))


def _told(name: str, rows: Row) -> list[tuple[str, int | None]]:
    """The rows in their order. Of countries those that are told: which others there are would tell who is there."""
    if name != "country":
        return [(_label(row), rows[row]) for row in ROWS[name] if row in rows]
    told = {row: number for row, number in rows.items() if number is not None}
    return [(_country(row), told[row]) for row in sorted(told, key=lambda row: (-(told[row] or 0), row))]


def _said(number: int | None) -> str:
    return gettext("fewer than %(least)s") % {"least": LEAST} if number is None else str(number)


def _note(name: str, rows: Row) -> str:
    said = gettext("Sum of what is told: %(number)s.") % {"number": total(rows)}
    left_out = gettext("Countries with fewer than five people are left out.") if name == "country" else ""
    return f"{said} {left_out}".strip()


def sheet(tables: Mapping[str, Row | None], period: Period) -> bytes:
    """Everything in quotes, as in the list of cases: a program that splits at semicolons finds no cell inside of a cell."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["period", "table", "row", "people"])
    for name, title in _TITLES.items():
        rows = tables.get(name)
        if rows is None:
            writer.writerow([period.code, str(title), "", gettext("Not told: too few people.")])
            continue
        for label, number in _told(name, rows):
            writer.writerow([period.code, str(title), label, _said(number)])
    return f"\ufeff{out.getvalue()}".encode()
