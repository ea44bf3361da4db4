"""The details of the audit log are stored in English and as codes; here they are said in the reader's language."""

import re
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop

from cases.applicants.forms.opening import Reason
from cases.applicants.stages import Stage
from cases.applicants.timers import written
from cases.audit.standing import faults_in
from cases.staff.forms import AccountForm
from cases.staff.models import Invitation, User
from cases.staff.roles import Role
from cases.vault.soundness import Finding
from cases.vetting.models import Outcome

_REASONS = {written(reason.label): reason.label for reason in Reason}
_STAGES = dict(Stage.choices)
_ROLES = dict(Role.choices)
_OUTCOMES = dict(Outcome.choices)
_PURPOSES = dict(Invitation.Purpose.choices)
_FACTS = {
    field.name: field.verbose_name for field in User._meta.fields if field.name in AccountForm.Meta.fields
}
# How an interview ended.
_ENDS = {
    "ended": gettext_noop("by the button"),
    "locked": gettext_noop("by locking"),
    "logged out": gettext_noop("by logging out"),
    "ran out": gettext_noop("because its time was over"),
    "barred": gettext_noop("because the account was frozen or its colleague travels"),
    "over before": gettext_noop("because the unlock in which it began was over"),
}
_INTERVIEW = re.compile(r"interview \d+: ")
_MOVE = re.compile(r"(\w+) to (\w+)")


def _label(labels: Mapping[str, str | Promise], code: str) -> str:
    return str(labels.get(code, code))


def _reason(detail: str) -> str:
    within = _INTERVIEW.match(detail)
    if within is not None:
        return gettext("in the interview: %(why)s") % {"why": _reason(detail[within.end() :])}
    reason, _colon, words = detail.partition(": ")
    if reason not in _REASONS or not words:
        return _label(_REASONS, detail)
    return gettext("%(label)s: %(value)s") % {"label": _REASONS[reason], "value": words}


def _move(detail: str) -> str:
    found = _MOVE.fullmatch(detail)
    if found is None or not {found[1], found[2]} <= _STAGES.keys():
        return detail
    return f"{_label(_STAGES, found[1])} → {_label(_STAGES, found[2])}"


def _role(detail: str) -> str:
    role, _until, day = detail.partition(" until ")
    if role not in _ROLES or not day:
        return _label(_ROLES, detail)
    return gettext("%(role)s until %(day)s") % {"role": _ROLES[role], "day": day}


def _facts(detail: str) -> str:
    """What was changed of an account; of the name also what it was and is."""
    names, colon, renamed = detail.partition(": ")
    facts = names.split(", ")
    if not set(facts) <= _FACTS.keys():
        return detail
    said = ", ".join(str(_FACTS[name]) for name in facts)
    return gettext("%(label)s: %(value)s") % {"label": said, "value": renamed} if colon else said


def _faults(detail: str) -> str:
    return " ".join(str(Finding(*fault)) for fault in faults_in(detail)) or detail


_READERS: dict[str, Callable[[str], str]] = {
    "vault.opened": _reason,
    "vault.interview_begun": _reason,
    "vault.interview_ended": lambda detail: gettext(_ENDS[detail]) if detail in _ENDS else detail,
    "applicants.registered": lambda detail: _label(_STAGES, detail),
    "applicants.stage_moved": _move,
    "vetting.decided": lambda detail: _label(_OUTCOMES, detail),
    "staff.role_given": _role,
    "staff.role_ended": _role,
    "staff.account_edited": _facts,
    "vault.found_faulty": _faults,
    "staff.link_made": lambda detail: _label(_PURPOSES, detail),
}


def in_words(action: str, detail: str) -> str:
    """What is not recognised stays as it is stored."""
    return _READERS[action](detail) if action in _READERS else detail
