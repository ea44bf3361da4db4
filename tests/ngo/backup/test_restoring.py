import json
import subprocess

import pytest
from django.utils import timezone
from shamir_mnemonic import generate_mnemonics

from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.vault import ledger, pepper
from cases.vault.models import SealedItem
from ngo.backup import age, archive
from ngo.backup.making import make_backup
from tests.ngo.backup.places import TOKEN, restored_pepper

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def made(world):
    return make_backup()


@pytest.fixture
def restore(made, keys, elsewhere):
    def do(*more, path=None, identity=None, **options):
        return elsewhere.manage(
            "restore", path or made.path, "--identity", identity or keys.identity, *more, **options
        )

    return do


def rewritten(made, keys, tmp_path, change):
    """The same backup with other members, sealed again by who has the private key."""
    with age.decrypted(made.path, [keys.key]) as stream:
        members = list(archive.members(stream))
    path = tmp_path / "changed.age"
    with path.open("wb") as file:
        pieces = [archive.member(name, content) for name, content in change(members)]
        age.encrypt(iter([*pieces, archive.end()]), file, [keys.key.to_public()])
    return path


def a_line():
    """Somebody was erased who was never here."""
    line = ledger.line(erasure=random_id(), at=timezone.now(), cases=[(random_id(), [random_id()])])
    ledger.append(line)
    return line


def manifest_with(**changes):
    def change(members):
        *others, (name, content) = members
        return [*others, (name, json.dumps(json.loads(content) | changes).encode())]

    return change


def test_two_shares_bring_everything_back(world, restore, elsewhere, settings):
    done = restore(typed=[world.papers[2], world.papers[0]])

    assert (done.returncode, done.stderr) == (0, "")
    assert "The vault is whole." in done.stdout
    items = elsewhere.ask("SELECT envelope FROM vault_sealeditem ORDER BY id")
    assert items == [(bytes(item.envelope),) for item in SealedItem.objects.order_by("id")]
    assert restored_pepper(elsewhere) == pepper.load()
    assert (elsewhere.folder / "secret-key").read_text().strip() == settings.SECRET_KEY
    [chunk] = (elsewhere.folder / "files").glob("*/*")
    assert chunk.read_bytes() == (world.state / "files" / chunk.parent.name / chunk.name).read_bytes()
    assert TOKEN not in chunk.read_bytes()


def test_the_log_goes_on_where_it_was(restore, elsewhere, settings, made):
    assert restore("--pepper", settings.PEPPER_FILE).returncode == 0

    assert elsewhere.ask("SELECT action FROM audit_entry ORDER BY id DESC LIMIT 1") == [("backup.restored",)]
    assert elsewhere.manage("audit_verify").returncode == 0
    assert made.manifest.counts["log rows"] == Entry.objects.count() - 1


def test_the_role_that_serves_still_changes_no_log(restore, elsewhere, settings):
    restore("--pepper", settings.PEPPER_FILE)

    [[rights]] = elsewhere.ask("SELECT has_table_privilege('app', 'audit_entry', 'UPDATE, DELETE, TRUNCATE')")
    [[history]] = elsewhere.ask("SELECT has_table_privilege('app', 'django_migrations', 'INSERT, UPDATE')")
    elsewhere.do("CREATE TABLE later (n int)")
    [[later]] = elsewhere.ask("SELECT has_table_privilege('app', 'later', 'UPDATE')")
    [[inserts]] = elsewhere.ask("SELECT has_table_privilege('app', 'audit_entry', 'INSERT')")
    [[temporary]] = elsewhere.ask("SELECT has_database_privilege('app', current_database(), 'TEMPORARY')")
    assert (rights, history, inserts, temporary, later) == (False, False, True, False, True)


def test_what_lies_there_now_is_for_nobody_else(restore, elsewhere, settings):
    restore("--pepper", settings.PEPPER_FILE)

    assert not (elsewhere.folder / "secret-key").exists()
    for name in ("pepper", "organisation.pub"):
        assert (elsewhere.folder / name).stat().st_mode & 0o777 == 0o600


class TestRefusals:
    """Each is a sentence, and leaves the machine as empty as it was."""

    def refused(self, done, elsewhere, sentence):
        assert done.returncode == 1
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
        assert elsewhere.is_empty

    def test_another_private_key(self, restore, elsewhere, tmp_path):
        other = tmp_path / "other.txt"
        other.write_text(str(age.Identity.generate()))

        self.refused(restore(identity=other), elsewhere, "This private key does not open")

    def test_no_private_key(self, restore, elsewhere, tmp_path):
        self.refused(restore(identity=tmp_path / "none"), elsewhere, "holds no private age key")

    def test_too_few_shares(self, world, restore, elsewhere):
        self.refused(restore(typed=[world.papers[0], ""]), elsewhere, "Too few shares: 1 of 2")

    def test_nobody_at_the_terminal(self, restore, elsewhere):
        self.refused(restore(), elsewhere, "Too few shares")

    def test_a_mistyped_share_can_be_corrected_or_given_up(self, world, restore, elsewhere):
        wrong = world.papers[0].replace(world.papers[0].split()[9], "zebra", 1)
        done = restore(typed=[wrong, world.papers[0], ""])

        assert "Word 10 of this share is not in the list" in done.stdout
        self.refused(done, elsewhere, "Too few shares: 1 of 2")

    def test_shares_of_another_organisation(self, restore, elsewhere):
        [others] = generate_mnemonics(1, [(2, 3)], bytes(range(32)))

        self.refused(restore(typed=others[:2]), elsewhere, "another organisation key")

    def test_another_pepper(self, restore, elsewhere, tmp_path):
        other = tmp_path / "other-pepper"
        other.write_text("11" * 32)
        other.chmod(0o600)

        self.refused(restore("--pepper", other), elsewhere, "does not belong to these data")

    def test_a_cut_file(self, made, restore, elsewhere, settings):
        made.path.write_bytes(made.path.read_bytes()[:-70_000])

        self.refused(restore("--pepper", settings.PEPPER_FILE), elsewhere, "no whole backup")

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda members: members[1:], "parts of it are missing"),
            (lambda members: members[:-1], "parts of it are missing"),
            (
                lambda members: [(n, c.replace(b"PGDMP", b"PGDMQ")) for n, c in members],
                "does not hold what its manifest says",
            ),
            (lambda members: [("../../etc/passwd", b""), *members], "holds what a backup never does"),
            (lambda members: [*members, ("files/a/b", b"")], "holds what a backup never does"),
        ],
        ids=["lost", "no manifest", "changed", "strange", "after the end"],
    )
    def test_other_content_than_the_manifest_says(
        self, made, keys, restore, elsewhere, tmp_path, settings, change, sentence
    ):
        path = rewritten(made, keys, tmp_path, change)

        self.refused(restore("--pepper", settings.PEPPER_FILE, path=path), elsewhere, sentence)

    def test_a_demo_never_becomes_real(self, restore, elsewhere, settings):
        done = restore("--pepper", settings.PEPPER_FILE, SAFE_CONDUCT_MODE="production", SECRET_KEY="x" * 60)

        self.refused(done, elsewhere, "backup of a demo organisation, and it stays one")

    def test_nor_does_a_real_one_become_a_demo(self, made, keys, restore, elsewhere, tmp_path, settings):
        path = rewritten(made, keys, tmp_path, manifest_with(kind="real"))

        done = restore("--pepper", settings.PEPPER_FILE, path=path)

        self.refused(done, elsewhere, "set SAFE_CONDUCT_MODE=production")

    def test_a_newer_program(self, made, keys, restore, elsewhere, tmp_path, settings):
        newer = [*made.manifest.migrations, "vault.9999_from_tomorrow"]
        path = rewritten(made, keys, tmp_path, manifest_with(migrations=newer))

        done = restore("--pepper", settings.PEPPER_FILE, path=path)

        self.refused(done, elsewhere, "newer version of the program")

    def test_a_dump_that_fails_half_way(self, made, keys, restore, elsewhere, tmp_path, settings):
        def cut(members):
            tally, changed = archive.Tally(), []
            for name, content in members[:-1]:
                content = content[: len(content) * 2 // 3] if name.startswith("database/") else content
                tally.add(name, content)
                changed.append((name, content))
            return [*changed, *manifest_with(parts=tally.as_dict())(members[-1:])]

        path = rewritten(made, keys, tmp_path, cut)

        self.refused(restore("--pepper", settings.PEPPER_FILE, path=path), elsewhere, "pg_restore failed")

        elsewhere.do("CREATE TABLE later (n int)")
        assert elsewhere.ask("SELECT has_table_privilege('app', 'later', 'UPDATE')") == [(True,)]

    def test_a_machine_that_is_not_empty(self, restore, elsewhere, settings):
        (elsewhere.folder / "pepper").write_text("mine")

        done = restore("--pepper", settings.PEPPER_FILE)

        assert "restore into an empty VAR_DIR" in done.stderr
        assert (elsewhere.folder / "pepper").read_text() == "mine"
        assert elsewhere.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]

    def test_sealed_files_of_somebody(self, restore, elsewhere, settings):
        (elsewhere.folder / "files" / "ab").mkdir(parents=True)

        assert "Sealed files are there already" in restore("--pepper", settings.PEPPER_FILE).stderr

    def test_a_second_time(self, restore, elsewhere, settings):
        assert restore("--pepper", settings.PEPPER_FILE).returncode == 0
        before = elsewhere.ask("SELECT count(*) FROM audit_entry")

        done = restore("--pepper", settings.PEPPER_FILE)

        assert "holds tables already" in done.stderr
        assert elsewhere.ask("SELECT count(*) FROM audit_entry") == before


class TestErasures:
    def test_the_longer_ledger_is_the_one_beside(self, world, restore, elsewhere, settings):
        a_line()
        later = make_backup()
        inside = settings.ERASURE_LEDGER.read_bytes()
        a_line()

        assert restore("--pepper", settings.PEPPER_FILE, path=later.path).returncode == 0

        restored = (elsewhere.folder / "backups" / "erasures.log").read_bytes()
        assert (restored, len(restored)) == (settings.ERASURE_LEDGER.read_bytes(), 2 * len(inside))

    def test_what_another_slice_does_after_a_restore_comes_before_the_check(
        self, made, keys, elsewhere, settings
    ):
        """Here it damages something, so that the check must have come later; and the ledger lies in its place."""
        erasure = a_line().erasure
        script = f"""
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from cases.vault.models import SealedItem
from cases.vault.restored import AFTER_RESTORE
AFTER_RESTORE.append(lambda: print("ledger:", settings.ERASURE_LEDGER.read_text()))
AFTER_RESTORE.append(lambda: SealedItem.objects.update(key_version=7))
call_command("restore", {str(made.path)!r}, identity=settings.BASE_DIR / {str(keys.identity)!r},
             pepper=settings.BASE_DIR / {str(settings.PEPPER_FILE)!r})
"""
        done = elsewhere.python("-c", script)

        assert erasure.hex in done.stdout.partition("ledger: ")[2].splitlines()[0]
        assert "NEW: 2 sealed items are still sealed with an earlier key" in done.stdout
        assert done.returncode == 1

    def test_another_one_is_refused(self, world, restore, elsewhere, settings):
        a_line()
        later = make_backup()
        settings.ERASURE_LEDGER.unlink()
        a_line()

        done = restore("--pepper", settings.PEPPER_FILE, path=later.path)

        assert "does not go on where the ledger" in done.stderr
        assert elsewhere.is_empty


def test_a_fault_from_before_is_told_apart_from_a_new_one(world, keys, elsewhere, settings):
    SealedItem.objects.filter(kind="identity").update(key_version=7)
    made = make_backup()

    done = elsewhere.manage(
        "restore", made.path, "--identity", keys.identity, "--pepper", settings.PEPPER_FILE
    )

    assert done.returncode == 0
    assert "As before the backup: 1 sealed item is still sealed with an earlier key" in done.stdout


def test_the_public_tools_are_a_way_back_too(made, keys, tmp_path, elsewhere):
    """`age --decrypt | tar x`, `cat`, `pg_restore`: here age is its library, the rest are the programs."""
    from ngo.backup import clients

    with age.decrypted(made.path, [keys.key]) as stream:
        (tmp_path / "all.tar").write_bytes(stream.read())
    subprocess.run(["tar", "xf", "all.tar"], cwd=tmp_path, check=True)
    subprocess.run("cat database/* > dump", shell=True, cwd=tmp_path, check=True)
    program, _major = clients.program_for("pg_restore", made.manifest.dump_program)

    said = subprocess.run([program, "--list", tmp_path / "dump"], capture_output=True, text=True, check=True)

    assert "TABLE DATA public vault_sealeditem" in said.stdout
