"""Where each person of a group stands by now: the stage, the government's answer, what stands against it and what is due."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from cases.alarms.models import Alarm
from cases.applicants.models import Applicant, Deadline
from cases.applicants.queries import next_deadlines
from cases.applicants.stages import PHASES, phase_of
from cases.relocation.models import Group, SubmittedPerson


@dataclass(frozen=True)
class Whereabouts:
    applicant: Applicant
    person: SubmittedPerson | None
    alarm: Alarm | None
    next: Deadline | None


def whereabouts(group: Group, people: Sequence[Applicant]) -> list[Whereabouts]:
    """In the order given; three questions, however many people."""
    ids = [one.pk for one in people]
    answers, due = _answers(group, ids), next_deadlines(ids)
    open_alarms = Alarm.objects.filter(applicant__in=ids, ended_at=None).order_by("raised_at")
    alarms = {one.applicant_id: one for one in open_alarms}
    return [Whereabouts(one, answers.get(one.pk), alarms.get(one.pk), due.get(one.pk)) for one in people]


def phases_of(people: Sequence[Applicant]) -> list[tuple[str, int]]:
    """How many stand in which phase, in the order of the road; those whose case has ended come last."""
    found = Counter(phase_of(one.stage) for one in people if not one.is_closed)
    said = [(str(phase.label), found[phase]) for phase in PHASES if found[phase]]
    ended = sum(one.is_closed for one in people)
    return said + ([(_("ended"), ended)] if ended else [])


def _answers(group: Group, ids: Sequence[UUID]) -> Mapping[UUID, SubmittedPerson]:
    """Of each the answer to the version that was handed in last."""
    found = SubmittedPerson.objects.filter(
        submission__group=group, submission__submitted_on__isnull=False, applicant__in=ids
    )
    return {one.applicant_id: one for one in found.order_by("submission__number")}
