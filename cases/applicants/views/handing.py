"""Hand over my cases: to whom, what will happen with each, done in one unlock."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cases.applicants import handing
from cases.applicants.forms.handing import BetweenForm, ChosenForm
from cases.applicants.operations.handing import Handed, hand_over
from cases.applicants.queries import owners_seen_by
from cases.staff.answers import done, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.models import User
from cases.staff.roles import Permission
from cases.vault import unlock

# Each is sealed to the colleague anew: more would keep one waiting too long. The rest follows with the next sending.
MOST = 100
# Of what went otherwise than wished, so many are said one by one.
SAID = 8


@requires(Permission.SHARE)
@require_http_methods(["GET", "POST"])
def handover(request: SignedInRequest) -> HttpResponseBase:
    by, unlocked = request.user, unlock.current(request)
    between = BetweenForm(request.GET if "to" in request.GET else None, by=by, owners=owners_seen_by(by))
    if not between.is_valid():
        return page(request, "applicants/handover.html", {"between": between})
    giver, taker = between.giver, between.cleaned_data["to"]
    cases = handing.to_hand_over(giver, by)
    form = ChosenForm(request.POST if request.method == "POST" else None, cases=cases)
    if form.is_valid():
        chosen = list(form.cleaned_data["cases"])[:MOST]
        handed = hand_over(applicants=chosen, of=giver, to=taker, unlocked=unlocked, by=by)
        _say(request, handed, taker)
        return done(request, request.get_full_path())
    shown = handing.plans(cases[:MOST], of=giver, to=taker, unlocked=unlocked, by=by)
    hidden = handing.held_by(giver).count() - cases.count()
    context = {"between": between, "form": form, "plans": shown, "giver": giver, "taker": taker}
    context |= {"hidden": hidden, "more": max(0, cases.count() - MOST)}
    return page(request, "applicants/handover.html", context)


def _say(request: SignedInRequest, handed: list[Handed], taker: User) -> None:
    good = [one for one in handed if not one.refused]
    waiting = [one for one in good if one.waits]
    if good:
        said = ngettext(
            "%(number)s case is with %(who)s now.", "%(number)s cases are with %(who)s now.", len(good)
        )
        messages.success(request, said % {"number": len(good), "who": taker})
    if waiting:
        said = ngettext(
            "For %(number)s of them, opening the name or the account waits until somebody who can open it agrees.",
            "For %(number)s of them, opening the name or the account waits until somebody who can open it agrees.",
            len(waiting),
        )
        messages.warning(request, said % {"number": len(waiting)})
    for one in [one for one in handed if one.refused][:SAID]:
        why = {"label": one.applicant.pseudonym, "value": one.refused}
        messages.warning(request, _("%(label)s: %(value)s") % why)
