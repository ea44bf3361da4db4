"""Referees and interviews, and how far they are what the checks V16 and V17 ask for."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.queries import Scope, people_who_see
from cases.documents.queries.reference import in_force
from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission
from cases.vault.models import SealedItem
from cases.vault.queries import item_of
from cases.vetting.credibility import Talk, Voice, missing_of_interviews, missing_of_referees
from cases.vetting.heard_words import Standing, interviews_said, referees_said
from cases.vetting.models import Interview, InterviewFrame, InterviewQuestion, Referee
from cases.vetting.queries.entries import find_entry, sealed_kinds


def all_referees_of(applicant: Applicant) -> QuerySet[Referee]:
    """Every referee, with those that were struck out."""
    return Referee.objects.filter(applicant=applicant).select_related("added_by")


def referees_of(applicant: Applicant) -> QuerySet[Referee]:
    return all_referees_of(applicant).filter(struck_at__isnull=True)


def find_referee(user: User, referee_id: UUID, to: Scope = "work") -> Referee:
    return find_entry(Referee.objects.filter(struck_at__isnull=True), user, referee_id, to)


def all_interviews_of(applicant: Applicant) -> QuerySet[Interview]:
    """Every interview, with those that were struck out."""
    found = Interview.objects.filter(applicant=applicant)
    return found.select_related("added_by", "interviewer", "frame")


def interviews_of(applicant: Applicant) -> QuerySet[Interview]:
    return all_interviews_of(applicant).filter(struck_at__isnull=True)


def find_interview(user: User, interview_id: UUID, to: Scope = "read") -> Interview:
    living = Interview.objects.filter(struck_at__isnull=True)
    return find_entry(
        living.select_related("added_by", "interviewer", "frame", "task"), user, interview_id, to
    )


def standing_of_referees(applicant: Applicant) -> Standing:
    """How far V16 is met."""
    known = list(referees_of(applicant))
    heard = [one for one in known if one.state == Referee.State.HEARD]
    named = sum(one.state == Referee.State.NAMED for one in known)
    missing = missing_of_referees([Voice(one.from_group, one.knows_others) for one in heard])
    return referees_said(heard=len(heard), named=named, missing=missing)


def standing_of_interviews(applicant: Applicant) -> Standing:
    """How far V17 is met."""
    known = list(interviews_of(applicant))
    held = [one for one in known if one.state == Interview.State.HELD]
    planned = sum(one.state == Interview.State.PLANNED for one in known)
    days = settings.VETTING["interview_days"]
    talks = [Talk(one.held_on, one.interviewer_id, one.frame_id) for one in held]
    missing = missing_of_interviews(talks, days=days)
    return interviews_said(held=len(held), planned=planned, missing=missing, days=days)


def said_for_referees(applicant: Applicant) -> list[str]:
    """What is there of the referees and what V16 still asks for, in sentences; one alone once nothing is missing."""
    return standing_of_referees(applicant).sentences


def said_for_interviews(applicant: Applicant) -> list[str]:
    """What is there of the interviews and what V17 still asks for, in sentences; one alone once nothing is missing."""
    return standing_of_interviews(applicant).sentences


def may_interview(applicant: Applicant) -> QuerySet[User]:
    """Who can hold an interview: vets, and sees the case."""
    return colleagues(who_may=Permission.VET).filter(pk__in=people_who_see(applicant))


def all_frames() -> QuerySet[InterviewFrame]:
    return InterviewFrame.objects.all()


def frames() -> QuerySet[InterviewFrame]:
    """The question frames in force."""
    return InterviewFrame.objects.filter(in_force(timezone.localdate()))


def with_them(
    people: QuerySet[User], frames: QuerySet[InterviewFrame], interview: Interview
) -> tuple[QuerySet[User], QuerySet[InterviewFrame]]:
    """The choices for an interview, with those that were made when they could be."""
    them = User.objects.filter(Q(pk__in=people.values("pk")) | Q(pk=interview.interviewer_id))
    frame = InterviewFrame.objects.filter(Q(pk__in=frames.values("pk")) | Q(pk=interview.frame_id))
    return them, frame


def questions_of(frame: InterviewFrame, also: Iterable[str] = ()) -> list[InterviewQuestion]:
    """The questions of a frame that are in force, and those with the keys `also`: they were answered before the frame
    was changed."""
    today = timezone.localdate()
    living = ~Q(ends__lt=today) | Q(ends__isnull=True)
    begun = ~Q(begins__gt=today) | Q(begins__isnull=True)
    asked = Q(frame=frame.pk) & living & begun
    return list(InterviewQuestion.objects.filter(asked | Q(pk__in=list(also))))


def parts_of(interview: Interview) -> dict[str, int]:
    """The kinds under which something of an interview is sealed, each with its newest version: the main document, then
    what was written beside it in the order in which it was begun."""
    items = SealedItem.objects.filter(
        safe=interview.applicant.account_safe_id, kind__startswith=interview.sealed_kind
    )
    found = items.values("kind").annotate(newest=Max("version"), begun=Min("created_at"))
    parts = sorted(found, key=lambda one: (one["kind"] != interview.sealed_kind, one["begun"], one["kind"]))
    return {one["kind"]: one["newest"] for one in parts}


def main_version(interview: Interview) -> int:
    item = item_of(interview.applicant.account_safe, interview.sealed_kind)
    return item.version if item else 0


def written_down(applicant: Applicant) -> set[UUID]:
    """The interviews of which something is sealed."""
    return {UUID(hex=kind.split("-")[1]) for kind in sealed_kinds(applicant, Interview.PREFIX)}
