"""Fifty colleagues who unlock at the same moment take no more memory than the few whose turn it is."""

import subprocess
import sys
import tempfile
from pathlib import Path

from cases.vault import stretch

ROOT = Path(__file__).resolve().parents[2]
FIFTY, MEMORY_KIB = 50, 32 * 1024
# Stacks of fifty threads, and what the library takes beside its blocks.
BESIDE_KIB = 24 * 1024


def most_memory(at_once):
    """How many were unlocked, and how much more memory than before was held at most."""
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="safe-conduct-test-") as folder:
        numbers = [str(number) for number in (MEMORY_KIB, at_once, FIFTY)]
        command = [sys.executable, "-m", "tests.sessions.unlocking", folder, *numbers]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=300).stdout
    return [int(number) for number in said.split()]


def test_fifty_at_once_stay_within_what_two_need():
    done, peak = most_memory(stretch.AT_ONCE)

    assert done == FIFTY
    assert peak <= stretch.AT_ONCE * MEMORY_KIB + BESIDE_KIB


def test_without_turns_they_would_not():
    done, peak = most_memory(FIFTY)

    assert done == FIFTY
    assert peak > 2 * (stretch.AT_ONCE * MEMORY_KIB + BESIDE_KIB)
