from django.core.exceptions import BadRequest
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cases.desk.forms import RekeyForm
from cases.desk.rekeying import Rekeying
from cases.staff.answers import done, is_fetch
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.operations import rekey_step
from cases.vault.refusals import Refused


@requires(Permission.USE_VAULT)
@require_POST
def rekey(request: SignedInRequest) -> HttpResponseBase:
    """One step of about two seconds; the answer asks for the next one by itself, until nothing is left."""
    form = RekeyForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    state = Rekeying.from_form(form.cleaned_data)
    try:
        state = state.after(rekey_step(unlocked=unlock.current(request), by=request.user, after=state.last))
    except Refused as refusal:
        return render(request, "desk/_rekey.html", {"rekeying": state, "refusal": str(refusal)}, status=422)
    if not is_fetch(request):
        return done(request, "desk:vault")
    return render(request, "desk/_rekey.html", {"rekeying": state})
