"""What the pages of evidence, referees and interviews have in common: the form, opening into it, striking out."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.applicants.forms import OpenForm
from cases.applicants.models import Applicant
from cases.applicants.refusals import Refused
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vetting.account import account_strip
from cases.vetting.forms.entries import EntryForm, StrikeForm
from cases.vetting.models import Entry
from cases.vetting.queries.entries import sealed_kinds
from cases.vetting.reading import read_entries
from cases.vetting.refusals import EntryChangedMeanwhile

F = TypeVar("F", bound=EntryForm)


def save(form: F, act: Callable[[], Entry]) -> tuple[F, Entry | None, Exception | None]:
    """Do `act`: the entry; or the form again with what is refused, and what happened where a colleague was faster."""
    try:
        return form, act(), None
    except EntryChangedMeanwhile as changed:
        return form.merged(changed.now), None, changed
    except (Refused, VaultRefused) as refusal:
        form.add_error(None, str(refusal))
        return form, None, None


def form_page(
    request: SignedInRequest,
    applicant: Applicant,
    form: EntryForm,
    *,
    entry: Entry | None = None,
    **words: Any,
) -> HttpResponse:
    """The page of a form; `words` are its heading, its lead, the way back and what is said when it is sent."""
    context = {
        "applicant": applicant,
        "form": form,
        "entry": entry,
        "filled": form.is_filled,
        "is_sealed": entry is not None and entry.sealed_kind in sealed_kinds(applicant, entry.PREFIX),
        "account": account_strip(applicant, request.user),
        "open_form": OpenForm(),
        **words,
    }
    return page(request, "vetting/entry_form.html", context)


def correct(
    request: SignedInRequest, entry: Entry, make: Callable[[dict[str, Any]], EntryForm], correct_url: str
) -> HttpResponse:
    """Fill the sealed half of the form; what was typed into it already stays."""
    asked = OpenForm(request.POST)
    found = opened(request, entry.applicant, [entry], asked)
    content = None if found is None else found.get(entry.pk, {})
    typed = {name: request.POST[name] for name in entry.SEALED if request.POST.get(name)}
    form = make({**(content or {}), **typed, "sealed_opened": content is not None})
    context = {
        "applicant": entry.applicant,
        "form": form,
        "entry": entry,
        "is_sealed": True,
        "filled": content is not None,
        "account": account_strip(entry.applicant, request.user),
        "open_form": asked,
        "correct_url": correct_url,
    }
    return render(request, "vetting/_sealed_half.html", context, status=422 if content is None else 200)


def opened(
    request: SignedInRequest, applicant: Applicant, entries: Iterable[Entry], asked: OpenForm
) -> dict[UUID, dict[str, Any]] | None:
    """What is sealed of these entries, or None where `asked` says why not."""
    if not asked.is_valid():
        return None
    unlocked = unlock.current(request)
    try:
        return read_entries(
            applicant=applicant, entries=entries, reason=asked.why, unlocked=unlocked, by=request.user
        )
    except VaultRefused as refusal:
        asked.add_error(None, str(refusal))
        return None


def strike_page(
    request: SignedInRequest, entry: Entry, act: Callable[[str], None], *, back_url: str, **words: Any
) -> HttpResponseBase:
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Struck out. It counts for nothing any more; its history stays."))
            return done(request, back_url)
    context = {"form": form, "applicant": entry.applicant, "back_url": back_url, **words}
    return page(request, "vetting/entry_strike.html", context)
