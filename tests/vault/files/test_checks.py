import platform

from cases.vault import checks
from cases.vault.limited import walls


def test_where_calls_can_be_filtered_nothing_is_said():
    assert checks.look_behind_walls(None) == []


def test_elsewhere_it_is_said_before_the_program_serves(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    [warning] = checks.look_behind_walls(None)

    assert warning.id == "vault.W001"
    assert "resource limits alone" in warning.msg


def test_both_machines_know_every_call_once():
    for column in (0, 1):
        numbers = [numbers[column] for numbers in walls._CALLS.values()]
        assert len(numbers) == len(set(numbers))
        special = {one[column] for one in (walls._MMAP, walls._MPROTECT, walls._CLONE, walls._CLONE3)}
        assert not special & set(numbers)
