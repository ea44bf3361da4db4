"""Stages of a case, the transitions between them and the guards on the way.

One table, `TRANSITIONS`, is the whole rule. A guard is a named function that returns a sentence saying what is missing,
or None; higher slices register their own in `AppConfig.ready()` and attach them to a stage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.staff.models import User
from cases.staff.roles import Permission

if TYPE_CHECKING:
    from cases.applicants.models import Applicant


class Stage(models.TextChoices):
    CONTACT = "contact", _("First contact")
    INTAKE = "intake", _("Intake")
    VETTING = "vetting", _("Vetting")
    VETTING_HOLD = "vetting_hold", _("Vetting on hold")
    VETTED = "vetted", _("Vetted")
    DOC_REMEDY = "doc_remedy", _("Document remedy")
    DOSSIER = "dossier", _("Dossier")
    SUBMITTED = "submitted", _("Submitted")
    QUESTIONS = "questions", _("Questions from the government")
    APPROVED = "approved", _("Approved")
    TRAVEL_BOOKED = "travel_booked", _("Travel booked")
    TRAVEL_FAILED = "travel_failed", _("Stopped on the way")
    ARRIVED = "arrived", _("Arrived")
    SPADA = "spada", _("First reception body (SPADA)")
    GUDA = "guda", _("Prefecture one-stop desk (GUDA)")
    RESPONSIBILITY = "responsibility", _("Responsible state procedure")
    OFPRA_FILED = "ofpra_filed", _("Filed with OFPRA")
    OFPRA_INTERVIEW = "ofpra_interview", _("Interview at OFPRA")
    REJECTED_OFPRA = "rejected_ofpra", _("Rejected by OFPRA")
    CNDA = "cnda", _("Appeal to the CNDA")
    REJECTED_FINAL = "rejected_final", _("Finally rejected")
    GRANTED = "granted", _("Protection granted")
    INTEGRATION = "integration", _("Settling in")
    PROTECTED = "protected", _("Protected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Declined by us")
    REFUSED = "refused", _("Refused by the state")
    DIED = "died", _("Died")
    DISAPPEARED = "disappeared", _("Disappeared")
    RETURNED_FREELY = "returned_freely", _("Returned freely")
    RETURNED_BY_FORCE = "returned_by_force", _("Returned by force")
    PASSED_ON = "passed_on", _("Passed to another organisation")
    # Entered and left by merging and taking apart alone: no transition leads here.
    MERGED = "merged", _("Merged into another case")


S = Stage
ENDINGS = frozenset(
    {
        S.PROTECTED,
        S.WITHDRAWN,
        S.DECLINED,
        S.REFUSED,
        S.DIED,
        S.DISAPPEARED,
        S.RETURNED_FREELY,
        S.RETURNED_BY_FORCE,
        S.PASSED_ON,
        S.MERGED,
    }
)
OPEN = tuple(stage for stage in Stage if stage not in ENDINGS)


@dataclass(frozen=True)
class Phase:
    """One step of the line in the case header: several stages under one word."""

    label: Promise
    stages: tuple[Stage, ...]


PHASES = (
    Phase(_("Contact"), (S.CONTACT,)),
    Phase(_("Intake"), (S.INTAKE,)),
    Phase(_("Vetting"), (S.VETTING, S.VETTING_HOLD, S.VETTED)),
    Phase(_("Papers"), (S.DOC_REMEDY, S.DOSSIER)),
    Phase(_("Government"), (S.SUBMITTED, S.QUESTIONS, S.APPROVED)),
    Phase(_("Journey"), (S.TRAVEL_BOOKED, S.TRAVEL_FAILED, S.ARRIVED)),
    Phase(
        _("Asylum"),
        (
            S.SPADA,
            S.GUDA,
            S.RESPONSIBILITY,
            S.OFPRA_FILED,
            S.OFPRA_INTERVIEW,
            S.REJECTED_OFPRA,
            S.CNDA,
            S.REJECTED_FINAL,
        ),
    ),
    Phase(_("Safety"), (S.GRANTED, S.INTEGRATION, S.PROTECTED)),
)


@dataclass(frozen=True)
class Move:
    """A wish to change the stage of one case."""

    applicant: Applicant
    target: Stage
    by: User
    reason: str


Guard = Callable[[Move], str | None]
GUARDS: dict[str, Guard] = {}
_ADDED: dict[Stage, list[str]] = defaultdict(list)


def guard(name: str, *, entering: Stage | None = None) -> Callable[[Guard], Guard]:
    """Register a guard under `name`; with `entering`, every transition into that stage asks it too."""

    def register(function: Guard) -> Guard:
        GUARDS[name] = function
        if entering is not None:
            _ADDED[entering].append(name)
        return function

    return register


@dataclass(frozen=True)
class Transition:
    source: Stage
    target: Stage
    guards: tuple[str, ...] = ()
    permission: Permission = Permission.MOVE_STAGE


def _decided(source: Stage, target: Stage, *guards: str) -> Transition:
    return Transition(source, target, ("not_the_intake_worker", *guards), Permission.DECIDE_VETTING)


def _reopened(source: Stage, target: Stage) -> Transition:
    return Transition(source, target, ("reason_given",), Permission.ASSIGN)


_LEAVING = (S.WITHDRAWN, S.DIED, S.DISAPPEARED, S.RETURNED_FREELY, S.RETURNED_BY_FORCE, S.PASSED_ON)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(S.CONTACT, S.INTAKE, ("name_sealed",)),
    Transition(S.INTAKE, S.VETTING, ("owner_assigned", "two_holders")),
    _decided(S.VETTING, S.VETTED),
    _decided(S.VETTING, S.VETTING_HOLD, "reason_given"),
    Transition(S.VETTING_HOLD, S.VETTING),
    _decided(S.VETTING, S.DECLINED, "reason_given"),
    _decided(S.VETTING_HOLD, S.DECLINED, "reason_given"),
    Transition(S.VETTED, S.DOC_REMEDY),
    Transition(S.VETTED, S.DOSSIER),
    *(Transition(source, S.VETTING, ("reason_given",)) for source in (S.VETTED, S.DOC_REMEDY, S.DOSSIER)),
    Transition(S.DOC_REMEDY, S.DOSSIER),
    Transition(S.DOSSIER, S.DOC_REMEDY),
    Transition(S.DOSSIER, S.SUBMITTED, ("two_holders",)),
    Transition(S.SUBMITTED, S.QUESTIONS),
    Transition(S.QUESTIONS, S.SUBMITTED),
    Transition(S.SUBMITTED, S.APPROVED),
    Transition(S.SUBMITTED, S.REFUSED, ("reason_given",)),
    Transition(S.QUESTIONS, S.REFUSED, ("reason_given",)),
    Transition(S.APPROVED, S.TRAVEL_BOOKED),
    Transition(S.TRAVEL_BOOKED, S.ARRIVED),
    Transition(S.TRAVEL_BOOKED, S.TRAVEL_FAILED, ("reason_given",)),
    Transition(S.TRAVEL_FAILED, S.TRAVEL_BOOKED),
    Transition(S.ARRIVED, S.SPADA),
    Transition(S.SPADA, S.GUDA),
    Transition(S.GUDA, S.OFPRA_FILED),
    Transition(S.GUDA, S.RESPONSIBILITY),
    Transition(S.RESPONSIBILITY, S.OFPRA_FILED),
    Transition(S.OFPRA_FILED, S.OFPRA_INTERVIEW),
    Transition(S.OFPRA_INTERVIEW, S.GRANTED),
    Transition(S.OFPRA_INTERVIEW, S.REJECTED_OFPRA),
    Transition(S.REJECTED_OFPRA, S.CNDA),
    Transition(S.REJECTED_OFPRA, S.REJECTED_FINAL, ("reason_given",)),
    Transition(S.CNDA, S.GRANTED),
    Transition(S.CNDA, S.REJECTED_FINAL),
    # A re-examination begins with a registration.
    Transition(S.REJECTED_FINAL, S.GUDA),
    Transition(S.REJECTED_FINAL, S.REFUSED, ("reason_given",)),
    Transition(S.GRANTED, S.INTEGRATION),
    Transition(S.INTEGRATION, S.PROTECTED),
    *(Transition(source, target, ("reason_given",)) for source in OPEN for target in _LEAVING),
    _reopened(S.WITHDRAWN, S.INTAKE),
    _reopened(S.DECLINED, S.VETTING),
    _reopened(S.REFUSED, S.DOSSIER),
    _reopened(S.DISAPPEARED, S.CONTACT),
    _reopened(S.RETURNED_FREELY, S.CONTACT),
    _reopened(S.RETURNED_BY_FORCE, S.CONTACT),
    _reopened(S.PASSED_ON, S.INTAKE),
    _reopened(S.PROTECTED, S.INTEGRATION),
)
# Reasons that an operation gives by itself; readers of every language see their own.
REASONS: dict[str, Promise] = {}
NEEDED: dict[Permission, Promise] = {
    Permission.MOVE_STAGE: _("Your role does not move cases. Ask the owner of the case."),
    Permission.DECIDE_VETTING: _("A vetting officer decides this. Share the case with one."),
    Permission.ASSIGN: _("A coordinator reopens cases. Ask one."),
}
_NO_SUCH = _("%(source)s does not lead to %(target)s.")
_TABLE = {(transition.source, transition.target): transition for transition in TRANSITIONS}


def transition_between(source: str, target: str) -> Transition | None:
    return _TABLE.get((Stage(source), Stage(target)))


def transitions_from(source: str) -> list[Transition]:
    return [transition for transition in TRANSITIONS if transition.source == source]


def obstacles(transition: Transition, move: Move) -> list[str]:
    """Return a sentence for each guard of `transition` that says no, in the order of the table."""
    names = (*transition.guards, *_ADDED[transition.target])
    return [sentence for name in names if (sentence := GUARDS[name](move))]


def blocked_by(move: Move) -> list[str]:
    """Return why this move cannot be made: no such transition, not this person's to decide, or guards that say no."""
    transition = transition_between(move.applicant.stage, move.target)
    if transition is None:
        return [_NO_SUCH % {"source": move.applicant.get_stage_display(), "target": move.target.label}]
    if not move.by.may(transition.permission):
        return [str(NEEDED[transition.permission])]
    return obstacles(transition, move)


def phase_of(stage: str) -> Phase | None:
    return next((phase for phase in PHASES if stage in phase.stages), None)
