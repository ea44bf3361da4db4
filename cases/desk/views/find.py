from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases.desk import operations
from cases.desk.forms import FindForm
from cases.desk.queries.register import by_pseudonym, is_same
from cases.desk.refusals import Refused
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import NotUnlocked
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "HEAD", "POST"])
@by_fetch
def find(request: SignedInRequest) -> HttpResponseBase:
    """Search by pseudonym or name. The term comes by fetch, and the answer is a part of a page with pseudonyms alone."""
    if request.method != "POST":
        return render(request, "desk/find.html", {"form": FindForm()})
    form = FindForm(request.POST)
    context = {"form": form, "found": [], "known": []}
    if form.is_valid():
        typed = form.cleaned_data["q"]
        context["known"] = known = list(by_pseudonym(request.user, typed))
        if known and is_same(known[0].pseudonym, typed):
            return done(request, known[0])
        try:
            unlocked = unlock.current(request)
            if unlocked is None:
                raise NotUnlocked
            context["found"] = operations.find_people(typed=typed, unlocked=unlocked, by=request.user)
        except (Refused, VaultRefused) as refusal:
            if not known:
                form.add_error("q", str(refusal))
    return render(request, "desk/_found.html", context, status=422 if form.errors else 200)
