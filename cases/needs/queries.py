from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.applicants.queries import applicants_for, find_of_case
from cases.documents.queries.reference import in_force
from cases.needs.models import Need, NeedKind, Provider, Referral
from cases.staff.models import User


def kinds() -> QuerySet[NeedKind]:
    """The kinds in force today."""
    return NeedKind.objects.filter(in_force(timezone.localdate()))


def needs_of(applicant: Applicant) -> QuerySet[Need]:
    """What is open first, then what ended, the last first."""
    referrals = Referral.objects.select_related("provider", "note")
    found = applicant.needs.select_related("kind", "note", "ended_by")
    return found.prefetch_related(Prefetch("referrals", referrals)).order_by("-ended_at", "-urgency", "since")


def open_needs(user: User, kind: str = "") -> QuerySet[Need]:
    """What is open over all cases that `user` sees, the most urgent first."""
    found = Need.objects.filter(ended_at=None, applicant__in=applicants_for(user))
    if kind:
        found = found.filter(kind=kind)
    living = Referral.objects.filter(state__in=["offered", "accepted"]).select_related("provider")
    return found.select_related("applicant", "applicant__owner", "kind").prefetch_related(
        Prefetch("referrals", living, to_attr="living")
    )


def count_by_kind(user: User) -> dict[str, int]:
    open_ = Need.objects.filter(ended_at=None, applicant__in=applicants_for(user))
    return dict(open_.order_by().values_list("kind").annotate(number=Count("pk")))


def providers() -> QuerySet[Provider]:
    """Those who take people first; with how many were helped and how many wait, of all cases."""
    helped = Count("referrals", filter=Q(referrals__state=Referral.State.DONE))
    waiting = Count("referrals", filter=Q(referrals__state__in=["offered", "accepted"]))
    found = Provider.objects.annotate(helped=helped, waiting=waiting).prefetch_related("kinds")
    return found.order_by("closed_on", "name")


def providers_for(need: Need) -> QuerySet[Provider]:
    return Provider.objects.filter(kinds=need.kind_id, closed_on=None).order_by("name")


def find_provider(provider_id: UUID) -> Provider:
    found = Provider.objects.filter(pk=provider_id).first()
    if found is None:
        raise Http404
    return found


def find_need(user: User, need_id: UUID) -> Need:
    return find_of_case(Need.objects.select_related("kind"), user, need_id, "work")


def find_referral(user: User, referral_id: UUID) -> Referral:
    """One referral on whose case `user` works; else it does not exist."""
    need_id = Referral.objects.filter(pk=referral_id).values_list("need", flat=True).first()
    need = find_need(user, need_id or referral_id)
    return need.referrals.select_related("provider").get(pk=referral_id)
