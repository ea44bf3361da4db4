"""The organisation that is searched: its people, ten kinds of visitor, and everything that is sealed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cases.applicants import operations as applicants
from cases.applicants.operations import NewApplicant
from cases.documents.models import DocumentType
from cases.documents.operations.held import add_document
from cases.documents.operations.reference import load_reference
from cases.documents.operations.scans import begin_scan
from cases.staff import operations as staff
from cases.staff.models import User, random_id
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vault import unlock
from cases.vault.operations import NewFile
from cases.vetting.operations.service import add_entry
from tests.canary import papers
from tests.canary.tokens import account, all_tokens, contact, identity, token
from tests.staff.factories import make_person
from tests.vault.colleagues import CHEAP, make_known

FETCH = {"HTTP_HX_REQUEST": "true"}
SECRET = b"s" * 32
WORKS = (Role.CASEWORKER, Role.INTAKE, Role.VETTING, Role.COORDINATOR)


def nothing(world, user):
    pass


def lose_every_name(world, user):
    """Everything is taken back while the person is logged in and unlocked."""
    for case in world.cases:
        for safe in (case.identity_safe, case.account_safe):
            vault.revoke_access(safe=safe, of=user, by=world.keeper, reason="a trial")


def be_frozen(world, user):
    user.refresh_from_db()
    if user.frozen_at is None:
        staff.freeze(user=user, kind="lost", reason="a trial", by=world.keeper)


def travel(world, user):
    user.refresh_from_db()
    if user.travelling_since is None:
        staff.begin_travel(until=None, deputy=world.second, by=user)


@dataclass(frozen=True)
class Visitor:
    """`befalls` happens to the person behind the screen, after the login and the unlock."""

    name: str
    roles: tuple[Role, ...] = ()
    unlocked: bool = False
    holds: bool = False
    befalls: Callable = nothing
    may_read: bool = False
    account: dict = field(default_factory=dict)
    # Logs in again by itself where a page ended the login.
    returns: bool = True

    @property
    def username(self):
        return self.name.replace(" ", ".")


VISITORS = (
    Visitor("anonymous"),
    Visitor("intake", (Role.INTAKE,)),
    Visitor("granted and locked", WORKS, holds=True),
    Visitor("granted and unlocked", WORKS, holds=True, unlocked=True, may_read=True),
    Visitor("not granted but unlocked", WORKS, unlocked=True),
    Visitor("revoked with a live session", WORKS, holds=True, unlocked=True, befalls=lose_every_name),
    Visitor("frozen", WORKS, holds=True, unlocked=True, befalls=be_frozen, returns=False),
    Visitor("administrator and superuser", (Role.ADMINISTRATOR,), account={"is_superuser": True}),
    Visitor("auditor", (Role.AUDITOR,)),
    Visitor("travelling", WORKS, holds=True, unlocked=True, befalls=travel, returns=False),
)


def make_world(size, scans):
    """Register `size` people, with a record of service each, and papers with a scan for the first `scans`."""
    # One reader opens more people than anybody may in a day.
    settings.VAULT |= CHEAP | {"daily_budget": 10_000}
    load_reference()
    world = SimpleNamespace(size=size, tokens=all_tokens(size), words={}, unlocked={}, visitors={}, scans={})
    world.administrator = make_person("Canary Administrator", [Role.ADMINISTRATOR])
    world.nobody = make_person("Canary Scapegoat", [Role.CASEWORKER])
    world.keeper, world.second = (make_person(f"Canary {name}", WORKS) for name in ("Keeper", "Second"))
    for visitor in VISITORS[1:]:
        user = User.objects.create_user(visitor.username, full_name=visitor.name, **visitor.account)
        for role in visitor.roles:
            staff.give_role(user=user, role=role, expires_at=None, by=None)
        world.visitors[visitor.name] = user
    holders = [world.keeper, world.second, *(world.visitors[one.name] for one in VISITORS if one.holds)]
    unlockers = [world.visitors[one.name] for one in VISITORS if one.unlocked and not one.holds]
    for user in [*holders, *unlockers]:
        world.words[user.pk] = vault.set_up(user=user, language="en").passphrase
        make_known(user)
        world.unlocked[user.pk] = vault.unlock(user=user, passphrase=world.words[user.pk])
    members = [
        world.visitors[one.name] for one in VISITORS if Role.VETTING in one.roles or one.name == "intake"
    ]
    world.team = staff.make_team(name="Canaries", by=None)
    for user in [world.keeper, world.second, *members]:
        staff.join_team(team=world.team, user=user, by=None)
    world.team.holders.set(holders)
    world.cases = _register(world)
    for person, case in enumerate(world.cases):
        add_entry(
            id=random_id(),
            applicant=case,
            account="own",
            kind="period",
            content=account(person),
            by=world.keeper,
        )
    for person in range(scans):
        world.scans[person] = _scan(world, person)
    return world


def _register(world):
    new = [
        NewApplicant(
            id=random_id(),
            pseudonym=f"Canary {1000 + person}",
            category="contract",
            country="KZ",
            channel="signal",
            identity=identity(person),
            contact=contact(person),
            owner=world.keeper,
            team=world.team,
        )
        for person in range(world.size)
    ]
    return applicants.register_applicants(new=new, by=world.keeper)


def _scan(world, person):
    """A paper with its number, and the scan of it: sent, looked into and sealed as the page does it."""
    document = add_document(
        id=random_id(),
        applicant=world.cases[person],
        facts={"type": DocumentType.objects.get(code="RU_ZAG10"), "country": "RU"},
        sealed={"number": token(person, "number"), "authority": token(person, "authority")},
        by=world.keeper,
    )
    content = papers.scan(person)
    new = NewFile(
        name=papers.file_name(person),
        size=len(content),
        claimed="application/octet-stream",
        about=str(document.pk),
        start_hash=hashlib.sha256(content).digest(),
    )
    scan = begin_scan(document=document, new=new, secret=SECRET, by=world.keeper)
    file = vault.add_chunk(file=scan.file, index=0, data=content, secret=SECRET, by=world.keeper)
    vault.finish_upload(file=file, secret=SECRET, by=world.keeper)
    return scan


def user_of(world, visitor):
    return world.visitors.get(visitor.name)


def enter(world, visitor):
    """A browser in which the visitor is logged in and unlocked, as far as the kind goes; then it befalls them."""
    client = Client(raise_request_exception=False)
    user = user_of(world, visitor)
    if user is None:
        return client
    let_in(world, client, user, unlocked=visitor.unlocked)
    visitor.befalls(world, user)
    return client


def let_in(world, client, user, *, unlocked):
    """Log in and unlock without asking for words: tries are counted, and this happens often."""
    # A page may have ended all logins of the person meanwhile.
    user.refresh_from_db()
    client.force_login(user)
    if unlocked:
        answer = HttpResponse()
        unlock.put(answer, SimpleNamespace(user=user), world.unlocked[user.pk])
        client.cookies.update(answer.cookies)


def about(world, person):
    """What every person with a scan has: a case and a paper."""
    return SimpleNamespace(person=person, case=world.cases[person], scan=world.scans[person])


def large_scan(person):
    """A scan of several parts, with tokens at the head of the first."""
    return papers.scan(person) + b"\0" * (3 << 20)
