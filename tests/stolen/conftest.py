# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import shutil
import tempfile
from pathlib import Path

import pytest

CASES = 8


@pytest.fixture
def robbed(transactional_db, settings, tmp_path):
    """The cut of what `make stolen` robs: eight cases, with an Argon2 that costs nothing."""
    from tests.stolen.world import make_world
    from tests.vault.colleagues import CHEAP

    settings.RUNTIME_DIR = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    settings.VAR_DIR = tmp_path
    settings.PEPPER_FILE, settings.ORGANISATION_KEY_FILE = tmp_path / "pepper", tmp_path / "organisation.pub"
    # Another test may have left a ledger that was signed with another pepper.
    settings.ERASURE_LEDGER = tmp_path / "backups" / "erasures.log"
    settings.VAULT = settings.VAULT | CHEAP
    yield make_world(CASES)
    shutil.rmtree(settings.RUNTIME_DIR)


@pytest.fixture
def short_log(transactional_db):
    """The log as it would be if no test had been before: it is written anew many times."""
    from tests.stolen.chain import write_log

    write_log([])
