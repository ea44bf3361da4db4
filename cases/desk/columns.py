"""The columns of the register, each described once: for the list, for sorting and for the CSV.

The CSV is one `COPY`, so a column is an expression of the database, formulas defused included. The names are the
headers of the CSV and never change.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, F, Func, IntegerField, OuterRef, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cases.applicants.models import Applicant, Category, Channel, Deadline, Urgency
from cases.applicants.queries import next_deadlines
from cases.applicants.stages import Stage
from cases.desk.ages import band_today
from cases.desk.defusing import defused
from cases.sheets.writing import DAY, NUMBER, TEXT
from cases.staff.models import Team

Expression = Callable[[], Combinable]


@dataclass(frozen=True)
class Cell:
    """How a column stands in the list; `read` takes the whole page, so that no row asks the database by itself."""

    template: str
    read: Callable[[Sequence[Applicant]], Iterable[Any]]
    # The line of the card that a row becomes on a phone, and whether the label stands there too.
    css: str
    labelled: bool = False


@dataclass(frozen=True)
class Column:
    """`csv` and `sort` are made anew each time: language and day of the reader count."""

    name: str
    label: Promise
    csv: Expression
    sort: Expression | None = None
    cell: Cell | None = None
    # Whether the CSV holds it when nobody chose columns, and whether the list does.
    usual: bool = True
    usual_in_list: bool = False
    # What a spreadsheet makes of it.
    kind: str = TEXT


COLUMNS: dict[str, Column] = {}


def register_column(column: Column) -> None:
    COLUMNS[column.name] = column


def listable_columns() -> list[Column]:
    """What somebody can choose for the list."""
    return [column for column in COLUMNS.values() if column.cell]


def listed_columns(chosen: Iterable[str] = ()) -> list[Column]:
    """The columns somebody chose, in the order of this file; the pseudonym always, and the usual ones without a choice."""
    wanted = {"pseudonym", *chosen} if chosen else set()
    return [one for one in listable_columns() if (one.name in wanted if wanted else one.usual_in_list)]


def usual_columns() -> list[str]:
    return [column.name for column in COLUMNS.values() if column.usual]


def each(value: Callable[[Applicant], Any]) -> Callable[[Sequence[Applicant]], Iterable[Any]]:
    return lambda applicants: map(value, applicants)


def plain(expression: str | Combinable) -> Cast:
    return Cast(expression, TextField())


def in_words(field: str, choices: Iterable[tuple[Any, Any]]) -> Func:
    """The label of a choice in the reader's language, looked up by the database."""
    words = json.dumps({str(code): str(label) for code, label in choices}, ensure_ascii=False)
    return Func(
        Value(words),
        plain(field),
        template="(%(expressions)s)",
        arg_joiner="::jsonb ->> ",
        output_field=TextField(),
    )


def in_order(field: str, codes: Sequence[str]) -> Func:
    """The place of a choice in its list: stages sort by the way people take, not by the alphabet."""
    return Func(
        Value(list(codes)),
        plain(field),
        function="array_position",
        template="%(function)s(%(expressions)s)",
        output_field=IntegerField(),
    )


def next_due() -> Subquery:
    waiting = Deadline.objects.filter(applicant=OuterRef("pk"), met_at__isnull=True).order_by("due_at")
    return Subquery(waiting.values("due_at")[:1], output_field=DateTimeField())


def _next_dues(applicants: Sequence[Applicant]) -> Iterable[Any]:
    found = next_deadlines(applicants)
    return [found[one.pk].due_at if one.pk in found else None for one in applicants]


def _teams(applicants: Sequence[Applicant]) -> Iterable[Any]:
    named = Team.objects.in_bulk({one.team_id for one in applicants if one.team_id})
    return [named.get(one.team_id, "") for one in applicants]


def as_in_csv(csv: Expression) -> Callable[[Sequence[Applicant]], Iterable[Any]]:
    """Read what only the database can say, for a whole page by one question."""

    def read(applicants: Sequence[Applicant]) -> Iterable[Any]:
        page = Applicant.objects.filter(pk__in=[one.pk for one in applicants])
        said = dict(page.annotate(said=csv()).values_list("pk", "said"))
        return [said.get(one.pk) for one in applicants]

    return read


def _joined(field: str) -> Func:
    return Func(F(field), Value(" "), function="array_to_string", output_field=TextField())


def yes_no(known: bool) -> str:
    return gettext("yes") if known else gettext("no")


def _yes_no(field: str) -> Func:
    return in_words(field, [("true", yes_no(True)), ("false", yes_no(False))])


def _text(css: str, value: Callable[[Applicant], Any], *, labelled: bool = False) -> Cell:
    return Cell("desk/cells/text.html", each(value), css, labelled)


def _day(css: str, value: Callable[[Applicant], Any]) -> Cell:
    return Cell("desk/cells/day.html", each(value), css, labelled=True)


for _column in (
    Column(
        "pseudonym",
        _("Pseudonym"),
        csv=lambda: defused("pseudonym"),
        sort=lambda: F("pseudonym"),
        cell=Cell("desk/cells/pseudonym.html", each(lambda one: one), "line-1"),
        usual_in_list=True,
    ),
    Column(
        "urgency",
        _("Urgency"),
        csv=lambda: in_words("urgency", Urgency.choices),
        sort=lambda: F("urgency"),
        cell=Cell("desk/cells/urgency.html", each(lambda one: one), "line-1 end"),
        usual_in_list=True,
    ),
    Column(
        "stage",
        _("Stage"),
        csv=lambda: in_words("stage", Stage.choices),
        sort=lambda: in_order("stage", Stage.values),
        cell=_text("line-2", lambda one: one.get_stage_display()),
        usual_in_list=True,
    ),
    Column(
        "stage_since",
        _("In this stage since"),
        csv=lambda: plain(TruncDate("stage_since")),
        sort=lambda: F("stage_since"),
        cell=_day("line-3", lambda one: one.stage_since),
        kind=DAY,
    ),
    Column(
        "country",
        _("Country"),
        csv=lambda: in_words("country", countries),
        sort=lambda: F("country"),
        cell=_text("line-2", lambda one: one.country.name),
        usual_in_list=True,
    ),
    Column(
        "category",
        _("Category"),
        csv=lambda: in_words("category", Category.choices),
        sort=lambda: in_order("category", Category.values),
        cell=_text("line-2", lambda one: one.get_category_display()),
        usual_in_list=True,
    ),
    Column("age", _("Age"), csv=lambda: band_today(), cell=_text("line-2", lambda one: one.age_now)),
    Column(
        "languages",
        _("Languages"),
        csv=lambda: defused(_joined("languages")),
        cell=_text("line-2", lambda one: one.languages_said),
    ),
    Column(
        "channel",
        _("How reached"),
        csv=lambda: in_words("channel", Channel.choices),
        cell=_text("line-2", lambda one: one.get_channel_display()),
    ),
    Column(
        "owner",
        _("Owner"),
        csv=lambda: defused("owner__full_name"),
        sort=lambda: F("owner__full_name"),
        cell=Cell("desk/cells/owner.html", each(lambda one: one.owner), "line-3"),
        usual_in_list=True,
    ),
    Column(
        "team",
        _("Team"),
        csv=lambda: defused("team__name"),
        sort=lambda: F("team__name"),
        cell=Cell("desk/cells/text.html", _teams, "line-3"),
    ),
    Column(
        "next_deadline",
        _("Next deadline"),
        csv=lambda: plain(TruncDate(next_due())),
        sort=next_due,
        cell=Cell("desk/cells/due.html", _next_dues, "line-3 end", labelled=True),
        kind=DAY,
        usual_in_list=True,
    ),
    Column(
        "last_contact",
        _("Last contact"),
        csv=lambda: plain("last_contact_on"),
        sort=lambda: F("last_contact_on"),
        cell=Cell("desk/cells/day.html", each(lambda one: one.last_contact_on), "line-none"),
        kind=DAY,
        usual_in_list=True,
    ),
    Column(
        "registered",
        _("Registered"),
        csv=lambda: plain(TruncDate("created_at")),
        sort=lambda: F("created_at"),
        cell=_day("line-3", lambda one: one.created_at),
        kind=DAY,
    ),
    Column(
        "urgency_reason",
        _("Why urgent"),
        csv=lambda: defused("urgency_reason"),
        cell=_text("line-3", lambda one: one.urgency_reason),
        usual=False,
    ),
    Column(
        "special_needs",
        _("Special needs"),
        csv=lambda: defused("special_needs"),
        cell=_text("line-3", lambda one: one.special_needs),
        usual=False,
    ),
    Column(
        "name_sealed",
        _("Name sealed"),
        csv=lambda: _yes_no("name_known"),
        cell=_text("line-3", lambda one: yes_no(one.name_known), labelled=True),
        usual=False,
    ),
    Column("stage_code", _("Stage (code)"), csv=lambda: plain("stage"), usual=False),
    Column("urgency_level", _("Urgency (1 to 4)"), csv=lambda: plain("urgency"), usual=False, kind=NUMBER),
    Column("country_code", _("Country (code)"), csv=lambda: defused("country"), usual=False),
    Column("category_code", _("Category (code)"), csv=lambda: plain("category"), usual=False),
    Column("channel_code", _("How reached (code)"), csv=lambda: plain("channel"), usual=False),
):
    register_column(_column)
