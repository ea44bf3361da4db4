import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cases.staff.models import User
from cases.vault import memory, unlock
from cases.vault.refusals import NotInMemory
from cases.vault.tasks import empty_old_unlocks
from cases.vault.unlock import Unlocked

ROOT = bytes(range(32))
ANA = User(pk=1, username="ana", epoch=3)
BORIS = User(pk=2, username="boris", epoch=3)


@pytest.fixture
def clock(monkeypatch):
    """The machine's own clock, to be moved by hand."""

    class Clock:
        now = 1000.0

        def forward(self, seconds):
            self.now += seconds

    moved = Clock()
    monkeypatch.setattr(unlock, "boottime", lambda: moved.now)
    return moved


def request_of(user, cookies=None):
    request = HttpRequest()
    request.user = user
    request.COOKIES = cookies or {}
    return request


def put(user=ANA, root=ROOT):
    """Unlock as `user` and return the cookies that the browser then sends."""
    response = HttpResponse()
    unlocked = Unlocked(user.pk, 1, root, unlock.expiry())
    unlock.put(response, request_of(user), unlocked)
    return {name: morsel.value for name, morsel in response.cookies.items()}


def test_what_was_unlocked_comes_back(vault):
    found = unlock.current(request_of(ANA, put()))

    assert (found.user_id, found.keyring_version, found.root) == (1, 1, ROOT)
    assert found.keypair.public == unlock.KeyPair.from_root(ROOT).public


def test_root_is_not_printed(vault):
    assert ROOT.hex() not in repr(unlock.current(request_of(ANA, put())))
    assert "root" not in repr(unlock.current(request_of(ANA, put())))


def test_says_until_when(vault, clock):
    cookies = put()
    clock.forward(600)

    until = unlock.current(request_of(ANA, cookies)).until

    assert abs(until - timezone.now() - timedelta(minutes=30)) < timedelta(seconds=5)


class TestCookie:
    def cookie(self, settings, https):
        settings.HTTPS = https
        response = HttpResponse()
        unlock.put(response, request_of(ANA), Unlocked(1, 1, ROOT, unlock.expiry()))
        [(name, morsel)] = response.cookies.items()
        return name, morsel

    def test_over_https(self, vault, settings):
        name, morsel = self.cookie(settings, https=True)

        assert name == "__Host-vault-key"
        assert (morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"]) == (
            True,
            True,
            "Strict",
            "/",
        )
        assert (morsel["domain"], morsel["max-age"], morsel["expires"]) == ("", "", "")

    def test_over_plain_http(self, vault, settings):
        name, morsel = self.cookie(settings, https=False)

        assert name == "vault-key"
        assert (morsel["secure"], morsel["httponly"], morsel["samesite"]) == ("", True, "Strict")

    def test_is_new_each_time(self, vault):
        assert put() != put()

    def test_forget_takes_it_back(self, vault, settings):
        settings.HTTPS = True
        response = HttpResponse()

        unlock.forget(response)

        assert response.cookies["__Host-vault-key"]["max-age"] == 0
        assert response.cookies["__Host-vault-key"]["secure"] is True
        assert response["Clear-Site-Data"] == '"cache"'


class TestLocked:
    def test_without_cookie(self, vault):
        put()

        assert unlock.current(request_of(ANA)) is None

    def test_before_any_unlock(self, vault):
        assert unlock.current(request_of(ANA, {"vault-key": "x"})) is None

    def test_after_lock(self, vault):
        cookies = put()

        unlock.drop(ANA.pk)

        assert unlock.current(request_of(ANA, cookies)) is None

    def test_locking_twice_is_fine(self, vault):
        unlock.drop(ANA.pk)
        unlock.drop(ANA.pk)

    def test_with_the_cookie_of_another_person(self, vault):
        ana, boris = put(ANA), put(BORIS)

        assert unlock.current(request_of(ANA, boris)) is None
        assert unlock.current(request_of(BORIS, ana)) is None

    def test_with_a_copied_file_of_another_person(self, vault):
        cookies = put(ANA)
        (vault.runtime_dir / "unlocked-2").write_bytes((vault.runtime_dir / "unlocked-1").read_bytes())

        assert unlock.current(request_of(BORIS, cookies)) is None

    def test_after_another_unlock(self, vault):
        first, second = put(), put()

        assert unlock.current(request_of(ANA, first)) is None
        assert unlock.current(request_of(ANA, second)).root == ROOT

    @pytest.mark.parametrize("epoch", [2, 4])
    def test_after_password_or_factor_changed(self, vault, epoch):
        cookies = put()

        assert unlock.current(request_of(User(pk=1, epoch=epoch), cookies)) is None

    def test_after_the_boot_key_was_replaced(self, vault):
        cookies = put()
        (vault.runtime_dir / "boot-key").unlink()
        memory.boot_key()

        assert unlock.current(request_of(ANA, cookies)) is None

    def test_without_boot_key(self, vault):
        cookies = put()
        (vault.runtime_dir / "boot-key").unlink()

        assert unlock.current(request_of(ANA, cookies)) is None

    def test_every_byte_of_the_file_counts(self, vault):
        cookies = put()
        path = vault.runtime_dir / "unlocked-1"
        whole = path.read_bytes()

        for place in range(len(whole)):
            flipped = bytearray(whole)
            flipped[place] ^= 1
            path.write_bytes(flipped)
            assert unlock.current(request_of(ANA, cookies)) is None

        path.write_bytes(whole)
        assert unlock.current(request_of(ANA, cookies)).root == ROOT

    @pytest.mark.parametrize("content", [b"", b"short"])
    def test_with_a_cut_file(self, vault, content):
        cookies = put()
        (vault.runtime_dir / "unlocked-1").write_bytes(content)

        assert unlock.current(request_of(ANA, cookies)) is None


class TestTime:
    def test_idle_time_ends_it(self, vault, clock):
        cookies = put()
        clock.forward(30 * 60)

        assert unlock.current(request_of(ANA, cookies)) is None

    def test_use_starts_the_idle_time_anew(self, vault, clock):
        cookies = put()
        for _ in range(4):
            clock.forward(29 * 60)
            assert unlock.current(request_of(ANA, cookies)).root == ROOT

    def test_four_hours_end_it_whatever_happens(self, vault, clock):
        cookies = put()
        for _ in range(11):
            clock.forward(20 * 60)
            assert unlock.current(request_of(ANA, cookies)).root == ROOT
        clock.forward(20 * 60)

        assert unlock.current(request_of(ANA, cookies)) is None

    def test_moving_the_wall_clock_changes_nothing(self, vault, clock, monkeypatch):
        cookies = put()
        long_ago = timezone.now() - timedelta(days=1)
        monkeypatch.setattr("time.time", lambda: long_ago.timestamp())
        assert unlock.current(request_of(ANA, cookies)).root == ROOT

        clock.forward(30 * 60)

        assert unlock.current(request_of(ANA, cookies)) is None

    def test_shorter_times_of_the_settings_count(self, vault, clock, settings):
        cookies = put()
        settings.VAULT = settings.VAULT | {"unlock_absolute": 60}
        clock.forward(61)

        assert unlock.current(request_of(ANA, cookies)) is None

    def test_clock_counts_sleep(self):
        assert abs(unlock.boottime() - float(Path("/proc/uptime").read_text().split()[0])) < 5


class TestClearingAway:
    """An unlock that is over leaves nothing that the cookie, which a browser may keep, could still open."""

    def record(self, vault, user):
        return (vault.runtime_dir / f"unlocked-{user.pk}").read_bytes()

    def test_by_the_timetable(self, vault, clock):
        put()
        clock.forward(20 * 60)
        put(BORIS)
        clock.forward(10 * 60)

        empty_old_unlocks(0)

        assert self.record(vault, ANA) == b""
        assert self.record(vault, BORIS)

    def test_by_the_unlock_of_anybody(self, vault, clock):
        put()
        clock.forward(30 * 60)
        cookies = put(BORIS)

        assert self.record(vault, ANA) == b""
        assert unlock.current(request_of(BORIS, cookies)).root == ROOT

    def test_what_was_emptied_can_be_unlocked_again(self, vault, clock):
        put()
        clock.forward(30 * 60)
        unlock.clear_away()

        assert unlock.current(request_of(ANA, put())).root == ROOT

    def test_what_is_no_record_is_left_alone(self, vault):
        (vault.runtime_dir / "unlocked-9").write_bytes(b"short")

        unlock.clear_away()

        assert (vault.runtime_dir / "unlocked-9").read_bytes() == b"short"

    def test_without_a_folder_there_is_nothing_to_do(self, settings, tmp_path):
        settings.RUNTIME_DIR = tmp_path / "nowhere"

        unlock.clear_away()


class TestFiles:
    def test_are_private(self, vault):
        put()

        modes = {path.name: path.stat().st_mode & 0o777 for path in vault.runtime_dir.iterdir()}
        assert modes == {"boot-key": 0o600, "unlocked-1": 0o600}

    def test_hold_neither_root_nor_cookie(self, vault):
        cookies = put()

        everything = b"".join(path.read_bytes() for path in vault.runtime_dir.iterdir())
        assert ROOT not in everything
        assert cookies["vault-key"].encode() not in everything

    def test_boot_key_is_made_once(self, vault):
        memory.boot_key()
        first = (vault.runtime_dir / "boot-key").read_bytes()
        memory.boot_key()

        assert (vault.runtime_dir / "boot-key").read_bytes() == first
        assert len(first) == 32

    def test_many_starting_at_once_agree_on_it(self, vault):
        threads = [threading.Thread(target=memory.boot_key) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [path.name for path in vault.runtime_dir.iterdir()] == ["boot-key"]

    def test_who_loses_the_race_leaves_the_key_alone(self, vault, monkeypatch):
        memory.boot_key()
        key = (vault.runtime_dir / "boot-key").read_bytes()
        monkeypatch.setattr("pathlib.Path.exists", lambda path: False)

        memory.boot_key()

        assert (vault.runtime_dir / "boot-key").read_bytes() == key

    def test_a_lock_in_between_is_not_undone(self, vault, monkeypatch):
        cookies = put()
        write = os.pwrite

        def locked_meanwhile(file, content, offset):
            unlock.drop(ANA.pk)
            return write(file, content, offset)

        monkeypatch.setattr("os.pwrite", locked_meanwhile)
        unlock.current(request_of(ANA, cookies))

        assert not (vault.runtime_dir / "unlocked-1").exists()

    def test_a_disk_is_refused(self, vault, monkeypatch):
        monkeypatch.setattr("cases.vault.memory._file_system", lambda device: "ext4")

        with pytest.raises(NotInMemory):
            put()
