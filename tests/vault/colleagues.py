"""The people of the vault's tests, and a vault that is ready to use; other slices borrow both."""

import re
import time
from types import SimpleNamespace

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases.staff.models import RoleGrant, User
from cases.staff.roles import Role
from cases.vault import operations, organisation, pepper, queries, unlock

CHEAP = {"argon2_memory_kib": 8, "argon2_iterations": 1, "argon2_lanes": 1}


def cheap_vault(settings, runtime_dir, state_dir):
    """Point the vault at throw-away folders, with a pepper, and with an Argon2 that costs nothing."""
    settings.RUNTIME_DIR = runtime_dir
    settings.PEPPER_FILE = state_dir / "pepper"
    settings.ORGANISATION_KEY_FILE = state_dir / "organisation.pub"
    settings.ERASURE_LEDGER = state_dir / "backups" / "erasures.log"
    settings.VAULT = settings.VAULT | CHEAP
    pepper.create()


def make_colleague(username, role=Role.CASEWORKER, **fields):
    user = User.objects.create(username=username, full_name=username.title(), **fields)
    if role:
        RoleGrant.objects.create(user=user, role=role)
    return user


def make_known(user):
    """As if a colleague who has left meanwhile had compared the words of the key."""
    notary, _ = User.objects.get_or_create(username="notary", defaults={"is_active": False})
    keyring = queries.keyring_of(user)
    keyring.confirmed_at, keyring.confirmed_by = timezone.now(), notary
    keyring.confirmation = queries.confirmation_of(keyring, notary.pk)
    keyring.save()


def give_key(user, language="en"):
    """Set up the vault of `user`, with a key that the others know, and return it unlocked."""
    words = operations.set_up(user=user, language=language)
    make_known(user)
    return operations.unlock(user=user, passphrase=words.passphrase)


def make_safe(*readers, by=None, kind="identity", items=None):
    plan = operations.NewSafe(
        kind, readers, items if items is not None else {"identity": {"name": "Иван Зимин"}}
    )
    [safe] = operations.make_safes(new=[plan], by=by or readers[0])
    return safe


def make_organisation_key():
    return organisation.create(threshold=2, shares=3, by=None)


def make_team():
    people = SimpleNamespace(
        ana=make_colleague("ana", Role.INTAKE),
        boris=make_colleague("boris", Role.VETTING),
        clara=make_colleague("clara", Role.COORDINATOR),
        olga=make_colleague("olga", Role.CASEWORKER),
    )
    papers = make_organisation_key()
    unlocked = {user.pk: give_key(user) for user in vars(people).values()}
    people.papers = papers
    people.of = lambda user: unlocked[user.pk]
    return people


class Browser(Client):
    """A logged-in browser; `fetch` posts as htmx does, `unlock` and `login_again` do what their names say."""

    def __init__(self, user):
        super().__init__()
        self.user = user
        self.force_login(user)

    def fetch(self, url, data=None):
        return self.post(url, data or {}, headers={"HX-Request": "true"})

    def unlock(self, unlocked):
        response = HttpResponse()
        unlock.put(response, SimpleNamespace(user=self.user), unlocked)
        self.cookies.update(response.cookies)

    def login_again(self):
        session = self.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(self.user.pk)
        session.save()


def shown_words(response):
    """The words of each list on a page that shows them once."""
    lists = re.findall(r'<ol class="words-shown">(.*?)</ol>', response.content.decode(), re.DOTALL)
    return [" ".join(re.findall(r"<li>(.*?)</li>", found)) for found in lists]
