import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from ngo import postgres, run
from ngo.environment import runtime_folder
from ngo.programs import RunError

GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE", "HOST", "MAKELEVEL")


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory):
    """One state folder for all: only the first start has to prepare it."""
    folder = tmp_path_factory.mktemp("run") / "var"
    yield folder
    postgres.remove(folder / "postgres")


@pytest.fixture
def environment(var_dir):
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
    return kept | {"VAR_DIR": str(var_dir), "PORT": str(free_port())}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def start(environment, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "ngo.run", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def refusal(environment):
    program = start(environment)
    said, _ = program.communicate(timeout=60)
    return program.returncode, said


@contextlib.contextmanager
def serving(environment):
    program = start(environment)
    # A start that hangs must fail the test, not hang it.
    alarm = threading.Timer(90, program.kill)
    alarm.start()
    said = ""
    for line in program.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    alarm.cancel()
    try:
        yield program, said
    finally:
        program.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(30)
        program.kill()
        program.stdout.close()


def started_from(environment):
    """All processes that carry this state folder in their environment or command line."""
    mark, found = environment["VAR_DIR"].encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.name != str(os.getpid()) and (
                mark in (process / "environ").read_bytes() or mark in (process / "cmdline").read_bytes()
            ):
                found.append(process.name)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_end_and_leaves_nothing(environment, number):
    port = environment["PORT"]
    with serving(environment) as (program, said):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert (answer.status, answer.read()) == (200, b"ok\n")
        assert f"http://127.0.0.1:{port}" in said
        second = refusal(environment)
        unlocked = runtime_folder(Path(environment["VAR_DIR"])) / "unlocked-1"
        unlocked.parent.mkdir(mode=0o700, exist_ok=True)
        unlocked.write_bytes(b"as if somebody had unlocked")

        began = time.monotonic()
        program.send_signal(number)
        program.wait(30)

        assert (second[0], second[1].partition(":")[0]) == (1, f"Port {port} is taken")
        assert (program.returncode, program.stdout.read().splitlines()[-1:]) == (0, ["Stopped."])
        assert time.monotonic() - began < 10
        assert started_from(environment) == []
        assert not unlocked.parent.exists()


def test_a_command_for_an_organisation_makes_no_empty_one(environment, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    program = start(environment | {"VAR_DIR": str(elsewhere)}, "vault_recover", "anna")
    said, _ = program.communicate(timeout=60)

    assert (program.returncode, said.count("\n")) == (1, 1)
    assert said.startswith(f"There is no organisation in {elsewhere}. Set VAR_DIR")
    assert not elsewhere.exists()


def test_a_start_brings_the_reference_data(environment, var_dir):
    with (
        serving(environment),
        psycopg.connect(postgres.address(var_dir / "postgres", role="app")) as database,
    ):
        (loaded,) = database.execute("SELECT count(*) FROM documents_entryrule").fetchone()

    assert loaded > 50


def test_a_worker_that_dies_ends_everything_and_is_named(environment):
    with serving(environment) as (program, _):
        workers = [
            pid
            for pid in started_from(environment)
            if b"procrastinate" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]
        os.kill(int(workers[0]), signal.SIGKILL)
        program.wait(30)

        assert (len(workers), program.returncode) == (1, 1)
        assert "The worker ended by itself" in program.stdout.read()
        assert started_from(environment) == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT is 'eighty'; it must be a number from 1 to 65535."),
        ("PORT", "70000", "PORT is '70000'; it must be a number from 1 to 65535."),
        ("HOST", "192.0.2.1", "HOST is '192.0.2.1', which is no address of this machine."),
        (
            "DATABASE_URL",
            "nonsense",
            "DATABASE_URL is no PostgreSQL address like postgresql://user@host/name.",
        ),
        ("DATABASE_OWNER_URL", "postgresql://x", "DATABASE_OWNER_URL is set and DATABASE_URL is not"),
        ("VAR_DIR", f"{__file__}/var", f"{__file__}/var/postgres: Not a directory."),
    ],
)
def test_a_wrong_value_is_one_sentence(environment, name, value, sentence):
    code, said = refusal(environment | {name: value})

    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(sentence)


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(environment):
    url = f"postgresql://someone:hunter2@127.0.0.1:{free_port()}/somewhere"

    code, said = refusal(environment | {"DATABASE_URL": url})

    assert (code, said.count("\n"), "hunter2" in said) == (1, 1, False)
    assert said.startswith("The database in DATABASE_URL cannot be used: ")
    assert "Connection refused" in said


@pytest.fixture
def latin_database():
    """A database that holds bytes and knows no letter beyond ASCII, on the server of the tests."""
    owner = os.environ["DATABASE_OWNER_URL"]
    name = f"latin_{os.getpid()}"
    with psycopg.connect(make_conninfo(owner, dbname="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING SQL_ASCII LOCALE 'C' TEMPLATE template0")
        yield make_conninfo(owner, dbname=name)
        connection.execute(f"DROP DATABASE {name}")


def test_a_database_without_cyrillic_letters_is_refused(latin_database):
    with pytest.raises(RunError, match="does not know Cyrillic letters"):
        run._require_usable("DATABASE_URL", latin_database)


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "LEAST_FREE", 1 << 60)

    with pytest.raises(
        RunError, match=r"^The disk that holds .*/var is full: \d+ MB are free, 200 are needed\.$"
    ):
        run._require_space(tmp_path / "not" / "yet" / "var")


@pytest.mark.parametrize(
    ("host", "address", "warned"),
    [
        ("127.0.0.1", "http://127.0.0.1:80", False),
        ("::1", "http://[::1]:80", False),
        ("::", "http://[::]:80", True),
    ],
)
def test_the_welcome_warns_when_others_can_reach_the_demo(host, address, warned):
    welcome = run._welcome(host, 80)

    assert address in welcome.splitlines()[1]
    assert ("Whoever can reach this machine" in welcome) is warned


@pytest.mark.parametrize("recipients", ["", "age1something"])
def test_the_welcome_says_when_nothing_will_be_backed_up(recipients, monkeypatch):
    monkeypatch.setattr(run, "PRODUCTION", True)
    monkeypatch.setenv("BACKUP_RECIPIENTS", recipients)

    assert ("NO BACKUP" in run._welcome("127.0.0.1", 80)) is (not recipients)
