"""Who sees a case, who waits to open it, and who would lose it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from cases.applicants.models import Applicant, ApplicantGroupPermission, ApplicantUserPermission
from cases.applicants.queries import WORK, not_expired
from cases.staff.models import Team, User
from cases.vault.models import AccessRequest
from cases.vault.queries import holders_of


@dataclass(frozen=True)
class Viewer:
    """A person or a team that sees a case, and how far."""

    whom: User | Team
    works: bool
    expires_at: datetime | None

    @property
    def is_team(self) -> bool:
        return isinstance(self.whom, Team)

    @property
    def code(self) -> str:
        return f"{'team' if self.is_team else 'person'}-{self.whom.pk}"

    @property
    def people(self) -> list[User]:
        return list(self.whom.members) if isinstance(self.whom, Team) else [self.whom]


def who_sees(applicant: Applicant) -> list[Viewer]:
    """Everybody a case is shared with, teams first; one line each, however many rows."""
    groups = ApplicantGroupPermission.objects.filter(not_expired(), content_object=applicant)
    people = ApplicantUserPermission.objects.filter(
        not_expired(), content_object=applicant, user__is_active=True
    )
    lines: dict[str, Viewer] = {}
    for team_row in groups.select_related("group__team", "permission").order_by("group__team__name"):
        _add(
            lines,
            Viewer(team_row.group.team, team_row.permission.codename == WORK, team_row.expires_at),
        )
    for row in people.select_related("user", "permission").order_by("user__full_name"):
        _add(lines, Viewer(row.user, row.permission.codename == WORK, row.expires_at))
    return list(lines.values())


def _add(lines: dict[str, Viewer], line: Viewer) -> None:
    known = lines.get(line.code)
    if known is None or line.works:
        lines[line.code] = line


def requests_for(applicant: Applicant) -> QuerySet[AccessRequest]:
    """Wishes to open the name or the account of this case that nobody has answered yet."""
    safes = [applicant.identity_safe_id, applicant.account_safe_id]
    waiting = AccessRequest.objects.filter(safe__in=safes, answered_at__isnull=True, asker__is_active=True)
    return waiting.select_related("asker", "safe")


@dataclass(frozen=True)
class Losing:
    """Who sees the case no longer once it is taken back, and how many of them could open the name."""

    people: list[User]
    openers: list[User]


def find_viewer(applicant: Applicant, code: str) -> Viewer:
    found = next((line for line in who_sees(applicant) if line.code == code), None)
    if found is None:
        raise Http404
    return found


def who_would_lose(applicant: Applicant, line: Viewer) -> Losing:
    others = [other for other in who_sees(applicant) if other.code != line.code]
    staying = {person.pk for other in others for person in other.people}
    people = [person for person in line.people if person.pk not in staying]
    holders = {holder.pk for holder in holders_of(applicant.identity_safe)}
    return Losing(people, [person for person in people if person.pk in holders])
