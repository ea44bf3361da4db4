from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.desk.figures import pages, queries
from cases.desk.queries.register import register_for
from cases.desk.views.register import filter_of
from cases.staff.door import SignedInRequest, requires
from cases.staff.queries import teams_of
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    """Of the cases this person sees, filtered like the list of cases; for times in a stage, closed cases count too."""
    wanted, whole = filter_of(request), filter_of(request, state="all")
    valid = wanted.is_valid()
    nothing = register_for(request.user).none()
    cases, ever = (wanted.qs, whole.qs) if valid and whole.is_valid() else (nothing, nothing)
    context = {
        "filter": wanted,
        "form": wanted.form,
        "teams": teams_of(request.user),
        "totals": queries.totals(cases),
        "charts": pages.charts(cases, ever, request.GET),
        "exports": request.user.may(Permission.EXPORT),
    }
    return render(request, "desk/figures.html", context, status=200 if valid else 400)
