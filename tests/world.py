"""A small organisation at work, for the tests that look at the whole: who owns, who is on the team, who is outside."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from django.test import Client

from cases.applicants import operations as applicants
from cases.applicants.operations import NewApplicant
from cases.staff.models import User
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vault import organisation
from tests.staff.factories import make_organisation, make_person, make_team
from tests.vault.colleagues import cheap_vault, make_known

FETCH = {"HTTP_HX_REQUEST": "true"}
ROLES = {
    "claire": [Role.CASEWORKER, Role.INTAKE],  # registers and owns
    "ana": [Role.COORDINATOR],  # on the team, holds names
    "viktor": [Role.VETTING],  # on the team, holds no name
    "olga": [Role.CASEWORKER],  # outside
    "dora": [Role.DIRECTOR],  # outside
    "paul": [Role.AUDITOR],
    "mira": [Role.ADMINISTRATOR],
}
KEEPERS = ("claire", "ana", "viktor", "olga", "dora")


@contextmanager
def small_world(settings, tmp_path):
    """Yield people, their passphrases and a way to let them in; nobody is registered yet."""
    runtime_dir = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    settings.VAR_DIR = tmp_path
    cheap_vault(settings, runtime_dir, tmp_path)
    try:
        make_organisation()
        people = {name: make_person(name, roles) for name, roles in ROLES.items()}
        people["root"] = User.objects.create_superuser("root", full_name="root")
        papers = organisation.create(threshold=2, shares=3, by=None)
        words = {name: vault.set_up(user=people[name], language="en").passphrase for name in KEEPERS}
        for name in KEEPERS:
            make_known(people[name])
        holders = [people["claire"], people["ana"]]
        team = make_team(*holders, people["viktor"], holders=holders)
        yield SimpleNamespace(people=people, words=words, team=team, runtime_dir=runtime_dir, papers=papers)
    finally:
        shutil.rmtree(runtime_dir)


def register(world, identities):
    """Register one person for each `(identity, contact)`, owned by Claire for her team."""
    new = [
        NewApplicant(
            pseudonym=f"Lotus {100 + place}",
            category="contract",
            country="KZ",
            channel="signal",
            identity=identity,
            contact=contact,
            owner=world.people["claire"],
            team=world.team,
        )
        for place, (identity, contact) in enumerate(identities)
    ]
    return applicants.register_applicants(new=new, by=world.people["claire"])


def visit(world, name, *, unlocked=False):
    """A browser in which `name` is logged in, and unlocked if wished."""
    client = Client(raise_request_exception=False)
    if name is None:
        return client
    client.force_login(world.people[name])
    if unlocked:
        answer = client.post("/vault/unlock/", {"words": world.words[name]}, **FETCH)
        assert answer.status_code == 204, answer.content
    return client
