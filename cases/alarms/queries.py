from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cases.alarms.models import Alarm, AlarmStep, RiskEvent
from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for, find_of_case
from cases.documents.queries.reference import in_force
from cases.staff.models import User

SHOWN = 20


def steps_of(kind: str) -> QuerySet[AlarmStep]:
    """The protocol of a kind of alarm, as it is in force today."""
    return AlarmStep.objects.filter(in_force(timezone.localdate()), alarm=kind)


def open_alarms(user: User) -> QuerySet[Alarm]:
    """Alarms that nobody has ended, of the cases that `user` sees; the latest first."""
    seen = Alarm.objects.filter(ended_at=None, applicant__in=applicants_for(user))
    return seen.select_related("applicant", "raised_by")[:SHOWN]


def alarms_of(applicant: Applicant) -> QuerySet[Alarm]:
    return applicant.alarms.select_related("raised_by", "ended_by", "note")


def risks_of(applicant: Applicant) -> QuerySet[RiskEvent]:
    return applicant.risks.filter(ended_at=None).select_related("added_by", "note")


def find_alarm(user: User, alarm_id: UUID) -> Alarm:
    return find_of_case(Alarm.objects.all(), user, alarm_id, "work")


def find_risk(user: User, risk_id: UUID) -> RiskEvent:
    return find_of_case(RiskEvent.objects.all(), user, risk_id, "work")


def said_in_header(applicant: Applicant) -> str:
    """What the header of the case says: each open alarm, else the most serious risk."""
    alarms = [one.get_kind_display() for one in applicant.alarms.filter(ended_at=None)]
    if alarms:
        return ", ".join(alarms)
    worst = risks_of(applicant).filter(severity=RiskEvent.Severity.ACUTE).first()
    return str(worst.get_kind_display()) if worst else ""
