from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.applicants import panels, queries, viewers
from cases.applicants.consents import answers_to
from cases.applicants.doubles import merged_with
from cases.applicants.erasures import hold_on, waiting_for
from cases.applicants.forms import NoteForm, OpenForm
from cases.applicants.mentions import mentionable
from cases.applicants.models import Applicant, Purpose
from cases.applicants.openers import openers_of
from cases.applicants.stages import PHASES, Stage, phase_of
from cases.applicants.strips import Strip, strips_of
from cases.applicants.timeline import coming_up, timeline
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault.queries import may_open

NOTES_A_PAGE = 50


@requires(Permission.SEE_CASES)
@require_GET
def detail(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    kin = queries.household_of(applicant, request.user)
    together = [applicant.pk, *(one.applicant_id for one in kin.others)] if kin.mine else []
    return _case(
        request,
        applicant,
        "applicants/overview.html",
        "overview",
        kin=kin,
        agreed=answers_to(Purpose.GOVERNMENT, together).yes,
        coming=coming_up(applicant),
        notes=queries.notes_of(applicant)[:3],
        note_form=NoteForm(),
        mentionable=mentionable(applicant),
        panels=panels.panels_for(request.user, "side"),
    )


@requires(Permission.SEE_CASES)
@require_GET
def timeline_tab(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    line = timeline(applicant, merged=merged_with(applicant, request.user).others)
    return _case(request, applicant, "applicants/timeline.html", "timeline", line=line)


@requires(Permission.SEE_CASES)
@require_GET
def notes(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    found = Paginator(queries.notes_of(applicant), NOTES_A_PAGE).get_page(request.GET.get("page"))
    more = {"notes": found, "note_form": NoteForm(), "mentionable": mentionable(applicant)}
    return _case(request, applicant, "applicants/notes.html", "notes", **more)


@requires(Permission.SEE_CASES)
@require_GET
def people(request: SignedInRequest, applicant_id: UUID) -> HttpResponseBase:
    applicant = queries.find_applicant(request.user, applicant_id)
    return _case(
        request,
        applicant,
        "applicants/people.html",
        "people",
        viewers=viewers.who_sees(applicant),
        openers=openers_of(applicant),
        opens_account=may_open(request.user, applicant.account_safe),
        waiting=viewers.requests_for(applicant),
    )


@requires(Permission.SEE_CASES)
@require_GET
def part(request: SignedInRequest, applicant_id: UUID, slug: str) -> HttpResponseBase:
    """A tab that another slice brings; its content comes from that slice's own page."""
    applicant = queries.find_applicant(request.user, applicant_id)
    panel = panels.find_panel(request.user, slug)
    if panel is None:
        raise Http404
    return _case(request, applicant, "applicants/part.html", slug, panel=panel)


def _case(
    request: SignedInRequest, applicant: Applicant, template: str, tab: str, **more: Any
) -> HttpResponse:
    name, contact = strips_of(applicant, request.user)
    merged = merged_with(applicant, request.user)
    context = {
        "applicant": applicant,
        "name": name,
        "contact": contact,
        "open_form": OpenForm(),
        "deadline": queries.next_deadlines([applicant]).get(applicant.pk),
        "tabs": _tabs(request, applicant),
        "tab": tab,
        "hold": hold_on(applicant),
        "erasure": waiting_for(applicant),
        "merged": merged,
        "header_lines": panels.header_lines(request.user, applicant),
        "can": _verbs(request, applicant, name),
        **_phases(applicant),
        **more,
    }
    return render(request, template, context)


def _tabs(request: SignedInRequest, applicant: Applicant) -> list[tuple[str, str, str]]:
    own = [
        ("overview", _("Overview"), "detail"),
        ("timeline", _("Timeline"), "timeline"),
        ("notes", _("Notes"), "notes"),
        ("people", _("People"), "people"),
    ]
    tabs = [(slug, title, reverse(f"applicants:{name}", args=[applicant.pk])) for slug, title, name in own]
    return tabs + [
        (panel.slug, str(panel.title), reverse("applicants:part", args=[applicant.pk, panel.slug]))
        for panel in panels.panels_for(request.user, "tab")
    ]


def _verbs(request: SignedInRequest, applicant: Applicant, name: Strip) -> dict[str, bool]:
    """What this person may do with this case: the role says the verb, the sharing says whether it is open to them."""
    works, may = applicant.workable, request.user.may  # type: ignore[attr-defined]
    return {
        "work": works and may(Permission.WORK),
        "move": works and may(Permission.MOVE_STAGE) and applicant.stage != Stage.MERGED,
        "decide": works and may(Permission.ASSIGN),
        "share": works and may(Permission.SHARE),
        "open": may(Permission.USE_VAULT),
        "interview": may(Permission.USE_VAULT)
        and (name.held or may_open(request.user, applicant.account_safe)),
        "register": may(Permission.REGISTER),
        "erase": works and may(Permission.ERASE),
    }


def _phases(applicant: Applicant) -> dict[str, Any]:
    phase = phase_of(applicant.stage)
    return {
        "phases": [(str(number), str(one.label)) for number, one in enumerate(PHASES)],
        "phase": str(PHASES.index(phase)) if phase else "",
        "ended": "" if phase else str(Stage(applicant.stage).label),
        "stage_is_said": phase is None or len(phase.stages) == 1,
    }
