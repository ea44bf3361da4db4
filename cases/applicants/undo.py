"""What somebody did a moment ago, and may take back."""

from cases.applicants.models import Applicant, Membership, StageChange
from cases.applicants.queries import find_of_case
from cases.staff.models import User


def own_change(applicant: Applicant, user: User) -> StageChange | None:
    """The move by which the case came where it is, if `user` made it."""
    newest = StageChange.objects.filter(applicant=applicant).first()
    return newest if newest and newest.by_id == user.pk else None


def find_own_change(user: User, change_id: int) -> StageChange:
    return find_of_case(StageChange.objects.filter(by=user), user, change_id, "work")


def find_membership(user: User, membership_id: int) -> Membership:
    return find_of_case(Membership.objects.all(), user, membership_id, "work")
