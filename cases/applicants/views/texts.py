"""Texts that nobody could compare with what is sealed when they were saved: a holder who is unlocked does."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.applicants.forms import LeaveTextForm
from cases.applicants.known import everybody_held, known_of
from cases.applicants.leak_guard import cleaned_by
from cases.applicants.operations import guarded as operations
from cases.applicants.unchecked import MOST, find_telling, texts_to_look_at
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import NotUnlocked
from cases.vault.views import by_fetch


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def check(request: SignedInRequest) -> HttpResponseBase:
    """Asked for by the page itself while unlocked."""
    unlocked = unlock.current(request)
    if unlocked is not None:
        operations.check_texts(
            texts=texts_to_look_at(request.user)[0][:MOST], unlocked=unlocked, by=request.user
        )
    return render(request, "applicants/_telling.html", {"telling": texts_to_look_at(request.user)[1]})


@requires(Permission.WORK)
@require_POST
@by_fetch
def clean(request: SignedInRequest, text_id: int) -> HttpResponseBase:
    text = find_telling(request.user, text_id)
    unlocked = unlock.current(request)
    if unlocked is None:
        messages.error(request, str(NotUnlocked()))
        return done(request, "desk:vault")
    known = known_of(everybody_held(request.user, text.applicant), unlocked=unlocked, by=request.user)
    operations.clean_text(text=text, cleaned=cleaned_by(known), by=request.user)
    messages.success(
        request, _("The text of %(pseudonym)s tells it no more.") % {"pseudonym": text.applicant}
    )
    return done(request, "desk:vault")


@requires(Permission.WORK)
@require_POST
@by_fetch
def leave(request: SignedInRequest, text_id: int) -> HttpResponseBase:
    text = find_telling(request.user, text_id)
    form = LeaveTextForm(request.POST)
    if form.is_valid():
        operations.leave_text(text=text, reason=form.cleaned_data["reason"], by=request.user)
        return done(request, "desk:vault")
    return page(request, "applicants/_leave_text.html", {"form": form, "text": text})
