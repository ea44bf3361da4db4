import os
import tempfile
from pathlib import Path

import pytest

from ngo import server_user
from ngo.server_user import account_of, acting_as, home_of, make_parent, readable_copy

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")


@pytest.fixture
def account(tmp_path):
    return account_of(tmp_path / "nothing yet")


@pytest.fixture
def passable(monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        monkeypatch.setattr(server_user, "SYSTEM_FOLDER", Path(folder) / "system")
        yield Path(folder)


def test_root_has_an_ordinary_user_without_a_shell_run_the_server(account):
    assert (account.pw_name, account.pw_shell) == ("safe-conduct", "/usr/sbin/nologin")
    assert 0 < account.pw_uid < 1000


def test_the_owner_of_existing_data_goes_on_running_it(tmp_path):
    os.chown(tmp_path, 65534, -1)

    assert account_of(tmp_path).pw_name == "nobody"


def test_data_lie_in_the_state_folder_where_the_server_can_get_there(account, passable):
    directory = passable / "var" / "postgres"
    make_parent(directory, account)

    assert home_of(directory, account) == directory
    assert (directory.parent.stat().st_mode & 0o777, directory.stat().st_uid) == (0o710, account.pw_uid)


def test_otherwise_they_lie_in_a_system_folder_and_nothing_is_opened(account, passable, tmp_path):
    modes = [folder.stat().st_mode for folder in tmp_path.parents]
    directory = tmp_path / "postgres"

    home = home_of(directory, account)

    assert (home.parent, directory.readlink()) == (passable / "system", home)
    assert (home.stat().st_uid, home.stat().st_mode & 0o777) == (account.pw_uid, 0o700)
    assert home_of(directory, account) == home
    assert [folder.stat().st_mode for folder in tmp_path.parents] == modes


def test_programs_in_a_closed_checkout_are_copied_once(account, passable, tmp_path):
    for name in ("programs", "libraries"):
        (tmp_path / name).mkdir(mode=0o700)
        (tmp_path / name / "file").write_text(name)
        (tmp_path / name / "file").chmod(0o700)
    folders = [tmp_path / "programs", tmp_path / "libraries"]

    copies = readable_copy(account, folders, "one")
    with acting_as(account):
        read = [(copies / folder.name / "file").read_text() for folder in folders]
        runs = os.access(copies / "programs" / "file", os.X_OK, effective_ids=True)

    assert (copies, read, runs) == (passable / "system" / "one", ["programs", "libraries"], True)
    assert readable_copy(account, folders, "one") == copies
    assert readable_copy(account, [copies / "programs", copies / "libraries"], "two") == copies


def test_what_is_made_as_somebody_else_is_theirs_and_root_comes_back(account, passable):
    passable.chmod(0o777)
    groups = os.getgroups()

    with acting_as(account):
        (passable / "theirs").touch()
        inside = (os.geteuid(), os.getegid(), os.getgroups())

    made = (passable / "theirs").stat()
    assert inside == (account.pw_uid, account.pw_gid, [])
    assert (made.st_uid, made.st_gid) == (account.pw_uid, account.pw_gid)
    assert (os.geteuid(), os.getgroups()) == (0, groups)
