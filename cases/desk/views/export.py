"""The list of cases as it leaves the house: CSV, XLSX, on paper. Each is recorded."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.desk import export as lists
from cases.desk import operations
from cases.desk.columns import listed_columns
from cases.desk.filters import RegisterFilter
from cases.desk.lists.queries import setting_of
from cases.desk.queries import register as queries
from cases.desk.refusals import Refused, UnknownColumns
from cases.desk.views.register import filter_of
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

MOST_PRINTED = 1000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.EXPORT)
@require_GET
def export(request: SignedInRequest) -> HttpResponseBase:
    return _file(request, "csv", "text/csv; charset=utf-8", lists.stream)


@requires(Permission.EXPORT)
@require_GET
def workbook(request: SignedInRequest) -> HttpResponseBase:
    return _file(request, "xlsx", WORKBOOK, lists.workbook)


@requires(Permission.EXPORT)
@require_GET
def paper(request: SignedInRequest) -> HttpResponseBase:
    """The whole list on one page, to be printed."""
    wanted = filter_of(request)
    if not wanted.is_valid():
        return _refuse(request, [_in_words(wanted, name) for name in wanted.errors])
    cases = queries.in_sort_order(wanted.qs, request.GET.get("sort", ""))
    columns = listed_columns(setting_of(request.user).columns)
    shown = list(cases[: MOST_PRINTED + 1])
    names = [column.name for column in columns]
    operations.record_export(
        form="paper", count=len(shown[:MOST_PRINTED]), filters=wanted.summary, columns=names, by=request.user
    )
    context = {"rows": queries.rows(shown[:MOST_PRINTED], columns), "columns": columns, "filter": wanted}
    return render(
        request,
        "desk/paper.html",
        context | {"most": MOST_PRINTED, "is_cut": len(shown) > MOST_PRINTED, "printed_at": timezone.now()},
    )


def _file(
    request: SignedInRequest, form: str, kind: str, stream: Callable[[lists.Export], Iterator[bytes]]
) -> HttpResponseBase:
    wanted = filter_of(request)
    try:
        columns = lists.chosen_columns(request.GET.getlist("columns"))
    except UnknownColumns as refusal:
        return _refuse(request, [str(refusal)])
    if not wanted.is_valid():
        return _refuse(request, [_in_words(wanted, name) for name in wanted.errors])
    cases, count = queries.in_sort_order(wanted.qs, request.GET.get("sort", "")), wanted.qs.count()
    try:
        prepared = lists.prepare(cases, columns, request.build_absolute_uri(reverse("desk:register")))
        if form == "xlsx":
            lists.require_room(count)
    except Refused as refusal:
        return _refuse(request, [str(refusal)])
    operations.record_export(form=form, count=count, filters=wanted.summary, columns=columns, by=request.user)
    response = StreamingHttpResponse(stream(prepared), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="cases.{form}"'
    return response


def _in_words(wanted: RegisterFilter, name: str) -> str:
    return _("%(filter)s: there is no such choice.") % {"filter": wanted.form.fields[name].label}


def _refuse(request: SignedInRequest, sentences: list[str]) -> HttpResponse:
    return render(request, "desk/export_refused.html", {"sentences": sentences}, status=400)
