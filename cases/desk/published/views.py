"""Figures that leave the house: what was asked for, what was approved, and the files of it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.desk.published import operations, pages, queries
from cases.desk.published.forms import ApproveFiguresForm, AskFiguresForm
from cases.desk.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

A_PAGE = 50


@requires(Permission.EXPORT)
@require_safe
def publications(request: SignedInRequest) -> HttpResponse:
    found = Paginator(queries.publications_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/publications.html", {"publications": found})


@requires(Permission.EXPORT)
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest) -> HttpResponseBase:
    form = AskFiguresForm(request.POST or None, periods=queries.open_periods())
    if form.is_valid():
        said = form.cleaned_data
        try:
            asked = operations.ask_figures(id=said["new_id"], period=said["period"], by=request.user)
        except Refused as refusal:
            form.add_error("period", str(refusal))
        else:
            messages.success(
                request, _("Asked. Nothing leaves the house until the director has approved it.")
            )
            return done(request, asked)
    return page(request, "desk/publication_ask.html", {"form": form})


@requires(Permission.EXPORT)
@require_safe
def publication(request: SignedInRequest, publication_id: UUID) -> HttpResponse:
    """The frozen figures. Before they are approved nobody but the director sees any."""
    found = queries.find_publication(request.user, publication_id)
    context = {"publication": found, "own": found.asked_by == request.user}
    return render(request, "desk/publication.html", context | {"charts": pages.charts(found.tables)})


@requires(Permission.APPROVE_FIGURES)
@require_http_methods(["GET", "POST"])
def approve(request: SignedInRequest, publication_id: UUID) -> HttpResponseBase:
    """What would be frozen, and the button that does it."""
    found = queries.find_waiting(request.user, publication_id)
    form = ApproveFiguresForm(request.POST or None)
    if form.is_valid():
        try:
            operations.approve_figures(publication=found, seen=form.cleaned_data["seen"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Approved and frozen: these figures do not change any more."))
            return done(request, found)
    tables = queries.figures_of(found.period)
    form.show_now(queries.digest(tables))
    context = {"form": form, "publication": found, "own": found.asked_by == request.user}
    return page(request, "desk/publication_approve.html", context | {"charts": pages.charts(tables)})


@requires(Permission.EXPORT)
@require_POST
def refuse(request: SignedInRequest, publication_id: UUID) -> HttpResponseBase:
    found = queries.find_publication(request.user, publication_id)
    try:
        operations.refuse_figures(publication=found, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Ended. Nothing left the house."))
    return done(request, "desk:publications")


@requires(Permission.EXPORT)
@require_safe
def sheet(request: SignedInRequest, publication_id: UUID) -> HttpResponse:
    found = queries.find_approved(request.user, publication_id)
    operations.record_taken(publication=found, form="csv", by=request.user)
    response = HttpResponse(
        pages.sheet(found.tables or {}, found.period), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="figures-{found.code}.csv"'
    return response
