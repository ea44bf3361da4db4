"""Many cases at once: chosen in the list, looked at before anything happens, then done with one page that says what was."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cases.applicants.views.guarded import guard
from cases.desk.bulk import forms, operations, plans
from cases.desk.bulk.queries import chosen_ids
from cases.desk.lists.queries import worth_saving
from cases.staff.answers import page
from cases.staff.door import SignedInRequest, requires
from cases.staff.roles import Permission
from cases.vault import unlock


@dataclass(frozen=True)
class Action:
    """`text`: the field whose words stand in clear, and are looked at by the name-leak guard."""

    title: Promise
    form: Callable[..., BaseForm]
    check: plans.Check
    act: operations.Act
    text: str = ""


ASSIGN = Action(_("Choose owner and team"), forms.AssignManyForm, plans.check_assign, operations.assign)
SHARE = Action(_("Share"), forms.ShareManyForm, plans.check_share, operations.share)
TASK = Action(_("Set a task"), forms.TaskManyForm, plans.check_task, operations.add_task, "title")
STAGE = Action(
    _("Move to another stage"), forms.StageManyForm, plans.check_stage, operations.move_stage, "reason"
)


@requires(Permission.ASSIGN)
@require_POST
def assign(request: SignedInRequest) -> HttpResponseBase:
    return _together(request, ASSIGN)


@requires(Permission.SHARE)
@require_POST
def share(request: SignedInRequest) -> HttpResponseBase:
    return _together(request, SHARE)


@requires(Permission.WORK)
@require_POST
def task(request: SignedInRequest) -> HttpResponseBase:
    return _together(request, TASK)


@requires(Permission.SEE_CASES)
@require_POST
def stage(request: SignedInRequest) -> HttpResponseBase:
    """Who may make which move stands in the table of transitions, so the door here is that of the list."""
    return _together(request, STAGE)


def _together(request: SignedInRequest, action: Action) -> HttpResponseBase:
    ids = chosen_ids(request)
    cases = plans.chosen_cases(request.user, ids)
    back = worth_saving(QueryDict(request.POST.get("back", "")))
    context = {
        "action": action,
        "cases": cases,
        "back": back,
        "most": plans.MOST,
        "too_many": len(ids) > plans.MOST,
    }
    if not cases or len(ids) > plans.MOST:
        return render(request, "desk/bulk_none.html", context, status=422)
    form: Any = action.form(request.POST if "sent" in request.POST else None, cases=cases, by=request.user)
    if not form.is_valid() or not _is_fine(form, action, cases, request):
        return page(request, "desk/bulk.html", context | {"form": form})
    wish = form.cleaned_data | ({"chosen": form.chosen} if action is SHARE else {})
    unlocked = unlock.current(request)
    lines = plans.plan(cases, wish, action.check, unlocked=unlocked is not None, by=request.user)
    seal = _seal(form, [one.pk for one in cases])
    if "do" in request.POST and request.POST.get("looked_at") == seal:
        wanted = {"wish": wish, "act": action.act, "unlocked": unlocked, "guarded": form.guarded}
        done = operations.carry_out(lines=lines, **wanted, by=request.user)
        return render(request, "desk/bulk_done.html", context | _sorted(done))
    return render(
        request, "desk/bulk.html", context | _sorted(lines) | {"form": form, "seal": seal, "looked": True}
    )


def _is_fine(form: Any, action: Action, cases: list[Any], request: SignedInRequest) -> bool:
    """Let the name-leak guard look at what will stand in clear; what it replaced is what the form shows from then on."""
    form.guarded = None
    if not action.text:
        return True
    form.guarded = guard(form, [action.text], cases[0], request)
    if form.guarded is not None:
        form.data = form.data.copy()
        form.data[action.text] = form.cleaned_data[action.text]
    return form.guarded is not None


def _seal(form: Any, ids: list[UUID]) -> str:
    """What was looked at is what is done: another wish, or other cases, are looked at first."""
    wish = sorted((name, form.data.getlist(name)) for name in form.fields)
    return hashlib.sha256(repr((wish, ids)).encode()).hexdigest()


def _sorted(lines: list[plans.Line]) -> dict[str, list[plans.Line]]:
    return {
        "possible": [one for one in lines if not one.obstacles],
        "impossible": [one for one in lines if one.obstacles],
    }
