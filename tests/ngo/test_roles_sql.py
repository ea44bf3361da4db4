import psycopg
import pytest

from ngo import environment, postgres


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    directory = tmp_path_factory.mktemp("roles") / "state" / "postgres"
    postgres.start(directory)
    yield directory
    postgres.remove(directory)


def connect(directory, role):
    return psycopg.connect(postgres.address(directory, role=role), autocommit=True)


def test_the_log_says_nothing_of_what_a_failing_statement_was_given(server):
    with connect(server, "owner") as owner:
        owner.execute("CREATE TABLE people (name text UNIQUE, age int NOT NULL)")
    with connect(server, "app") as app:
        app.execute("INSERT INTO people VALUES ('Canary-7319', 1)")
        for statement, values in [
            ("INSERT INTO people VALUES ('Canary-7319', 2)", None),
            ("INSERT INTO people VALUES (%s, %s)", ["Canary-7319", 3]),
            ("INSERT INTO people VALUES (%s, NULL)", ["Canary-7319"]),
            # Here the message of the error itself quotes the value.
            ("SELECT 'Canary-7319'::int", None),
            ("SELECT %s::uuid", ["Canary-7319"]),
            ('SELECT * FROM "Canary-7319"', None),
        ]:
            with pytest.raises(psycopg.Error):
                app.execute(statement, values)
        app.execute("DO $$ BEGIN RAISE LOG 'the log is listened to'; END $$")

    log = (server.resolve() / "log").read_text()

    assert ("the log is listened to" in log, "Canary" in log) == (True, False)


def test_app_works_on_rows_and_changes_no_table(server):
    with connect(server, "owner") as owner:
        owner.execute("CREATE TABLE things (id serial, n int)")
    with connect(server, "app") as app:
        app.execute("INSERT INTO things (n) VALUES (1), (2)")
        app.execute("UPDATE things SET n = n + 1")
        app.execute("DELETE FROM things WHERE n = 2")
        for forbidden in (
            "CREATE TABLE mine (n int)",
            "CREATE TEMP TABLE mine (n int)",
            "CREATE SCHEMA mine",
            "ALTER TABLE things ADD m int",
            "DROP TABLE things",
            "TRUNCATE things",
            "SET ROLE owner",
            "COPY things TO PROGRAM 'cat'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)
        assert app.execute("SELECT id, n FROM things").fetchall() == [(2, 3)]


def test_databases_that_owner_makes_later_have_the_same_rules(server):
    with connect(server, "owner") as owner:
        owner.execute("CREATE DATABASE test_another")
    url = postgres.address(server, role="owner", database="test_another")
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE things (n int)")

    with psycopg.connect(url.replace("user=owner", "user=app"), autocommit=True) as app:
        app.execute("INSERT INTO things VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (n int)")


def parameters(directory, monkeypatch, more=""):
    """How Django connects to this server as `app`."""
    monkeypatch.setenv("A_DATABASE", postgres.address(directory) + more)
    found = environment.database("A_DATABASE", "")
    names = {"NAME": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}
    return {libpq: found[django] for django, libpq in names.items()} | found["OPTIONS"]


@pytest.mark.parametrize("more", ["", "&options=-c%20synchronous_commit%3Doff%20-c%20statement_timeout%3D7s"])
def test_app_cannot_let_its_commits_wait(server, monkeypatch, more):
    with connect(server, "app") as app:
        app.execute("ALTER ROLE app SET synchronous_commit = off")
        try:
            with connect(server, "app") as later:
                assert later.execute("SHOW synchronous_commit").fetchone() == ("off",)
            with psycopg.connect(**parameters(server, monkeypatch, more)) as ours:
                assert ours.execute("SHOW synchronous_commit").fetchone() == ("on",)
                timeout = ours.execute("SHOW statement_timeout").fetchone()
        finally:
            app.execute("ALTER ROLE app RESET synchronous_commit")

    assert timeout == ("7s" if more else "0",)
