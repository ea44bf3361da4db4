import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from ngo import postgres
from ngo.server_user import account_of

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user of the machine")
NOBODY = 65534


@pytest.fixture(autouse=True)
def no_given_server(monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def directory(tmp_path):
    yield tmp_path / "state" / "postgres"
    postgres.remove(tmp_path / "state" / "postgres")


@pytest.fixture
def server(directory):
    postgres.start(directory)
    return directory


@pytest.fixture(scope="module")
def kept_server(tmp_path_factory):
    """One server for the tests that leave it as it was."""
    directory = tmp_path_factory.mktemp("kept") / "state" / "postgres"
    postgres.start(directory)
    yield directory
    postgres.remove(directory)


@pytest.fixture
def passable():
    """A short folder that everybody may pass through, unlike those of `tmp_path`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def connect(directory, role="owner"):
    return psycopg.connect(postgres.address(directory, role=role), autocommit=True)


def ask(directory, query, role="owner"):
    with connect(directory, role) as connection:
        return connection.execute(query).fetchone()


def postmaster(directory):
    return int((directory.resolve() / "data" / "postmaster.pid").read_text().split()[0])


def ended(pid):
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_killing_the_server_loses_no_committed_row(server):
    with connect(server) as connection:
        connection.execute("CREATE TABLE rows (n int)")
        connection.execute("INSERT INTO rows SELECT generate_series(1, 1000)")
        os.kill(postmaster(server), 9)

    postgres.start(server)

    assert ask(server, "SELECT count(*), sum(n) FROM rows") == (1000, 500500)


def test_a_start_that_finds_a_server_leaves_it_alone(server):
    first = postmaster(server)

    postgres.start(server)

    assert postmaster(server) == first


def test_six_simultaneous_starts_give_one_server(directory):
    program = "import sys, pathlib; from ngo import postgres; postgres.start(pathlib.Path(sys.argv[1]))"
    starts = [subprocess.Popen([sys.executable, "-c", program, directory]) for _ in range(6)]

    assert [start.wait(30) for start in starts] == [0] * 6
    servers = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if f"{directory.resolve()}/data".encode() in (process / "cmdline").read_bytes():
                servers.append(process.name)
    assert servers == [str(postmaster(directory))]


def test_an_interrupted_first_start_is_begun_anew(server):
    postgres.stop(server)
    home = server.resolve()
    (home / "data").rename(home / "data.new")
    (home / "data.new" / "PG_VERSION").unlink()

    postgres.start(server)

    assert ask(server, "SELECT current_user") == ("owner",)


@pytest.mark.skipif(sys.platform != "linux", reason="whose process it is can only be told on Linux")
def test_a_process_id_taken_over_by_another_program_does_not_stop_a_start(server):
    file = server.resolve() / "data" / "postmaster.pid"
    left_behind = file.read_text().splitlines()
    postgres.stop(server)
    account = account_of(server)
    rights = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    )
    stranger = subprocess.Popen(["sleep", "60"], **rights)
    file.write_text("\n".join([str(stranger.pid), *left_behind[1:]]) + "\n")

    try:
        postgres.start(server)
        assert (postmaster(server) != stranger.pid, stranger.poll()) == (True, None)
    finally:
        stranger.kill()
        stranger.wait()


@AS_ROOT
def test_another_user_of_the_machine_does_not_reach_the_socket(kept_server):
    url = postgres.address(kept_server, role="owner")
    os.seteuid(NOBODY)
    try:
        with pytest.raises(psycopg.OperationalError, match="Permission denied"):
            psycopg.connect(url)
    finally:
        os.seteuid(0)


@AS_ROOT
@pytest.mark.parametrize("role", ["owner", "app", "postgres"])
def test_another_user_who_reaches_the_socket_is_refused(passable, role):
    directory = passable / "state" / "postgres"
    postgres.start(directory)
    for opened in (directory.parent, directory, directory / ".s.PGSQL.5432"):
        opened.chmod(0o777)
    url = postgres.address(directory, role=role)
    os.seteuid(NOBODY)
    try:
        with pytest.raises(
            psycopg.OperationalError, match=r"Peer authentication failed|no pg_hba.conf entry"
        ):
            psycopg.connect(url)
    finally:
        os.seteuid(0)
        postgres.remove(directory)


def test_nobody_is_the_superuser(kept_server):
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba.conf entry"):
        connect(kept_server, role="postgres")
    assert ask(kept_server, "SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname IN ('owner', 'app')") == (
        False,
    )


def test_everything_is_closed_to_others_and_to_the_network(kept_server):
    home = kept_server.resolve()

    modes = {name: (home / name).stat().st_mode & 0o777 for name in ("", "data", "log", ".s.PGSQL.5432")}

    assert modes == {"": 0o700, "data": 0o700, "log": 0o600, ".s.PGSQL.5432": 0o700}
    assert ask(kept_server, "SHOW listen_addresses") == ("",)


def test_the_folders_above_stay_as_closed_as_they_were(directory, tmp_path):
    above = [folder.stat().st_mode for folder in tmp_path.parents]

    postgres.start(directory)

    assert [folder.stat().st_mode for folder in tmp_path.parents] == above
    assert directory.parent.stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("locale", ["C", "ru_RU.KOI8-R", "tr_TR.UTF-8"])
def test_cyrillic_letters_have_capitals_whatever_the_locale(directory, monkeypatch, locale):
    for name in ("LC_ALL", "LANG", "LC_CTYPE"):
        monkeypatch.setenv(name, locale)
    postgres.start(directory)

    assert ask(directory, "SELECT upper('ёлка'), 'Ёлка' ILIKE '%ЁЛ%', upper('i')") == ("ЁЛКА", True, "I")


def test_settings_of_the_caller_do_not_leak_into_the_server(directory, monkeypatch):
    monkeypatch.setenv("PGPORT", "6000")
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGOPTIONS", "-c fsync=off")

    postgres.start(directory)

    monkeypatch.delenv("PGOPTIONS")
    assert ask(directory, "SELECT current_setting('port'), current_setting('fsync')") == ("5432", "on")


def test_a_long_path_gets_a_short_private_socket_folder(passable):
    directory = passable / ("long" * 30) / "postgres"
    postgres.start(directory)
    socket = Path(unquote(postgres.address(directory)).partition("host=")[2].partition("&")[0])
    try:
        assert ask(directory, "SELECT current_user") == ("owner",)
        assert (str(socket)[:18], socket.stat().st_mode & 0o777) == ("/tmp/safe-conduct-", 0o700)
    finally:
        postgres.remove(directory)
    assert not socket.exists()


def test_a_socket_folder_of_somebody_else_is_not_used(passable):
    directory = passable / ("long" * 30) / "postgres"
    socket = Path(unquote(postgres.address(directory)).partition("host=")[2].partition("&")[0])
    socket.mkdir(mode=0o755)
    try:
        with pytest.raises(postgres.PostgresError, match="belongs to somebody else"):
            postgres.start(directory)
    finally:
        socket.rmdir()


def test_the_last_of_several_users_stops_the_server(directory):
    with postgres.using(directory):
        with postgres.using(directory):
            pass
        assert postgres.running(directory)
        pid = postmaster(directory)

    assert (postgres.running(directory), ended(pid)) == (False, True)


def test_what_was_removed_is_gone(server):
    home = server.resolve()

    postgres.remove(server)

    assert (home.exists(), server.is_symlink(), postgres.running(server)) == (False, False, False)


def test_a_server_that_cannot_start_says_why_in_one_sentence(server):
    postgres.stop(server)

    with pytest.raises(postgres.PostgresError) as refusal:
        postgres.start(server, settings=["shared_buffers=nonsense"])

    assert "\n" not in str(refusal.value)
    assert 'invalid value for parameter "shared_buffers"' in str(refusal.value)


def test_a_link_that_leads_nowhere_is_not_taken_for_an_empty_database(directory, tmp_path):
    directory.parent.mkdir()
    directory.symlink_to(tmp_path / "gone")

    with pytest.raises(postgres.PostgresError, match="which is gone"):
        postgres.start(directory)
