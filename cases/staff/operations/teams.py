from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction

from cases.audit.operations import record
from cases.staff import queries
from cases.staff.models import Team, User
from cases.staff.partings import AFTER_LEAVING
from cases.staff.refusals import HolderMayNotOpen, NotActive, TeamNameTaken, TooFewHolders
from cases.staff.roles import Permission


@transaction.atomic
def make_team(*, name: str, by: User | None) -> Team:
    if queries.team_name_taken(name):
        raise TeamNameTaken
    team = Team.objects.create(name=name, group=Group.objects.create(name=name))
    record("staff.team_made", by=by, about=name)
    return team


@transaction.atomic
def rename_team(*, team: Team, name: str, by: User) -> None:
    if queries.team_name_taken(name, besides=team):
        raise TeamNameTaken
    before, team.name, team.group.name = team.name, name, name
    team.save(update_fields=["name"])
    team.group.save(update_fields=["name"])
    record("staff.team_renamed", by=by, about=name, detail=before)


@transaction.atomic
def join_team(*, team: Team, user: User, by: User | None) -> None:
    if not user.is_active:
        raise NotActive
    user.groups.add(team.group)
    record("staff.team_joined", by=by, about=user.username, detail=team.name)


@transaction.atomic
def leave_team(*, team: Team, user: User, by: User | None) -> None:
    user.groups.remove(team.group)
    for follow in AFTER_LEAVING:
        follow(team, user, by)
    record("staff.team_left", by=by, about=user.username, detail=team.name)


@transaction.atomic
def set_holders(*, team: Team, holders: Iterable[User], by: User | None) -> None:
    """Say who can open the names of people registered for the team from now on."""
    chosen = list(holders)
    if len(chosen) < queries.least_holders():
        raise TooFewHolders
    if not all(user.may(Permission.USE_VAULT) for user in chosen):
        raise HolderMayNotOpen
    team.holders.set(chosen)
    record(
        "staff.holders_set",
        by=by,
        about=team.name,
        detail=", ".join(sorted(user.username for user in chosen)),
    )


@transaction.atomic
def edit_team(*, team: Team, name: str, members: Iterable[User], holders: Iterable[User], by: User) -> Team:
    """Bring the whole team to what was chosen on its page; what stays as it was is not recorded."""
    before, wanted, chosen = set(team.members), set(members), set(holders)
    if name != team.name:
        rename_team(team=team, name=name, by=by)
    for user in wanted - before:
        join_team(team=team, user=user, by=by)
    for user in before - wanted:
        leave_team(team=team, user=user, by=by)
    if chosen != set(team.holders.all()):
        set_holders(team=team, holders=chosen, by=by)
    return team
