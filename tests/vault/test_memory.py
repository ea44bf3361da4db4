import os

import pytest

from cases.vault import memory
from cases.vault.refusals import NotInMemory, NotPrivate


def test_folder_is_made_private(vault, settings):
    settings.RUNTIME_DIR = vault.runtime_dir / "new" / "deeper"

    assert memory.folder().stat().st_mode & 0o777 == 0o700


def test_folder_on_a_disk_is_refused(vault, settings, tmp_path):
    if memory._file_system(tmp_path.stat().st_dev) in ("tmpfs", "ramfs"):
        pytest.skip("the temporary folder itself lies in memory here")
    settings.RUNTIME_DIR = tmp_path / "run"

    with pytest.raises(NotInMemory):
        memory.folder()


def test_folder_on_an_unknown_file_system_is_refused(vault, monkeypatch):
    monkeypatch.setattr(memory, "_file_system", lambda device, known=memory._file_system: known(0xFFFFF))

    with pytest.raises(NotInMemory):
        memory.folder()


def test_folder_open_to_others_is_refused(vault):
    vault.runtime_dir.chmod(0o755)

    with pytest.raises(NotPrivate):
        memory.folder()


def test_link_to_elsewhere_is_refused(vault, settings, tmp_path):
    settings.RUNTIME_DIR = vault.runtime_dir / "link"
    os.symlink(tmp_path, settings.RUNTIME_DIR)

    with pytest.raises(NotPrivate):
        memory.folder()


def test_folder_of_somebody_else_is_refused(vault, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    with pytest.raises(NotPrivate):
        memory.folder()
