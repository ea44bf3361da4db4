from dataclasses import asdict

import pytest
from django.db import connections

from cases.audit.operations import record
from cases.audit.standing import standing

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def production(settings, tmp_path, transactional_db):
    settings.PRODUCTION, settings.VAR_DIR = True, tmp_path
    # The log outlives the tests before this one.
    without_triggers("DELETE FROM audit_entry")


def all_well():
    for action in ("backup.made", "backup.proven", "vault.found_whole"):
        record(action, by=None, detail="safe-conduct-1.age, sha256 0")


def days_ago(action, days):
    without_triggers(f"UPDATE audit_entry SET at = at - interval '{days} days' WHERE action = '{action}'")


def without_triggers(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def alarms():
    return {
        name for name, value in asdict(standing()).items() if value is True or (name == "faults" and value)
    }


def test_all_is_well():
    all_well()

    assert (alarms(), standing().alarming) == (set(), False)
    assert None not in (standing().backup, standing().proven, standing().checked)


def test_nothing_was_ever_done():
    assert alarms() == {"backup_late", "proof_late", "check_late"}
    assert (standing().backup, standing().proven, standing().checked) == (None, None, None)


def test_a_demo_without_keys_misses_nothing(settings):
    settings.PRODUCTION = False

    assert not standing().alarming


def test_a_demo_with_keys_does(settings):
    settings.PRODUCTION, settings.BACKUP_RECIPIENTS = False, ["age1"]

    assert alarms() == {"backup_late", "proof_late"}


@pytest.mark.parametrize(
    ("action", "days", "alarm"),
    [
        ("backup.made", 3, "backup_late"),
        ("backup.proven", 32, "proof_late"),
        ("vault.found_whole", 3, "check_late"),
    ],
)
def test_what_is_too_long_ago(action, days, alarm):
    all_well()
    days_ago(action, days)

    assert alarms() == {alarm}


@pytest.mark.parametrize(
    ("action", "days"), [("backup.made", 2), ("backup.proven", 30), ("vault.found_whole", 2)]
)
def test_what_is_not(action, days):
    all_well()
    days_ago(action, days)

    assert alarms() == set()


@pytest.mark.parametrize(
    ("failed", "mended", "alarm"),
    [
        ("backup.failed", "backup.made", "backup_failed"),
        ("backup.drill_failed", "backup.proven", "drill_failed"),
    ],
)
def test_a_failure_counts_until_it_went_well_again(failed, mended, alarm):
    all_well()
    record(failed, by=None)
    assert alarms() == {alarm}

    record(mended, by=None)
    assert alarms() == set()


def test_what_the_last_check_found():
    all_well()
    record("vault.found_faulty", by=None, detail="thin_safes 2, missing 1")
    assert standing().faults == (("thin_safes", 2), ("missing", 1))

    record("vault.found_whole", by=None)
    assert standing().faults == ()


def test_it_is_one_question(django_assert_num_queries):
    all_well()

    with django_assert_num_queries(1):
        standing()
