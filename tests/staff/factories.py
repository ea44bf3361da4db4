"""The people of the tests, for every slice: `make_person` makes them, `login` lets them in, `make_team` joins them."""

from django.utils.text import slugify

from cases.staff import operations
from cases.staff.models import Organisation, User
from cases.staff.roles import Role

PASSWORD = "four blue lamps at dusk"


def make_person(name, roles=(Role.CASEWORKER,), *, password=None, **fields):
    """An active colleague called `name`; the user name is the name in small letters. No password unless given."""
    user = User.objects.create_user(slugify(name).replace("-", "."), password, full_name=name, **fields)
    for role in roles:
        operations.give_role(user=user, role=Role(role), expires_at=None, by=None)
    return user


def make_team(*members, name="Team East", holders=()):
    team = operations.make_team(name=name, by=None)
    for member in members:
        operations.join_team(team=team, user=member, by=None)
    team.holders.set(holders)
    return team


def make_organisation(kind="demo", **fields):
    return Organisation.objects.create(kind=kind, name="Safe Road", **fields)


def login(client, person):
    """Let `person` in without a password and return the client."""
    client.force_login(person)
    return client
