# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture
def vault(settings, tmp_path):
    from tests.vault.colleagues import cheap_vault

    runtime_dir = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    cheap_vault(settings, runtime_dir, tmp_path)
    yield SimpleNamespace(runtime_dir=runtime_dir)
    shutil.rmtree(runtime_dir)


@pytest.fixture
def team(vault):
    """Ana registers, Boris checks, Clara coordinates; Olga belongs to another team and holds nothing."""
    from tests.vault.colleagues import make_team

    return make_team()


@pytest.fixture
def safe(team):
    """A name that Ana, Boris and Clara can open."""
    from tests.vault.colleagues import make_safe

    return make_safe(team.ana, team.boris, team.clara)


@pytest.fixture
def item(safe):
    return safe.items.get()


@pytest.fixture
def opened(team):
    """Open an item as somebody, with a reason."""
    from cases.vault import operations

    def do(item, user, reason="needs to be called"):
        return operations.open_item(item=item, reason=reason, unlocked=team.of(user), by=user)

    return do


@pytest.fixture
def recorded(db):
    """The actions recorded since the test began, oldest first."""
    from cases.audit.models import Entry

    before = Entry.objects.count()
    return lambda: [entry.action for entry in Entry.objects.order_by("id")[before:]]


@pytest.fixture
def client_of(team):
    """A browser in which somebody is logged in; htmx posts, as the pages do."""
    from tests.vault.colleagues import Browser

    return Browser


@pytest.fixture
def ana(client_of, team):
    return client_of(team.ana)
