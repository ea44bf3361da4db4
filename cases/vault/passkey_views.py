"""The pages of unlocking with an authenticator. What it computes for the vault comes by fetch and goes nowhere else."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import ceremony, operations, unlock
from cases.vault.envelope import ROOT_BYTES
from cases.vault.forms import AnswerForm, PasskeyForm
from cases.vault.passkeys import find_passkey, passkeys_of
from cases.vault.refusals import NotUnlocked, PasskeyRefused
from cases.vault.views import attempted, by_fetch, fresh_login, limited, onward, unlock_first

# What an answer is held against lies in the session, sealed, and goes with the first answer.
QUESTION = "vault-passkey"


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
@fresh_login
def passkeys(request: SignedInRequest) -> HttpResponseBase:
    """The passkeys that unlock, and adding one; what was asked for answers once."""
    unlocked = unlock.current(request)
    if unlocked is None:
        return done(request, unlock_first(request))
    form = PasskeyForm(request.POST or None)
    question = request.session.pop(QUESTION, {}) if request.method == "POST" else {}
    if form.is_valid():
        said = form.cleaned_data | {"host": request.get_host(), "unlocked": unlocked, "by": request.user}
        if attempted(form, lambda: _add(said, question)):
            messages.success(request, _("This passkey unlocks from now on. Your seven words do so too."))
            return done(request, "vault:passkeys")
    context = {"form": form, "passkeys": passkeys_of(request.user)}
    return page(request, "vault/passkeys.html", context)


def _add(said: dict[str, object], question: dict[str, object]) -> object:
    if question.get("for") != "adding":
        raise PasskeyRefused
    salt = bytes.fromhex(str(question["salt"]))
    return operations.add_passkey(**said, salt=salt, state=question["state"])  # type: ignore[arg-type]


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def passkey_question(request: SignedInRequest) -> HttpResponseBase:
    """What the browser is to ask a new authenticator for."""
    if unlock.current(request) is None:
        return JsonResponse({"error": str(NotUnlocked())}, status=409)
    salt, known = secrets.token_bytes(ROOT_BYTES), passkeys_of(request.user)
    options, state = ceremony.begin_adding(user=request.user, host=request.get_host(), salt=salt, known=known)
    request.session[QUESTION] = {"for": "adding", "salt": salt.hex(), "state": state}
    return JsonResponse(options)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def unlock_question(request: SignedInRequest) -> HttpResponseBase:
    known = passkeys_of(request.user)
    options, state = ceremony.begin_unlocking(host=request.get_host(), known=known)
    request.session[QUESTION] = {"for": "unlocking", "state": state}
    return JsonResponse(options)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
@limited
def unlock_by_passkey(request: SignedInRequest) -> HttpResponseBase:
    form = AnswerForm(request.POST)
    question = request.session.pop(QUESTION, {})
    if form.is_valid():
        said = form.cleaned_data | {"state": question.get("state"), "host": request.get_host()}
        if question.get("for") != "unlocking":
            form.add_error(None, str(PasskeyRefused()))
        elif unlocked := attempted(form, lambda: operations.unlock_with_passkey(user=request.user, **said)):
            response = done(request, onward(request))
            unlock.put(response, request, unlocked)
            return response
    return page(request, "vault/_unlock_passkey.html", {"form": form})


@requires(Permission.USE_VAULT)
@require_POST
@fresh_login
def remove_passkey(request: SignedInRequest, passkey_id: UUID) -> HttpResponseBase:
    operations.remove_passkey(passkey=find_passkey(request.user, passkey_id), by=request.user)
    messages.success(request, _("Removed. It unlocks nothing any more."))
    return done(request, "vault:passkeys")
