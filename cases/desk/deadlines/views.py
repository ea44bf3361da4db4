"""All deadlines on one list: of one's own cases, or of all that one sees."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.desk.deadlines import queries
from cases.desk.deadlines.forms import DeadlinesForm
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission

PAGE = 50


@requires(Permission.SEE_CASES)
@require_safe
def deadlines(request: SignedInRequest) -> HttpResponse:
    user = request.user
    form, number = DeadlinesForm(request.GET, viewer=user), queries.counts(user)
    clean = form.cleaned_data if form.is_valid() else {}
    team = clean.get("show") == "team"
    found = queries.filtered(user, team=team, kind=clean.get("kind", ""), owner=clean.get("owner"))
    if not form.is_valid():
        found = found.none()
    whole = form.is_valid() and not (clean.get("kind") or clean.get("owner"))
    known = number["team" if team else "mine"] if whole else None
    page = queries.page_of(found, request.GET.get("page"), PAGE, known)
    context = {
        "form": form,
        "page": page,
        "rows": queries.rows(page.object_list),
        "tabs": [("", _("My cases"), number["mine"]), ("team", _("All that I see"), number["team"])],
        "show": "team" if team else "",
        "late": number["team_late" if team else "mine_late"],
        # In the cases of others the right to work may be missing.
        "works": user.may(Permission.WORK) and not team,
    }
    return render(request, "desk/deadlines.html", context)
