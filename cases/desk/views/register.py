"""The list of cases: as filtered by the address, or by words that go by fetch and stand in no address."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cases.applicants.models import Applicant
from cases.desk.columns import COLUMNS, listed_columns
from cases.desk.filters import RegisterFilter
from cases.desk.forms import WordsForm
from cases.desk.lists.queries import filters_of, first_filter, setting_of, worth_saving
from cases.desk.queries import register as queries
from cases.desk.queries import words
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, requires
from cases.staff.queries import teams_of
from cases.staff.roles import Permission
from cases.vault.views import by_fetch

PAGE = 50


@requires(Permission.SEE_CASES)
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    if "q" in request.GET:
        # Somebody typed into the address: it is not repeated in the links of a page.
        rest = request.GET.copy()
        del rest["q"]
        return redirect(f"{request.path}?{rest.urlencode()}")
    user, setting = request.user, setting_of(request.user)
    saved = list(filters_of(user))
    first = first_filter(setting, saved)
    if first is not None and not request.GET:
        return redirect(f"{request.path}?{first.query}")
    wanted = filter_of(request)
    valid = wanted.is_valid()
    cases = wanted.qs if valid else queries.register_for(user).none()
    context = listing(request, cases, setting.columns) | {
        "filter": wanted,
        "form": wanted.form,
        "exported": COLUMNS.values(),
        "teams": teams_of(user),
        "saved": saved,
    }
    return render(request, "desk/register.html", context, status=200 if valid else 400)


@requires(Permission.SEE_CASES)
@require_POST
@by_fetch
def search(request: SignedInRequest) -> HttpResponseBase:
    """The list again, with the cases alone in which the words stand; the filter is that of the address."""
    wanted, form = filter_of(request), WordsForm(request.POST)
    if not wanted.is_valid() or not form.is_valid():
        context = {"form": form, "filter": wanted}
        return render(request, "desk/_words_refused.html", context, status=422)
    if not form.cleaned_data["words"]:
        return done(request, f"{reverse('desk:register')}?{request.GET.urlencode()}")
    columns = setting_of(request.user).columns
    with words.typed(form.cleaned_data["words"]) as question:
        context = listing(request, words.with_words(wanted.qs, question), columns, question)
    return render(request, "desk/_words_found.html", context | {"searched": True, "filter": wanted})


def filter_of(request: SignedInRequest, **changed: str) -> RegisterFilter:
    """The filter that stands in the address, with some values replaced."""
    asked = request.GET.copy()
    asked.update(changed)
    return RegisterFilter(asked, queries.register_for(request.user))


def listing(
    request: SignedInRequest,
    cases: QuerySet[Applicant],
    chosen: list[str],
    question: Combinable | None = None,
) -> dict[str, Any]:
    """A page of the list, sorted as the address says, with the columns somebody chose, and the lines that answer."""
    user, columns = request.user, listed_columns(chosen)
    cases = queries.in_sort_order(cases, request.GET.get("sort", ""))
    asked = request.POST if request.method == "POST" else request.GET
    page = queries.page_of(cases, asked.get("page", ""), PAGE)
    shown = list(page.object_list)
    lines = words.lines_found(shown, question) if question else {}
    return {
        "columns": columns,
        "page": page,
        "rows": queries.rows(shown, columns, lines),
        "mine": [one.pk for one in shown if one.owner_id == user.pk and one.name_known and not one.is_closed],
        "can": {permission.name for permission in Permission if user.may(permission)},
        # Whether there is something this person could do with many cases at once.
        "ticks": any(map(user.may, (Permission.WORK, Permission.SHARE, Permission.ASSIGN))),
        "here": worth_saving(request.GET),
    }
