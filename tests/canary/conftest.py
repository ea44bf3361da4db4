# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import shutil
import tempfile
from pathlib import Path

import pytest

PEOPLE, SCANS = 6, 3


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    """The cut of what `make canary` fills: six people, three of them with a scan and a row of every kind."""
    from cases.vault import organisation
    from tests.canary import people, rows
    from tests.staff.factories import make_organisation
    from tests.vault.colleagues import cheap_vault

    runtime = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    settings.VAR_DIR = tmp_path / "state"
    settings.VAR_DIR.mkdir()
    cheap_vault(settings, runtime, settings.VAR_DIR)
    make_organisation()
    organisation.create(threshold=2, shares=3, by=None)
    world = people.make_world(PEOPLE, SCANS)
    rows.common_rows(world)
    world.rows = [rows.rows_of(world, person) for person in range(SCANS)]
    yield world
    shutil.rmtree(runtime)


@pytest.fixture
def search(world):
    from tests.canary.scanner import Scanner
    from tests.canary.sinks import Search

    return Search(Scanner(world.tokens))
