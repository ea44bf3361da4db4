"""The day's openings are used up: asking to open more people today, and answering a colleague who does."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.desk.forms import AnswerForm
from cases.desk.views.keeping import back
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import operations, unlock
from cases.vault.budget import find_wish
from cases.vault.refusals import Refused
from cases.vault.views import by_fetch


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def ask(request: SignedInRequest) -> HttpResponse:
    """One click beside the button that opens nothing any more today; the line says what became of it."""
    refused = ""
    try:
        operations.ask_more(by=request.user)
    except Refused as refusal:
        refused = str(refusal)
    context = {"refused": refused, "answered": True}
    return render(request, "_budget.html", context, status=422 if refused else 200)


@requires(Permission.USE_VAULT)
@require_POST
def answer(request: SignedInRequest, wish_id: UUID) -> HttpResponseBase:
    wish, form = find_wish(request.user, wish_id), AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    give = form.cleaned_data["give"]
    try:
        operations.answer_more(wish=wish, give=give, unlocked=unlock.current(request), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            _("%(person)s can open more people today.")
            if give
            else _("Refused. %(person)s sees that you did.")
        )
        messages.success(request, said % {"person": wish.asker})
    return back(request)
