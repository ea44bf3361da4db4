from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.desk.filters import RegisterFilter
from cases.desk.lists import operations, queries
from cases.desk.lists.forms import ColumnsForm, SaveFilterForm
from cases.desk.queries.register import register_for
from cases.desk.refusals import FilterNameTaken, NothingToSave
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_safe
def filters(request: SignedInRequest) -> HttpResponseBase:
    setting, saved = queries.setting_of(request.user), list(queries.filters_of(request.user))
    context = {"saved": saved, "first": queries.first_filter(setting, saved)}
    return render(request, "desk/filters.html", context)


@requires(Permission.SEE_CASES)
@require_http_methods(["GET", "POST"])
def save_filter(request: SignedInRequest) -> HttpResponseBase:
    """Keep under a name what stands in the address of this page."""
    query, wanted = (
        queries.worth_saving(request.GET),
        RegisterFilter(request.GET, register_for(request.user)),
    )
    form = SaveFilterForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            if not query or not wanted.is_valid():
                raise NothingToSave
            operations.save_filter(query=query, **form.wanted, by=request.user)  # type: ignore[arg-type]
        except (FilterNameTaken, NothingToSave) as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return done(request, f"{reverse('desk:register')}?{query}")
    return page(request, "desk/filter_save.html", {"form": form, "filter": wanted, "query": query})


@requires(Permission.SEE_CASES)
@require_POST
def remove_filter(request: SignedInRequest, filter_id: UUID) -> HttpResponseBase:
    operations.remove_filter(saved=queries.find_filter(request.user, filter_id), by=request.user)
    messages.success(request, _("Removed."))
    return done(request, "desk:filters")


@requires(Permission.SEE_CASES)
@require_POST
def open_with(request: SignedInRequest, filter_id: UUID) -> HttpResponseBase:
    operations.open_with(saved=queries.find_filter(request.user, filter_id), by=request.user)
    messages.success(request, _("Your list of cases opens with this filter from now on."))
    return done(request, "desk:filters")


@requires(Permission.SEE_CASES)
@require_POST
def open_with_all(request: SignedInRequest) -> HttpResponseBase:
    operations.open_with(saved=None, by=request.user)
    messages.success(request, _("Your list of cases opens with all open cases again."))
    return done(request, "desk:filters")


@requires(Permission.SEE_CASES)
@require_http_methods(["GET", "POST"])
def columns(request: SignedInRequest) -> HttpResponseBase:
    chosen = queries.setting_of(request.user).columns
    form = ColumnsForm(request.POST if request.method == "POST" else None, chosen=chosen)
    if form.is_valid():
        usual = "usual" in request.POST
        operations.choose_columns(columns=[] if usual else form.cleaned_data["columns"], by=request.user)
        return done(request, "desk:register")
    return page(request, "desk/columns.html", {"form": form})
