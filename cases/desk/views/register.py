"""The list of cases, and the same list as CSV."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from cases.desk import export as csv
from cases.desk import operations
from cases.desk.columns import COLUMNS, listed_columns
from cases.desk.filters import RegisterFilter
from cases.desk.queries import register as queries
from cases.desk.refusals import UnknownColumns
from cases.staff.door import SignedInRequest, requires
from cases.staff.queries import teams_of
from cases.staff.roles import Permission

PAGE = 50


@requires(Permission.SEE_CASES)
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    if "q" in request.GET:
        # Somebody typed into the address: it is not repeated in the links of a page.
        rest = request.GET.copy()
        del rest["q"]
        return redirect(f"{request.path}?{rest.urlencode()}")
    user, wanted = request.user, _filter(request)
    valid = wanted.is_valid()
    cases = wanted.qs if valid else queries.register_for(user).none()
    cases = queries.in_sort_order(cases, request.GET.get("sort", ""))
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "filter": wanted,
        "form": wanted.form,
        "columns": listed_columns(),
        "exported": COLUMNS.values(),
        "page": page,
        "rows": queries.rows(shown),
        "mine": [one.pk for one in shown if one.owner_id == user.pk and one.name_known and not one.is_closed],
        "teams": teams_of(user),
        "can": {permission.name for permission in Permission if user.may(permission)},
    }
    return render(request, "desk/register.html", context, status=200 if valid else 400)


@requires(Permission.EXPORT)
@require_GET
def export(request: SignedInRequest) -> HttpResponseBase:
    wanted = _filter(request)
    try:
        columns = csv.chosen_columns(request.GET.getlist("columns"))
    except UnknownColumns as refusal:
        return _refuse(request, [str(refusal)])
    if not wanted.is_valid():
        return _refuse(request, [_in_words(wanted, name) for name in wanted.errors])
    cases = queries.in_sort_order(wanted.qs, request.GET.get("sort", ""))
    prepared = csv.prepare(cases, columns, request.build_absolute_uri(reverse("desk:register")))
    operations.record_export(count=cases.count(), filters=wanted.summary, columns=columns, by=request.user)
    response = StreamingHttpResponse(csv.stream(prepared), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


def _filter(request: SignedInRequest) -> RegisterFilter:
    return RegisterFilter(request.GET, queries.register_for(request.user))


def _in_words(wanted: RegisterFilter, name: str) -> str:
    return _("%(filter)s: there is no such choice.") % {"filter": wanted.form.fields[name].label}


def _refuse(request: SignedInRequest, sentences: list[str]) -> HttpResponse:
    return render(request, "desk/export_refused.html", {"sentences": sentences}, status=400)
