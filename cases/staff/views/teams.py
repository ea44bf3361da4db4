from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.staff import operations, queries
from cases.staff.answers import attempt, done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.forms import TeamForm, TeamNameForm
from cases.staff.roles import Permission


@requires(Permission.MANAGE_ACCOUNTS)
@require_GET
def teams(request: SignedInRequest) -> HttpResponse:
    least = queries.least_holders()
    return render(request, "staff/teams.html", {"teams": queries.teams_with_counts(), "least": least})


@requires(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def new_team(request: SignedInRequest) -> HttpResponse:
    form = TeamNameForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: operations.make_team(name=form.cleaned_data["name"], by=request.user))
        if made:
            return done(request, "staff:team", team_id=made.pk)
    return page(request, "staff/new_team.html", {"form": form})


@requires(Permission.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def team(request: SignedInRequest, team_id: int) -> HttpResponse:
    found = queries.find_team(team_id)
    form = TeamForm(request.POST or None, team=found)
    if form.is_valid():
        wanted = form.cleaned_data
        if attempt(form, lambda: operations.edit_team(team=found, **wanted, by=request.user)):
            messages.success(request, _("The team is saved."))
            return done(request, "staff:teams")
    return page(request, "staff/team.html", {"team": queries.find_team(team_id), "form": form})
