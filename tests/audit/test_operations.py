import threading

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from cases.audit.models import Entry
from cases.audit.operations import record
from cases.audit.queries import expected_hash, faults, last_entry

pytestmark = pytest.mark.django_db


class Somebody:
    username = "claire"


def test_a_row_says_who_did_what_about_whom():
    number = record("case.opened", by=Somebody(), about="c1", detail="“Łódź” \\ Ё \x01 \t")

    row = Entry.objects.get(id=number)
    assert (row.actor, row.action, row.about, row.detail) == (
        "claire",
        "case.opened",
        "c1",
        "“Łódź” \\ Ё \x01 \t",
    )
    assert row.hash == expected_hash(row)


def test_nobody_is_the_system():
    record("night.check", by=None)

    assert last_entry().actor == "system"


def test_each_row_follows_the_one_before():
    numbers = [record("step", by=None, detail=str(turn)) for turn in range(3)]

    rows = [Entry.objects.get(id=number) for number in numbers]
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:2]]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_the_database_gives_number_time_and_hash_whatever_was_sent():
    first = record("step", by=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (id, at, actor, action, about, detail, previous, hash)"
            " VALUES (999999, '2001-01-01', 'x', 'forged', '', '', 'p', 'h')"
        )

    row = Entry.objects.get(action="forged")
    assert row.id == first + 1
    assert row.at.year > 2001
    assert row.hash == expected_hash(row)


def test_an_action_needs_a_word():
    with pytest.raises(DatabaseError), transaction.atomic():
        record("", by=None)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET detail = 'nothing'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
@pytest.mark.parametrize(("role", "refusal"), [("default", "permission denied"), ("owner", "append-only")])
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_rows_cannot_be_changed_or_removed_even_by_the_owner_of_the_table(statement, role, refusal):
    record("step", by=None, detail="stays")
    with pytest.raises(DatabaseError, match=refusal), connections[role].cursor() as cursor:
        cursor.execute(statement)

    assert last_entry().detail == "stays"


def test_an_operation_that_fails_leaves_no_row():
    before = Entry.objects.count()

    @transaction.atomic
    def operation():
        record("step", by=None)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        operation()

    assert Entry.objects.count() == before
    assert list(faults()) == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_writers_at_the_same_moment_make_one_chain():
    before = Entry.objects.count()

    def write():
        for turn in range(10):
            record("race", by=None, detail=str(turn))
        connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Entry.objects.count() == before + 60
    assert list(faults()) == []


def test_app_makes_nothing_temporary():
    for statement in ("CREATE TEMP TABLE mine (n int)", "CREATE DOMAIN pg_temp.text AS varchar(3)"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def as_owner(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def text_of_its_own():
    """`app` has the right after all, and has put a `text` of three letters where temporary things are looked for."""
    database = connection.settings_dict["NAME"]
    as_owner(f'GRANT TEMPORARY ON DATABASE "{database}" TO app')
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE DOMAIN pg_temp.text AS varchar(3)")
    yield
    connection.close()
    as_owner(f'REVOKE TEMPORARY ON DATABASE "{database}" FROM app')


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_type_of_the_same_name_changes_nothing_that_is_hashed(text_of_its_own):
    record("step", by=None, detail="stays as it is")

    assert last_entry().hash == expected_hash(last_entry())


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_with_temporary_things_looked_for_first_it_would(text_of_its_own):
    as_owner("ALTER FUNCTION audit_append() SET search_path = pg_catalog, public")
    try:
        with transaction.atomic():
            record("step", by=None, detail="stays as it is")
            assert last_entry().hash != expected_hash(last_entry())
            transaction.set_rollback(True)
    finally:
        as_owner("ALTER FUNCTION audit_append() SET search_path = pg_catalog, public, pg_temp")
