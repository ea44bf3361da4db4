import pytest
from django.urls import reverse

from cases.audit.operations import record
from tests.desk.cases import text_of
from tests.world import visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture(autouse=True)
def expected(settings):
    """As where backups are expected, and one has just been proven."""
    settings.BACKUP_RECIPIENTS = ["age1"]
    for action in ("backup.made", "backup.proven", "vault.found_whole"):
        record(action, by=None)


def page(world, name, url="/"):
    return " ".join(text_of(visit(world, name).get(url)).split())


@pytest.mark.parametrize("name", ["dora", "mira"])
def test_who_answers_for_it_sees_when_it_was_proven(world, name):
    seen = page(world, name)

    assert "Last proven restore" in seen
    assert 'role="alert"' not in seen


@pytest.mark.parametrize("name", ["claire", "paul", "viktor"])
def test_others_do_not(world, name):
    record("vault.found_faulty", by=None, detail="thin_safes 2")

    assert "Backups and vault" not in page(world, name)


def test_a_failure_stands_on_top(world):
    record("backup.failed", by=None, detail="No space left on device")

    seen = page(world, "dora")

    assert "The last backup failed." in seen
    assert "No space left" not in seen


def test_faults_are_sentences(world):
    record("vault.found_faulty", by=None, detail="thin_safes 2, missing 1, from_tomorrow 3")

    seen = page(world, "mira")

    assert "2 safes can be opened by fewer than two colleagues for good." in seen
    assert "1 safe or sealed item that was recorded is gone." in seen
    assert "from_tomorrow: 3" in seen


def test_the_panel_shows_both_times(world):
    seen = page(world, "mira", reverse("admin:index"))

    assert "Last proven restore" in seen
    assert "Something is wrong" not in seen


def test_the_panel_says_that_something_is_wrong(world):
    record("backup.drill_failed", by=None)

    assert "Something is wrong with backups or vault" in page(world, "mira", reverse("admin:index"))


def test_who_keeps_reference_data_alone_does_not_see_it(world):
    assert "Last proven restore" not in page(world, "ana", reverse("admin:index"))


def test_the_log_says_it_in_words(world):
    record("vault.found_faulty", by=None, detail="thin_safes 1")

    assert "1 safe can be opened by fewer than two colleagues for good." in page(
        world, "paul", reverse("desk:audit")
    )
