from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases.applicants import operations, queries
from cases.applicants.forms import RegisterForm
from cases.applicants.models import Applicant
from cases.applicants.operations import doubles
from cases.applicants.refusals import PseudonymTaken, PseudonymTells, Refused
from cases.applicants.views.household import companion_id
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import User, random_id
from cases.staff.roles import Permission
from cases.vault import unlock
from cases.vault.refusals import Refused as VaultRefused
from cases.vault.views import by_fetch

TAKEN = gettext_lazy(
    "Somebody else was given this pseudonym a moment ago. Here is another; nothing you typed is lost."
)
TELLS = gettext_lazy("The pseudonym held a part of the name. Here is another; nothing you typed is lost.")


@requires(Permission.REGISTER)
@require_http_methods(["GET", "POST"])
@by_fetch
def register(request: SignedInRequest) -> HttpResponseBase:
    form = RegisterForm(request.POST or None, initial=_first_values(request.user))
    if form.is_valid() and not _asks_first(request, form):
        try:
            applicant = operations.register_applicant(new=_new(form), by=request.user)
        except PseudonymTaken:
            form = _with_another_pseudonym(form, TAKEN)
        except PseudonymTells:
            form = _with_another_pseudonym(form, TELLS)
        except (Refused, VaultRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Registered as %(pseudonym)s. Say this pseudonym to the person, for the next call.")
            messages.success(request, said % {"pseudonym": applicant.pseudonym})
            if request.POST.get("known") == "other":
                doubles.say_other(one=applicant, others=_known(request, form), by=request.user)
            return done(request, _onward(request, applicant))
    return page(request, "applicants/register.html", {"form": form})


@requires(Permission.REGISTER)
@require_GET
def pseudonym(request: SignedInRequest) -> HttpResponseBase:
    """Another pseudonym, for when the one offered is hard to say or sounds wrong."""
    return render(request, "applicants/_pseudonym.html", {"pseudonym": queries.offer_pseudonym()})


def _asks_first(request: SignedInRequest, form: RegisterForm) -> bool:
    """Whether the name is that of somebody known, and the writer has to say first what that means."""
    if "known" in request.POST:
        return False
    form.doubles = _known(request, form)  # type: ignore[attr-defined]
    if form.doubles:  # type: ignore[attr-defined]
        form.add_error("name", _("Perhaps you know this person already. Look below."))
        return True
    return False


def _known(request: SignedInRequest, form: RegisterForm) -> list[Applicant]:
    """Cases that answer to the typed name, among those the writer holds; nothing while locked: the next unlock asks."""
    unlocked, name = unlock.current(request), form.cleaned_data["name"]
    if unlocked is None or not name:
        return []
    besides = form.cleaned_data["new_id"]
    return doubles.known_as(name=name, besides=besides, unlocked=unlocked, by=request.user)


def _first_values(user: User) -> dict[str, object]:
    last = queries.last_registered_by(user)
    values = {"new_id": random_id(), "pseudonym": queries.offer_pseudonym()}
    # Who takes people in sits in one country most days.
    return values | ({"country": str(last.country), "channel": last.channel} if last else {})


def _new(form: RegisterForm) -> operations.NewApplicant:
    clean = form.cleaned_data
    facts = {name: clean[name] for name in ("pseudonym", "category", "channel")}
    identity, country = {"name": clean["name"]}, str(clean["country"])
    return operations.NewApplicant(id=clean["new_id"], **facts, country=country, identity=identity)


def _with_another_pseudonym(form: RegisterForm, why: Promise) -> RegisterForm:
    typed = form.data.copy()  # type: ignore[attr-defined]
    typed["pseudonym"] = queries.offer_pseudonym()
    again = RegisterForm(typed)
    again.add_error(None, str(why))
    return again


def _onward(request: SignedInRequest, applicant: Applicant) -> str:
    companion = companion_id(request)
    if companion is None:
        return applicant.get_absolute_url()
    return reverse("applicants:household", args=[applicant.pk]) + f"?with={companion}"
