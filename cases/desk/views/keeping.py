"""My vault: what one can open and until when, the people behind the pseudonyms, and who waits."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cases.applicants.operations import answer_request
from cases.applicants.refusals import Refused as CaseRefused
from cases.applicants.unchecked import texts_to_look_at
from cases.desk import operations
from cases.desk.forms import AnswerForm, PeopleForm
from cases.desk.queries import keeping as queries
from cases.desk.rekeying import Rekeying
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import operations as vault_operations
from cases.vault import unlock
from cases.vault.due import due_for
from cases.vault.officers import is_officer
from cases.vault.queries import has_key, lost_grants_of
from cases.vault.refusals import KeyNotConfirmed, Refused
from cases.vault.views import by_fetch

PAGE = 50


@requires(Permission.USE_VAULT)
@require_safe
def vault(request: SignedInRequest) -> HttpResponse:
    user = request.user
    page = Paginator(queries.held_cases(user), PAGE).get_page(request.GET.get("page"))
    context = {
        "passkeys_allowed": settings.VAULT["passkeys"],
        "has_key": has_key(user),
        "lost": lost_grants_of(user).count(),
        "rekeying": Rekeying(total=due_for(user).count()),
        "is_officer": is_officer(user),
        "waiting": queries.waiting_for(user),
        "mine": len(queries.my_people(user)),
        "page": page,
        "held": queries.held_rows(user, page.object_list),
        "elsewhere": queries.held_elsewhere(user),
        **dict(zip(("texts_to_check", "telling"), texts_to_look_at(user), strict=True)),
        "asked": queries.my_requests(user),
    }
    return render(request, "desk/vault.html", context)


@requires(Permission.USE_VAULT)
@require_POST
@by_fetch
def people(request: SignedInRequest) -> HttpResponseBase:
    """First names beside one's own pseudonyms: as a list, or into the rows of a page that names its cases."""
    form = PeopleForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    wanted = form.cleaned_data["case"]
    mine, unlocked = queries.my_people(request.user, wanted or None), unlock.current(request)
    if unlocked is None:
        return render(request, "desk/_people_locked.html", status=422)
    names = operations.first_names(applicants=mine, unlocked=unlocked, by=request.user)
    found = [(applicant, names.get(applicant.pk)) for applicant in mine]
    template = "desk/_people_in_rows.html" if wanted else "desk/_people.html"
    return render(request, template, {"people": found})


@requires(Permission.USE_VAULT)
@require_POST
def renew(request: SignedInRequest) -> HttpResponseBase:
    number = vault_operations.renew_access(safes=queries.renewable(request.user), by=request.user)
    said = ngettext("Renewed for 90 days: %(n)d.", "Renewed for 90 days: %(n)d.", number)
    messages.success(request, said % {"n": number})
    return back(request)


@requires(Permission.USE_VAULT)
@require_POST
def answer(request: SignedInRequest, request_id: UUID) -> HttpResponseBase:
    asked = queries.find_request(request.user, request_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    give, reason = form.cleaned_data["give"], form.cleaned_data["reason"]
    try:
        answer_request(
            request=asked, give=give, unlocked=unlock.current(request), by=request.user, reason=reason
        )
    except KeyNotConfirmed as refusal:
        onward = urlencode({"next": reverse("desk:vault")})
        return done(request, reverse("vault:colleague_key", args=[refusal.user_id]) + f"?{onward}")
    except (Refused, CaseRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("%(person)s can open it now.") if give else _("Refused. %(person)s sees that you did.")
        messages.success(request, said % {"person": asked.asker})
    return back(request)


def back(request: SignedInRequest) -> HttpResponseBase:
    """To the page on which the button was pressed."""
    here = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    return done(request, here.partition("#")[0] if here else "desk:vault")
