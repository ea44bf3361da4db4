# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture
def keys(settings, tmp_path):
    """A private key that lies elsewhere, and a folder that backups go to."""
    from ngo.backup.age import Identity

    key = Identity.generate()
    identity = tmp_path / "stick" / "key.txt"
    identity.parent.mkdir()
    identity.write_text(f"# made by a test\n{key}\n")
    settings.BACKUP_RECIPIENTS = [str(key.to_public())]
    settings.BACKUP_DIR = tmp_path / "backups"
    return SimpleNamespace(identity=identity, key=key)


@pytest.fixture
def world(settings, tmp_path, transactional_db, keys):
    """A small organisation: three colleagues, a name in Cyrillic, a sealed file, and the log since then."""
    from tests.ngo.backup.places import make_world

    runtime = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    yield make_world(settings, runtime, tmp_path, keys)
    shutil.rmtree(runtime)


@pytest.fixture
def elsewhere(transactional_db, tmp_path):
    """An empty machine: a database without tables and a folder without files, in programs of their own."""
    from tests.ngo.backup.places import Place, empty_database

    with empty_database() as database:
        yield Place(tmp_path / "elsewhere", database)
