"""The charts of the page of figures, in words: each row leads to the list of the cases it counts."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django_countries import countries

from cases.applicants.models import Applicant, Category
from cases.applicants.stages import Stage
from cases.desk.figures import queries
from cases.desk.figures.charts import Chart, Figure

COUNTRIES = 15


def charts(cases: QuerySet[Applicant], ever: QuerySet[Applicant], query: QueryDict) -> list[Chart]:
    """`ever`: the same cases and those that are closed, for how long stages last."""
    people = [gettext("People"), gettext("Of all")]
    stages, categories = queries.by(cases, "stage"), queries.by(cases, "category")
    return [
        Chart("stage", gettext("By stage"), people, _counted(Stage.choices, stages, "stage", query)),
        Chart("country", gettext("By country"), people, _by_country(cases, query)),
        Chart(
            "category",
            gettext("By category"),
            people,
            _counted(Category.choices, categories, "category", query),
        ),
        _waiting(cases),
        _in_stage(ever),
    ]


def _counted(
    choices: Iterable[tuple[str, object]], numbers: Mapping[str, int], field: str, query: QueryDict
) -> list[Figure]:
    total = sum(numbers.values())
    return [
        Figure(
            str(label),
            number,
            str(number),
            _list_of(query, field, code),
            cells=(str(number), _share(number, total)),
        )
        for code, label in choices
        if (number := numbers.get(code, 0))
    ]


def _by_country(cases: QuerySet[Applicant], query: QueryDict) -> list[Figure]:
    numbers = queries.by(cases, "country")
    named = [(code, countries.name(code)) for code in numbers if code][:COUNTRIES]
    found = _counted(named, numbers, "country", query)
    total = sum(numbers.values())
    rest = total - sum(numbers[code] for code, _name in named) - numbers.get("", 0)
    for label, number in ((gettext("other countries"), rest), (gettext("not known"), numbers.get("", 0))):
        if number:
            found.append(Figure(label, number, str(number), cells=(str(number), _share(number, total))))
    return found


def _waiting(cases: QuerySet[Applicant]) -> Chart:
    numbers = queries.waiting(cases)
    total = sum(numbers)
    rows = [
        Figure(str(label), number, str(number), cells=(str(number), _share(number, total)))
        for (label, _least, _most), number in zip(queries.BANDS, numbers, strict=True)
    ]
    note = gettext("Open cases, by the time since the person was registered.")
    heads = [gettext("People"), gettext("Of all")]
    return Chart("waiting", gettext("How long people have been waiting"), heads, rows if total else [], note)


def _in_stage(ever: QuerySet[Applicant]) -> Chart:
    ended, now = queries.stays_ended(ever), queries.stays_so_far(ever)
    nobody = queries.Stays(0, 0, 0)
    rows = []
    for stage in Stage:
        over, there = ended.get(stage.value, nobody), now.get(stage.value, nobody)
        if over.number or there.number:
            cells = (str(over.number), _days(over), _days(over, most=True), str(there.number), _days(there))
            rows.append(Figure(str(stage.label), over.half, _days(over), most=over.most, cells=cells))
    heads = [
        gettext("Ended"),
        gettext("Half within"),
        gettext("9 of 10 within"),
        gettext("There now"),
        gettext("Half so far"),
    ]
    note = gettext(
        "Closed cases count too. The bar: half of all stays were no longer; the line: nine of ten."
    )
    return Chart("time", gettext("Time in a stage"), heads, rows, note)


def _days(stays: queries.Stays, *, most: bool = False) -> str:
    if not stays.number:
        return "–"
    days = round(stays.most if most else stays.half)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _share(number: int, total: int) -> str:
    return f"{round(100 * number / total)} %" if total else "–"


def _list_of(query: QueryDict, field: str, code: str) -> str:
    asked = query.copy()
    asked[field] = code
    return f"{reverse('desk:register')}?{asked.urlencode()}"
