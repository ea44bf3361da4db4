import contextlib
import os
import pty
import secrets
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psycopg
from django.db import connections
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from cases.audit.operations import record
from cases.staff.models import Organisation, random_id
from cases.vault import marks, operations, pepper
from cases.vault.files import chunks
from cases.vault.models import SealedFile
from tests.staff.factories import make_organisation
from tests.vault.colleagues import cheap_vault, make_safe, make_team

ROOT = Path(__file__).resolve().parents[3]
NAME = "Всеволод Незабудкин"
# A piece of the name as it would lie somewhere in clear.
TOKEN = "Незабудкин".encode()


def make_world(settings, runtime, tmp_path, keys):
    state = tmp_path / "state"
    state.mkdir()
    settings.VAR_DIR = state
    cheap_vault(settings, runtime, state)
    settings.ERASURE_LEDGER = settings.BACKUP_DIR / "erasures.log"
    make_organisation(Organisation.Kind.DEMO)
    people = make_team()
    safe = make_safe(people.ana, people.boris, items={"identity": {"name": NAME}})
    file = _file(safe, people.ana)
    # The log outlives the tests before this one, what they sealed does not: begin here.
    adopted = marks.keep(safes=[safe], items=safe.items.all(), removed=[random_id()])
    record("vault.adopted", by=None, detail=f"digest {adopted}")
    return SimpleNamespace(people=people, safe=safe, file=file, state=state, papers=people.papers, keys=keys)


def _file(safe, by):
    key_item = operations.seal(safe=safe, kind="file-1", content={"name": f"{NAME}.jpg"}, by=by)
    fields = {"safe": safe, "key_item": key_item, "uploaded_by": by, "key_check": b"."}
    file = SealedFile.objects.create(
        size=5000, state="whole", kind="mp3", finished_at=timezone.now(), **fields
    )
    chunks.write(file, 0, NAME.encode().ljust(5000, b"."), bytes(32))
    return file


def address(alias, database):
    own = connections[alias].settings_dict
    parts = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "password": own["PASSWORD"]}
    return make_conninfo("", dbname=database, **{name: value for name, value in parts.items() if value})


@contextlib.contextmanager
def empty_database():
    name = f"empty_{secrets.token_hex(8)}"
    with psycopg.connect(address("owner", "template1"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template1")
        connection.execute(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")
        yield name
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Place:
    """Where commands run as on another machine."""

    def __init__(self, folder, database):
        self.folder, self.database = folder, database
        folder.mkdir()
        left_out = ("PEPPER_FILE", "ORGANISATION_KEY_FILE", "BACKUP_RECIPIENTS", "DJANGO_SETTINGS_MODULE")
        self.environment = {name: value for name, value in os.environ.items() if name not in left_out} | {
            "VAR_DIR": str(folder),
            "DATABASE_URL": address("default", database),
            "DATABASE_OWNER_URL": address("owner", database),
        }

    def manage(self, *command, typed=None, **environment):
        """Run a command; with `typed` at a terminal, where these lines are answered one after the other."""
        return self.python(ROOT / "manage.py", *command, typed=typed, **environment)

    def python(self, *arguments, typed=None, **environment):
        whole = [sys.executable, *map(str, arguments)]
        stdin, terminal = subprocess.DEVNULL, None
        if typed is not None:
            terminal, stdin = pty.openpty()
            os.write(terminal, "".join(f"{line}\n" for line in typed).encode())
        try:
            return subprocess.run(
                whole,
                env={"DJANGO_SETTINGS_MODULE": "ngo.settings"} | self.environment | environment,
                cwd=ROOT,
                stdin=stdin,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        finally:
            if terminal is not None:
                os.close(terminal)
                os.close(stdin)

    def ask(self, query):
        with self.connected() as connection:
            return connection.execute(query).fetchall()

    def do(self, statement):
        with self.connected() as connection:
            connection.execute(statement)

    def connected(self):
        return psycopg.connect(address("owner", self.database))

    def server(self):
        return psycopg.connect(address("owner", "template1"), autocommit=True)

    @property
    def is_empty(self):
        tables = self.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        left = {path.name for path in self.folder.iterdir()} - {"backups"}
        return tables == [(0,)] and left <= {"files"} and not any(self.folder.glob("files/*"))


def restored_pepper(place):
    return pepper.load(place.folder / "pepper")
