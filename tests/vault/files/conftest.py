# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import shutil

import pytest


@pytest.fixture
def vault(vault, settings, tmp_path):
    """A vault whose state lies in a folder of this test alone."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir(mode=0o700)
    yield vault
    shutil.rmtree(settings.VAR_DIR)


@pytest.fixture
def stored(vault, settings):
    """The objects in the storage, by name."""
    root = settings.VAR_DIR / "files"
    return lambda: {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
