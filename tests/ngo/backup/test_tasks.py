import pytest

from cases.audit.models import Entry
from cases.vault.tasks import check_nightly
from ngo.backup import BackupError
from ngo.tasks import back_up

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_at_night_there_is_a_backup(world, settings):
    back_up(0)

    assert len(list(settings.BACKUP_DIR.glob("*.age"))) == 1


def test_a_failure_is_recorded_and_fails_the_job(world, settings):
    settings.BACKUP_DIR.parent.joinpath("backups").write_text("a file")

    with pytest.raises(BackupError):
        back_up(0)

    entry = Entry.objects.latest("id")
    assert entry.action == "backup.failed"
    assert "cannot be used" in entry.detail


def test_a_full_disk_is_recorded(world, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ngo.backup.making.os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        back_up(0)

    entry = Entry.objects.latest("id")
    assert (entry.action, entry.detail) == ("backup.failed", "No space left on device")


def test_a_demo_without_keys_makes_none(world, settings):
    settings.BACKUP_RECIPIENTS = []

    back_up(0)

    assert not settings.BACKUP_DIR.exists()


def test_without_keys_a_real_one_fails_loudly(world, settings):
    settings.BACKUP_RECIPIENTS, settings.DEMO = [], False

    with pytest.raises(BackupError, match="BACKUP_RECIPIENTS"):
        back_up(0)

    assert Entry.objects.latest("id").action == "backup.failed"


def test_the_vault_is_checked(world):
    check_nightly(0)

    assert Entry.objects.latest("id").action == "vault.found_whole"
