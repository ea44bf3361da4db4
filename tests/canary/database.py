"""Where the database writes: dumps, its folder and log, sessions, jobs and the audit log. And what is planted there."""

import contextlib
import subprocess

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections

from cases.staff.sessions import SessionStore
from ngo import postgres
from tests.canary.scanner import BETWEEN
from tests.canary.tokens import token
from tests.canary.values import values_in

BLOCK, OVERLAP = 2 << 20, 8192
PLAIN, CUSTOM, FOLDER = "plain dump", "custom-format dump", "data directory and WAL"
PG_LOG, SESSIONS, JOBS, AUDIT = (
    "PostgreSQL log",
    "sessions, decoded",
    "queued jobs",
    "audit log and its export",
)


def program(name, *arguments):
    wanted = connections["owner"].settings_dict
    environment = {"PATH": "/usr/bin:/bin", "PGPASSWORD": wanted["PASSWORD"], "PGDATABASE": wanted["NAME"]}
    options = (("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"))
    environment |= {name: str(wanted[key]) for name, key in options if wanted[key]}
    command = [postgres.program(name), *arguments]
    return subprocess.run(command, capture_output=True, env=environment, check=True).stdout


def plain_dump():
    return program("pg_dump")


def custom_dump(folder):
    """The file, and what pg_restore makes of it."""
    target = folder / "dump.custom"
    program("pg_dump", "--format=custom", "--file", target)
    return target.read_bytes(), program("pg_restore", "--file=-", target)


def in_parts(data, size=BLOCK):
    """Pieces that end with a line where there are lines, so that a value stands whole in one of them."""
    start = 0
    while start < len(data):
        end = start + size
        line = data.find(b"\n", end) if end < len(data) else -1
        end = line + 1 if 0 <= line < end + size else end
        yield data[start:end]
        start = end


def look_at_dumps(search, folder):
    for name, whole in ((PLAIN, [plain_dump()]), (CUSTOM, custom_dump(folder))):
        for data in whole:
            for number, part in enumerate(in_parts(data)):
                search.look(name, f"part {number}", part)


def files_of(data_dir, since=0.0):
    """The files of the server, its WAL included: those that were written after a moment."""
    write_out()
    for file in sorted(data_dir.rglob("*")):
        with contextlib.suppress(FileNotFoundError):
            if file.is_file() and file.stat().st_mtime >= since:
                yield file


def write_out():
    """What was changed goes from memory into the files: a checkpoint, which nobody but a superuser may ask for by name."""
    do("CREATE DATABASE passing TEMPLATE template0 STRATEGY file_copy")
    do("DROP DATABASE passing")


def blocks_of(file):
    """The file in overlapping pieces, and after each what lies compressed in its pages."""
    with file.open("rb") as stream:
        before = b""
        while block := stream.read(BLOCK):
            yield before + block
            yield b"\n".join(values_in(block))
            before = block[-OVERLAP:]


def look_at_folder(search, data_dir):
    for file in files_of(data_dir):
        for block in blocks_of(file):
            # An unwritten part of the WAL: nothing but zeros.
            if block.strip(b"\0"):
                search.look(FOLDER, str(file.relative_to(data_dir)), block)


def do(statement, values=None):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def rows_of(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return flat(cursor.fetchall())


def flat(value):
    """Every text and number in nested things as it is, which `str` of the whole would escape."""
    if isinstance(value, dict):
        return BETWEEN.join(flat(inner) for pair in value.items() for inner in pair)
    if isinstance(value, list | tuple):
        return BETWEEN.join(flat(inner) for inner in value)
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def tables_like(pattern):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname LIKE %s ORDER BY relname",
            [pattern],
        )
        return [name for (name,) in cursor.fetchall()]


def look_at_rows(search):
    for session in Session.objects.all():
        search.look(SESSIONS, "a session", flat(session.get_decoded()))
    for name, pattern in ((JOBS, "procrastinate%"), (AUDIT, "audit%")):
        for table in tables_like(pattern):
            search.look(name, table, rows_of(f'SELECT * FROM "{table}"'))


def provoke(person):
    """Statements that fail with a token in them, in the ways in which a server usually quotes what failed."""
    word = token(person, "typed")
    statements = (
        ("INSERT INTO staff_organisation VALUES (7, 'demo', %s, 5, now())", [word]),
        ("INSERT INTO audit_entry (actor, no_such_column) VALUES (%s, '')", [word]),
        ("SELECT %s::int", [word]),
        (f"SELECT * FROM nowhere WHERE name = '{word}'", None),
        (f"SELECT '{word}' FROM (SELECT pg_sleep(2)) AS slow", None),
        ("UPDATE applicants_applicant SET stage = %s", [word]),
    )
    failed = 0
    with connections["default"].copy().cursor() as cursor:
        cursor.execute("SET statement_timeout = 200")
        for statement, values in statements:
            try:
                cursor.execute(statement, values)
            except DatabaseError:
                failed += 1
        cursor.connection.close()
    return failed


@contextlib.contextmanager
def planted_rows(plants, plants_of_text):
    """A table with a row for each spelling, as bytes and as text."""
    do("CREATE TABLE planted (raw bytea, said text)")
    try:
        for _spelling, _token, content in plants:
            do("INSERT INTO planted (raw) VALUES (%s)", [content])
        for _spelling, _token, content in plants_of_text:
            do("INSERT INTO planted (said) VALUES (%s)", [content.decode()])
        yield
    finally:
        do("DROP TABLE planted")


def plant_in_dumps(search, folder):
    plants = search.plants(PLAIN), search.plants(CUSTOM)
    with planted_rows(plants[0], []):
        search.prove(PLAIN, plants[0], in_parts(plain_dump()))
        search.prove(CUSTOM, plants[1], [part for data in custom_dump(folder) for part in in_parts(data)])


def plant_in_folder(search, data_dir, since):
    """As rows, and one long text that PostgreSQL compresses by itself; looked for in what was written since."""
    plants = search.plants(FOLDER)
    long_text = token(2, "address")
    with planted_rows(plants, []):
        padding = "Так говорят в каждом доме, и каждый дом говорит так же. " * 120
        do("INSERT INTO planted (said) VALUES (%s)", [f"{padding}{long_text}{padding}"])
        places = [block for file in files_of(data_dir, since) for block in blocks_of(file)]
        search.prove(FOLDER, [*plants, ("PostgreSQL's own compression", long_text, b"")], places)


def plant_in_log(search, log):
    plants, before = search.plants(PG_LOG, binary=False), log.stat().st_size
    for _spelling, _token, content in plants:
        do("SELECT set_config('canary.said', %s, false)", [content.decode()])
        do("DO $do$ BEGIN RAISE LOG '%', current_setting('canary.said'); END $do$")
    search.prove(PG_LOG, plants, [log.read_bytes()[before:]])


def look_at_log(search, log):
    for part in in_parts(log.read_bytes()):
        search.look(PG_LOG, log.name, part)


def plant_in_rows(search):
    """In a real session, in a table like that of the jobs, and in one like that of the log, which refuses deletion."""
    plants = search.plants(SESSIONS, binary=False)
    store = _session_with({f"draft {number}": plant[2].decode() for number, plant in enumerate(plants)})
    try:
        search.prove(SESSIONS, plants, [flat(one.get_decoded()) for one in Session.objects.all()])
    finally:
        store.delete()
    for name, table in ((JOBS, "procrastinate_planted"), (AUDIT, "audit_planted")):
        plants = search.plants(name, binary=False)
        do(f"CREATE TABLE {table} (args text)")
        try:
            for _spelling, _token, content in plants:
                do(f"INSERT INTO {table} VALUES (%s)", [content.decode()])
            pattern = table.partition("_")[0] + "%"
            search.prove(name, plants, [rows_of(f'SELECT * FROM "{one}"') for one in tables_like(pattern)])
        finally:
            do(f"DROP TABLE {table}")


def _session_with(content):
    store = SessionStore()
    for name, value in content.items():
        store[name] = value
    store.save()
    return store
