"""Submissions as one colleague sees them: of people who are not shared, only the number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.applicants.consents import answers_to
from cases.applicants.models import Applicant, Purpose
from cases.applicants.queries import applicants_for, find_applicant, find_of_case
from cases.disclosures.models import Export
from cases.documents.queries.held import types_by_code
from cases.documents.queries.reference import in_force
from cases.relocation.dossier import changed, contents
from cases.relocation.dossier_words import LABELS, said
from cases.relocation.models import Group, GroupLimit, Inquiry, Submission, SubmittedPerson
from cases.relocation.queries.households import travelling
from cases.relocation.splitting import Split, split
from cases.staff.models import User

Answer = SubmittedPerson.Answer


@dataclass(frozen=True)
class Difference:
    """One field that says something else now."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Line:
    """One person of a submission whom the viewer sees."""

    person: SubmittedPerson
    frozen: Sequence[tuple[str, str]]
    differences: Sequence[Difference]


@dataclass(frozen=True)
class Consents:
    """Who of a group may be told to a government, and who stays out: without an answer, or with a no."""

    going: Sequence[Applicant]
    staying: Sequence[Applicant]


def find_submission(submission_id: UUID) -> Submission:
    found = Submission.objects.select_related("group__government", "frozen_by", "submitted_by", "annex")
    return get_object_or_404(found, pk=submission_id)


def submissions_of(group: Group) -> QuerySet[Submission]:
    found = Submission.objects.filter(group=group).select_related("frozen_by")
    counts = {answer.value: Count("people", filter=Q(people__answer=answer)) for answer in Answer}
    return found.annotate(**counts, number_of_people=Count("people"))


def submitted_of(applicant: Applicant) -> QuerySet[SubmittedPerson]:
    """Where a person was handed in, the latest first, with the answer."""
    found = SubmittedPerson.objects.filter(applicant=applicant, submission__submitted_on__isnull=False)
    return found.select_related("submission__group").order_by("-submission__submitted_on")


def lines_of(submission: Submission, viewer: User) -> list[Line]:
    """Who is in it, with what was frozen and what has changed since; as many questions for one as for many."""
    people = list(
        submission.people.filter(applicant__in=applicants_for(viewer)).select_related(
            "applicant", "answered_by"
        )
    )
    now, types = contents([one.applicant for one in people]), types_by_code()
    return [
        Line(one, _frozen(one, types), _differences(one.content, now[one.applicant_id], types))
        for one in people
    ]


def _frozen(person: SubmittedPerson, types: Mapping[str, Any]) -> list[tuple[str, str]]:
    lines = ((field, "; ".join(said(field, person.content, types))) for field in LABELS)
    return [(str(LABELS[field]), text) for field, text in lines if text and field != "pseudonym"]


def _differences(
    frozen: Mapping[str, Any], now: Mapping[str, Any], types: Mapping[str, Any]
) -> list[Difference]:
    return [
        Difference(
            str(LABELS[field]),
            "; ".join(said(field, frozen, types)) or "–",
            "; ".join(said(field, now, types)) or "–",
        )
        for field in changed(frozen, now)
    ]


def consents_of(group: Group, viewer: User) -> Consents:
    """Of those whom the viewer sees."""
    people = list(
        applicants_for(viewer).filter(in_groups__group=group).order_by("in_groups__added_at", "pseudonym")
    )
    return Consents(*_by_consent(people))


def _by_consent(people: Sequence[Applicant]) -> tuple[list[Applicant], list[Applicant]]:
    ids = [one.pk for one in people]
    going = answers_to(Purpose.GOVERNMENT, ids).yes - answers_to(Purpose.KEEPING, ids).no
    return [one for one in people if one.pk in going], [one for one in people if one.pk not in going]


def out_of_date(submission: Submission) -> list[str]:
    """The pseudonyms of those because of whom this version may not be handed in any more."""
    members = list(Applicant.objects.filter(in_groups__group=submission.group_id).order_by("pseudonym"))
    frozen = {one.applicant_id: one for one in submission.people.select_related("applicant")}
    going, now = {one.pk for one in _by_consent(members)[0]}, contents(members)
    found = {
        one.pseudonym
        for one in members
        if (one.pk in going) != (one.pk in frozen)
        or (one.pk in frozen and changed(frozen[one.pk].content, now[one.pk]))
    }
    left = frozen.keys() - {one.pk for one in members}
    return sorted(found | {frozen[pk].applicant.pseudonym for pk in left})


def number_of(submission: Submission) -> int:
    return submission.people.count()


def sees_all(submission: Submission, viewer: User) -> bool:
    return not submission.people.exclude(applicant__in=applicants_for(viewer)).exists()


def find_person(user: User, submission_id: UUID, applicant_id: UUID) -> SubmittedPerson:
    """One person of a submission, on whose case `user` works."""
    applicant = find_applicant(user, applicant_id, "work")
    people = SubmittedPerson.objects.select_related("submission__group", "applicant")
    return get_object_or_404(people, submission=submission_id, applicant=applicant)


def find_inquiry(user: User, inquiry_id: UUID) -> Inquiry:
    """A question about somebody on whose case `user` works, or about a whole group."""
    rows = Inquiry.objects.select_related("submission__group")
    whole = rows.filter(pk=inquiry_id, applicant=None).first()
    return whole or find_of_case(rows, user, inquiry_id, "work")


def inquiries_of(submission: Submission, viewer: User) -> QuerySet[Inquiry]:
    seen = Q(applicant=None) | Q(applicant__in=applicants_for(viewer))
    return submission.inquiries.filter(seen).select_related("applicant", "answered_by", "added_by")


def waiting_in(submission: Submission) -> QuerySet[Applicant]:
    """Those for whom the government has not answered yet."""
    waiting = submission.people.filter(answer=Answer.WAITING)
    return Applicant.objects.filter(pk__in=waiting.values("applicant"))


def exports_to_link(submission: Submission, user: User) -> list[Export]:
    """Exports with names for a government that this colleague asked for, of people of this submission alone."""
    asked = Export.objects.filter(asker=user, audience=Purpose.GOVERNMENT).prefetch_related("people")
    inside = set(submission.people.values_list("applicant", flat=True))
    return [one for one in asked if {person.applicant_id for person in one.people.all()} <= inside]


def limit_for(country: str) -> GroupLimit | None:
    """The limit of the portal of a country, as it is in force today."""
    return GroupLimit.objects.filter(in_force(timezone.localdate()), country=country).first()


def proposed_split(people: Sequence[Applicant], most: int) -> Split[Applicant]:
    """These people in applications of at most so many; who travels as one household stays together."""
    kin = dict(travelling().filter(applicant__in=people).values_list("applicant", "household"))
    households: dict[UUID, list[Applicant]] = {}
    for one in people:
        households.setdefault(kin.get(one.pk, one.pk), []).append(one)
    return split(list(households.values()), most)
