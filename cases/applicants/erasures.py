"""Who sees which erasure, what waits for whom, and what must be kept."""

from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from cases.applicants.models import Applicant, ErasedCase, Erasure, LegalHold, Tally
from cases.applicants.queries import applicants_for, members_with
from cases.staff.models import User
from cases.staff.roles import Permission


def erasures() -> QuerySet[Erasure]:
    """All of them, the newest first: whoever may look at them sees all, since none says who it was."""
    runs = Erasure.objects.select_related("asked_by", "answered_by").annotate(people=Count("cases"))
    return runs.order_by(F("done_at").desc(nulls_first=True), "-asked_at")


def find_erasure(pk: UUID) -> Erasure:
    found = erasures().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def find_done(pk: UUID) -> Erasure:
    """Return an erasure that was carried out: only of these there is a certificate."""
    found = find_erasure(pk)
    if found.done_at is None:
        raise Http404
    return found


def erasures_waiting_for(user: User) -> QuerySet[Erasure]:
    """What somebody else asked for and `user` may approve."""
    waiting = erasures().filter(answer="")
    return waiting.exclude(asked_by=user) if user.may(Permission.APPROVE_ERASURE) else waiting.none()


def cases_in(erasure: Erasure) -> QuerySet[Applicant]:
    """Whoever approves is to know whom, whether the case is shared with them or not; once it is done there is nobody."""
    ids = ErasedCase.objects.filter(erasure=erasure).values("case")
    return Applicant.objects.filter(pk__in=ids).select_related("owner").order_by("pseudonym")


def waiting_for(applicant: Applicant) -> Erasure | None:
    asked = Erasure.objects.filter(cases__case=applicant.pk, done_at=None, answer__in=["", "approved"])
    return asked.select_related("asked_by").first()


def household_to_erase(applicant: Applicant, user: User) -> QuerySet[Applicant]:
    """The others of the household on whose cases `user` works: each of them is a case of its own."""
    members = members_with(applicant).values("applicant")
    return applicants_for(user, "work").filter(pk__in=members).exclude(pk=applicant.pk)


def hold_on(applicant: Applicant) -> LegalHold | None:
    return LegalHold.objects.filter(applicant=applicant, ended_at=None).select_related("set_by").first()


def holds_to_review(user: User) -> list[LegalHold]:
    """Holds whose day has come, of the cases that `user` owns or was the one to hold."""
    living = LegalHold.objects.filter(ended_at=None, applicant__in=applicants_for(user))
    mine = living.filter(Q(set_by=user) | Q(applicant__owner=user)).select_related("applicant")
    return [hold for hold in mine.order_by("review_on") if hold.is_due]


def figures_kept() -> int:
    return Tally.objects.count()


def carried_out() -> set[UUID]:
    return set(Erasure.objects.filter(done_at__isnull=False).values_list("pk", flat=True))
