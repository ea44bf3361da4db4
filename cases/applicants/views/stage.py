from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.applicants import operations, queries
from cases.applicants.consents import waits_for
from cases.applicants.forms import StageForm
from cases.applicants.models import Applicant, Purpose
from cases.applicants.refusals import StageBlocked
from cases.applicants.stages import Stage
from cases.applicants.undo import own_change
from cases.applicants.views.guarded import guard
from cases.applicants.ways import ways_from
from cases.staff.answers import done, done_but, page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission


@requires(Permission.SEE_CASES)
@require_http_methods(["GET", "POST"])
def stage(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    """Who may make which move stands in the table of transitions, so the door here is that of the case."""
    applicant = queries.find_applicant(request.user, applicant_id, "work")
    if request.POST.get("target") == applicant.stage:
        # The answer to the first sending got lost on the way.
        return done(request, applicant)
    ways = ways_from(applicant, request.user)
    companions = queries.companions(applicant, request.user)
    form = StageForm(request.POST or None, ways=ways, companions=companions)
    unasked: list[tuple[Applicant, Purpose | None]] = []
    if form.is_valid() and (guarded := guard(form, ["reason"], applicant, request)):
        clean = form.cleaned_data
        moving = [applicant, *clean.get("along", [])]
        try:
            moved = {"target": clean["target"], "reason": clean["reason"], "guarded": guarded}
            operations.move_stage(applicants=moving, **moved, by=request.user)
        except StageBlocked as blocked:
            form.refuse(blocked)
            unasked = [(one, waits_for(one, clean["target"])) for one in moving]
        else:
            who = ", ".join(one.pseudonym for one in moving)
            said = {"label": who, "value": Stage(clean["target"]).label}
            change = own_change(applicant, request.user)
            undo = reverse("applicants:stage_undo", args=[change.pk]) if change else ""
            done_but(request, _("%(label)s: %(value)s") % said, undo=undo)
            return done(request, applicant)
    closed = [way for way in ways if not way.is_open]
    context = {"form": form, "applicant": applicant, "closed_ways": closed, "unasked": unasked}
    context["works"] = request.user.may(Permission.WORK)
    return page(request, "applicants/stage.html", context)
