import fcntl
import os
import threading
import time

import pytest

from cases.vault import pepper, stretch
from cases.vault.refusals import Busy, NoPepper
from cases.vault.stretch import Cost


@pytest.fixture
def cost(vault):
    return Cost.now()


def test_same_words_same_key(cost):
    assert stretch.stretch(b"words", cost, user_id=1) == stretch.stretch(b"words", cost, user_id=1)
    assert len(stretch.stretch(b"words", cost, user_id=1)) == 32


def test_other_words_other_key(cost):
    assert stretch.stretch(b"words", cost, user_id=1) != stretch.stretch(b"other", cost, user_id=1)


def test_each_wrap_has_a_salt_of_its_own(cost):
    assert stretch.stretch(b"words", cost, user_id=1) != stretch.stretch(b"words", Cost.now(), user_id=1)


def test_parameters_come_from_the_settings(vault, settings):
    settings.VAULT = settings.VAULT | {"argon2_memory_kib": 64, "argon2_iterations": 2, "argon2_lanes": 4}
    cost = Cost.now()

    assert (cost.memory_kib, cost.iterations, cost.lanes, len(cost.salt)) == (64, 2, 4, 16)


def test_a_stored_cost_is_kept_when_the_settings_change(cost, settings):
    before = stretch.stretch(b"words", cost, user_id=1)
    settings.VAULT = settings.VAULT | {"argon2_iterations": 2}

    assert stretch.stretch(b"words", cost, user_id=1) == before


def test_another_pepper_gives_another_key(cost, settings):
    before = stretch.stretch(b"words", cost, user_id=1)
    settings.PEPPER_FILE.unlink()
    pepper.create()

    assert stretch.stretch(b"words", cost, user_id=1) != before


def test_without_pepper_nothing_is_computed(cost, settings):
    settings.PEPPER_FILE.unlink()

    with pytest.raises(NoPepper):
        stretch.stretch(b"words", cost, user_id=1)


class TestTurns:
    def take(self, vault, number):
        slot = os.open(vault.runtime_dir / f"stretch-{number}", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(slot, fcntl.LOCK_EX)
        return slot

    def test_one_taken_slot_leaves_the_other(self, cost, vault):
        slot = self.take(vault, 0)

        assert len(stretch.stretch(b"words", cost, user_id=1)) == 32
        os.close(slot)

    def test_two_taken_slots_are_busy(self, cost, vault, monkeypatch):
        monkeypatch.setattr(stretch, "LONGEST_WAIT", 0.1)
        slots = [self.take(vault, number) for number in (0, 1)]

        with pytest.raises(Busy):
            stretch.stretch(b"words", cost, user_id=1)

        for slot in slots:
            os.close(slot)

    def test_a_slot_that_comes_free_is_taken(self, cost, vault):
        slots = [self.take(vault, number) for number in (0, 1)]
        threading.Timer(0.2, os.close, [slots[1]]).start()
        began = time.monotonic()

        stretch.stretch(b"words", cost, user_id=1)

        assert time.monotonic() - began >= 0.15
        os.close(slots[0])

    def test_slots_are_given_back(self, cost):
        for _ in range(5):
            stretch.stretch(b"words", cost, user_id=1)

    def test_one_person_takes_one_turn_at_a_time(self, cost, vault):
        slot = self.take(vault, "user-1")
        began = time.monotonic()

        with pytest.raises(Busy):
            stretch.stretch(b"words", cost, user_id=1)

        assert time.monotonic() - began < 1
        assert len(stretch.stretch(b"words", cost, user_id=2)) == 32
        os.close(slot)
