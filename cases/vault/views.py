from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cases.staff.answers import done, is_fetch, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.queries import is_demo
from cases.staff.roles import Permission
from cases.vault import operations, queries, unlock
from cases.vault.forms import FingerprintForm, LanguageForm, PassphraseForm, SheetForm, StartOverForm
from cases.vault.models import Wrap
from cases.vault.passkeys import passkeys_of
from cases.vault.refusals import Refused, TooManyTries

View = Callable[..., HttpResponseBase]
FORMS = {Wrap.Kind.PASSPHRASE: PassphraseForm, Wrap.Kind.SHEET: SheetForm}
Answer = TypeVar("Answer")


def by_fetch(view: View) -> View:
    """Refuse a plain form submission: browsers write the body of one to disk, and here it is a secret."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not is_fetch(request):
            raise BadRequest
        return view(request, *args, **kwargs)

    return guarded


def fresh_login(view: View) -> View:
    """Ask for the login again before the page; a POST goes back to the page, so that its body is kept nowhere."""
    gated: View = reauthentication_required(view)

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return gated(request, *args, **kwargs)
        try:
            return gated(request, *args, **kwargs)
        except ReauthenticationRequired:
            return done(request, request.path)

    return guarded


def onward(request: SignedInRequest) -> str:
    url = request.GET.get("next", "")
    known = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if known else reverse("desk:home")


def limited(view: View) -> View:
    """After too many wrong tries the login ends, and with it what was unlocked."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except TooManyTries as refusal:
            logout(request)
            messages.error(request, str(refusal))
            response = done(request, settings.LOGIN_URL)
            unlock.forget(response)
            return response

    return guarded


def attempted(form: Form, act: Callable[[], Answer]) -> Answer | None:
    """Do `act`; what the vault refuses becomes an error of the form."""
    try:
        return act()
    except TooManyTries:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _shown_once(request: SignedInRequest, *, passphrase: str = "", sheet: str = "") -> HttpResponse:
    context = {"passphrase": passphrase.split(), "sheet": sheet.split()}
    response = render(request, "vault/_shown_once.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _demo_words(request: SignedInRequest) -> str:
    if not settings.DEMO or not is_demo():
        return ""
    return settings.DEMO_PASSPHRASES.get(request.user.username) or ""


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
@limited
def unlock_vault(request: SignedInRequest) -> HttpResponseBase:
    language = queries.language_of(request.user, Wrap.Kind.PASSPHRASE)
    if language is None:
        return done(request, "vault:first")
    demo = _demo_words(request)
    sent = {"words": demo} if demo and "demo" in request.POST else request.POST or None
    form = PassphraseForm(sent, language=language)
    if form.is_valid():
        words = form.cleaned_data["words"]
        unlocked = attempted(form, lambda: operations.unlock(user=request.user, passphrase=words))
        if unlocked:
            response = done(request, onward(request))
            unlock.put(response, request, unlocked)
            return response
    context = {"form": form, "demo": bool(demo), "passkeys": passkeys_of(request.user).exists()}
    return page(request, "vault/unlock.html", context)


@requires(Permission.USE_VAULT)
@require_POST
def lock_vault(request: SignedInRequest) -> HttpResponseBase:
    operations.lock(user=request.user)
    response = done(request, "desk:home")
    unlock.forget(response)
    return response


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
def first_key(request: SignedInRequest) -> HttpResponseBase:
    if not queries.may_set_up(request.user):
        return done(request, "vault:unlock")
    form = _language_form(request)
    if form.is_valid():
        language = form.cleaned_data["language"]
        words = attempted(form, lambda: operations.set_up(user=request.user, language=language))
        if words:
            return _shown_once(request, passphrase=words.passphrase, sheet=words.sheet_code)
    return page(request, "vault/first.html", {"form": form})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
@fresh_login
def change_passphrase(request: SignedInRequest) -> HttpResponseBase:
    unlocked = unlock.current(request)
    if unlocked is None:
        return done(request, unlock_first(request))
    form = _language_form(request)
    if form.is_valid():
        change = partial(operations.change_passphrase, unlocked=unlocked, by=request.user)
        words = attempted(form, lambda: change(language=form.cleaned_data["language"]))
        if words:
            return _shown_once(request, passphrase=words)
    return page(request, "vault/passphrase.html", {"form": form})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
@fresh_login
def recovery_sheet(request: SignedInRequest) -> HttpResponseBase:
    unlocked = unlock.current(request)
    if unlocked is None:
        return done(request, unlock_first(request))
    form = _language_form(request)
    if form.is_valid():
        make = partial(operations.new_sheet, unlocked=unlocked, by=request.user)
        words = attempted(form, lambda: make(language=form.cleaned_data["language"]))
        if words:
            return _shown_once(request, sheet=words)
    return page(request, "vault/sheet.html", {"form": form})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
@limited
def lost_passphrase(request: SignedInRequest) -> HttpResponseBase:
    language = queries.language_of(request.user, Wrap.Kind.SHEET)
    if language is None:
        return done(request, "vault:first")
    form = SheetForm(request.POST or None, language=language)
    if form.is_valid():
        code = form.cleaned_data["words"]
        words = attempted(form, lambda: operations.restore_with_sheet(user=request.user, code=code))
        if words:
            return _shown_once(request, passphrase=words)
    return page(request, "vault/lost.html", {"form": form})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
@fresh_login
def start_over(request: SignedInRequest) -> HttpResponseBase:
    if not queries.has_key(request.user):
        return done(request, "vault:first")
    form = StartOverForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        chosen = form.cleaned_data
        words = attempted(form, lambda: operations.start_over(user=request.user, **chosen))
        if words:
            return _shown_once(request, passphrase=words.passphrase, sheet=words.sheet_code)
    loss = queries.loss_of(request.user)
    return page(request, "vault/start_over.html", {"form": form, "loss": loss})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
@by_fetch
@limited
def take_back(request: SignedInRequest) -> HttpResponseBase:
    """For words, or a sheet, that are found again after starting over."""
    unlocked = unlock.current(request)
    if unlocked is None:
        return done(request, unlock_first(request))
    kind = Wrap.Kind.SHEET if "sheet" in request.GET else Wrap.Kind.PASSPHRASE
    way = queries.earlier_ways_in(request.user, kind).first()
    if way is None or not queries.lost_grants_of(request.user).exists():
        return done(request, "desk:vault")
    form = FORMS[kind](request.POST or None, language=way.language)
    if form.is_valid():
        take = partial(operations.take_back, kind=kind, unlocked=unlocked, by=request.user)
        number = attempted(form, lambda: take(words=form.cleaned_data["words"]))
        if number is not None:
            said = ngettext(
                "%(number)s sealed part opens again.", "%(number)s sealed parts open again.", number
            )
            messages.success(request, said % {"number": number})
            return done(request, "desk:vault")
    return page(request, "vault/take_back.html", {"form": form, "sheet": kind is Wrap.Kind.SHEET})


@requires(Permission.USE_VAULT)
@require_http_methods(["GET", "POST"])
def colleague_key(request: SignedInRequest, user_id: int) -> HttpResponseBase:
    """The words of a key: one's own to read out, a colleague's new one to compare."""
    keyring = queries.find_keyring(user_id)
    form = FingerprintForm(request.POST or None, initial={"fingerprint": queries.fingerprint_of(keyring)})
    own = keyring.user_id == request.user.pk
    if form.is_valid() and not own:
        words = form.cleaned_data["fingerprint"]
        confirm = partial(operations.confirm_key, of=keyring.user, unlocked=unlock.current(request))
        if attempted(form, lambda: confirm(fingerprint=words, by=request.user)):
            return done(request, onward(request))
    words = queries.fingerprints_of(keyring)
    context = {"form": form, "colleague": keyring.user, "own": own, "words": words}
    return page(request, "vault/colleague_key.html", context | {"unconfirmed": queries.unconfirmed(keyring)})


def _language_form(request: SignedInRequest) -> LanguageForm:
    return LanguageForm(request.POST or None, initial={"language": request.user.language})


def unlock_first(request: SignedInRequest) -> str:
    return reverse("vault:unlock") + "?" + urlencode({"next": request.path})
