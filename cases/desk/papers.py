"""Papers in the register: columns of the CSV, and cases by what a person holds. Types, dates and codes, never a number."""

from datetime import date

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import DateField, Exists, F, Min, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.desk.columns import Cell, Column, Expression, as_in_csv, in_words, plain, register_column
from cases.desk.defusing import defused
from cases.documents.models import Document, Status
from cases.documents.queries.held import counting
from cases.documents.queries.travel import who_can_travel_to
from cases.sheets.writing import DAY


def holding(queryset: QuerySet[Applicant], code: str) -> QuerySet[Applicant]:
    """Cases of people who have a paper of this type in hand."""
    return queryset.filter(Exists(_held().filter(type=code)))


def lacking(queryset: QuerySet[Applicant], code: str) -> QuerySet[Applicant]:
    return queryset.exclude(Exists(_held().filter(type=code)))


def expiring_before(queryset: QuerySet[Applicant], day: date) -> QuerySet[Applicant]:
    """Cases in which a paper in hand ends before a day, or has ended."""
    return queryset.filter(Exists(_held().filter(expires_on__lt=day)))


def able_to_travel(queryset: QuerySet[Applicant], destination: str) -> QuerySet[Applicant]:
    """Cases of people whom a destination lets in today: asked of the rules, which no query could ask."""
    return queryset.filter(pk__in=who_can_travel_to(queryset, destination, timezone.localdate()))


def _counting() -> QuerySet[Document]:
    return counting().filter(applicant=OuterRef("pk"))


def _held() -> QuerySet[Document]:
    return _counting().filter(status=Status.HELD)


def _one_after_the_other(each: Combinable) -> Subquery:
    """Something of every paper that counts, in the order of the papers, so that columns can be read side by side."""
    order = ("type__order", F("issued_on").desc(nulls_last=True), "created_at")
    said = StringAgg(each, "; ", order_by=order)
    return Subquery(
        _counting().order_by().values("applicant").annotate(said=said).values("said"),
        output_field=TextField(),
    )


def _type_name() -> Combinable:
    language = (get_language() or "en")[:2]
    own = NullIf(F(f"type__name_{language}"), Value(""))
    return defused(Coalesce(own, F("type__name_en"), output_field=TextField()))


def _earliest_end() -> Subquery:
    ends = _held().order_by().values("applicant").annotate(end=Min("expires_on")).values("end")
    return Subquery(ends, output_field=DateField())


def _cell(csv: Expression) -> Cell:
    return Cell("desk/cells/text.html", as_in_csv(csv), "line-3")


# Whoever exports for a list of people to call needs none of these: they are chosen one by one.
for _column in (
    Column(
        "papers",
        _("Papers"),
        csv=lambda: _one_after_the_other(_type_name()),
        cell=_cell(lambda: _one_after_the_other(_type_name())),
        usual=False,
    ),
    Column(
        "paper_statuses",
        _("Status of the papers"),
        csv=lambda: _one_after_the_other(in_words("status", Status.choices)),
        cell=_cell(lambda: _one_after_the_other(in_words("status", Status.choices))),
        usual=False,
    ),
    Column(
        "paper_codes", _("Papers (codes)"), csv=lambda: _one_after_the_other(plain("type__code")), usual=False
    ),
    Column(
        "earliest_expiry",
        _("First paper to expire"),
        csv=lambda: plain(_earliest_end()),
        cell=Cell("desk/cells/day.html", as_in_csv(_earliest_end), "line-3", labelled=True),
        usual=False,
        kind=DAY,
    ),
):
    register_column(_column)
