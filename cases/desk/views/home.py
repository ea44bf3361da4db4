from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.alarms.queries import open_alarms
from cases.applicants.doubles import doubles_of
from cases.applicants.erasures import erasures_waiting_for, holds_to_review
from cases.applicants.unchecked import texts_to_look_at
from cases.audit.standing import standing
from cases.desk import greeting
from cases.desk.breaches.clock import clocked
from cases.desk.queries import home as queries
from cases.desk.queries import log
from cases.desk.queries.keeping import waiting_for
from cases.desk.queries.waiting_list import silent_for_long, waiting_list
from cases.retention.queries import number_of_reviews
from cases.staff.answers import done
from cases.staff.door import SignedInRequest, signed_in
from cases.staff.operations import mark_seen
from cases.staff.queries import find_announcement
from cases.staff.roles import Permission
from cases.vault.due import due_for
from cases.vault.queries import has_key
from cases.vault.soundness import Finding


@signed_in
@require_POST
def seen(request: SignedInRequest, announcement_id: int) -> HttpResponseBase:
    """The reader has read what was announced."""
    found = find_announcement(request.user, announcement_id)
    mark_seen(announcement=found, by=request.user)
    return done(request, "desk:home")


@signed_in
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if user.may(Permission.REPORT):
        return redirect("applicants:field")
    context: dict[str, Any] = {"can": {permission.name for permission in Permission if user.may(permission)}}
    context |= {"announced": queries.announced_to(user), "pressing": clocked(user)}
    context |= {"to_approve": erasures_waiting_for(user)}
    if user.may(Permission.SEE_CASES):
        agenda, waiting = queries.agenda(user), waiting_for(user)
        mine, number = queries.my_cases(user)
        context |= {"agenda": agenda, "waiting": waiting, "mine": mine, "number": number}
        context |= {"standing_in": queries.standing_in(user), "alarms": open_alarms(user)}
        context |= {"changed": queries.lately_changed(user), "sentence": greeting.for_cases(agenda, waiting)}
        context |= dict(zip(("texts_to_check", "telling"), texts_to_look_at(user), strict=True))
        context |= doubles_of(user)
        context |= {"holds": holds_to_review(user), "silent": silent_for_long(waiting_list(user)).count()}
        context |= {"due": due_for(user).count() if user.may(Permission.USE_VAULT) else 0}
        context |= {"to_review": number_of_reviews(user) if user.may(Permission.ERASE) else 0}
        context |= {"no_vault": user.may(Permission.USE_VAULT) and not has_key(user)}
    if user.may(Permission.MANAGE_ACCOUNTS):
        accounts = queries.accounts()
        context |= {"accounts": accounts, "sentence": greeting.for_accounts(accounts)}
    if user.may(Permission.SEE_STANDING):
        context |= {"standing": (now := standing()), "faults": [Finding(*fault) for fault in now.faults]}
        if now.alarming:
            context |= {"sentence": greeting.for_standing()}
    if user.may(Permission.READ_AUDIT):
        context |= {"openings": log.latest_openings(), "chain": log.chain()}
        context |= {"sentence": greeting.for_auditor(log.openings_today())}
    return render(request, "desk/home.html", context)
