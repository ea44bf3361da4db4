"""An unlock ends on time: whatever the wall clock says, and after the machine slept."""

import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cases.vault import unlock
from tests.sessions.test_next_request import open_name
from tests.world import visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
IDLE = 30 * 60


@pytest.fixture
def clocks(monkeypatch):
    """The wall clock and the clock since the start of the machine, each to be moved by hand."""
    real, moved = (time.time, unlock.boottime), {"wall": 0.0, "boot": 0.0}
    now = lambda: datetime.now(tz=timezone.get_default_timezone()) + timedelta(seconds=moved["wall"])  # noqa: E731
    monkeypatch.setattr("time.time", lambda: real[0]() + moved["wall"])
    monkeypatch.setattr("django.utils.timezone.now", now)
    monkeypatch.setattr(unlock, "boottime", lambda: real[1]() + moved["boot"])
    return moved


@pytest.mark.parametrize("wall", [0, -24 * 3600, 24 * 3600], ids=["right", "a day back", "a day ahead"])
def test_it_lives_as_long_as_it_may_and_no_longer(small, clocks, wall):
    client = visit(small, "claire", unlocked=True)
    clocks["wall"] = wall
    # A day ahead the login, which goes by the wall clock, is over; the unlock is asked behind it.
    login_again(client, small)
    clocks["boot"] = IDLE - 60
    assert open_name(client, small) == (200, True)

    clocks["boot"] = 2 * IDLE - 30

    assert open_name(client, small)[1] is False


def test_sleep_counts(small, clocks, monkeypatch):
    """The machine was shut for half an hour: its monotonic clock stood still, the one since the start did not."""
    client = visit(small, "claire", unlocked=True)
    stood = time.monotonic()
    monkeypatch.setattr("time.monotonic", lambda: stood)
    clocks["boot"] = clocks["wall"] = IDLE + 1

    login_again(client, small)

    assert open_name(client, small)[1] is False


def test_the_clock_is_the_one_that_counts_sleep(monkeypatch):
    asked = []
    monkeypatch.setattr("time.clock_gettime", lambda clock: asked.append(clock) or 5.0)

    assert (unlock.boottime(), asked) == (5.0, [time.CLOCK_BOOTTIME])


def login_again(client, world):
    """As the login over the form does it: the cookie of the unlock stays in the browser."""
    kept = client.cookies["vault-key"].value
    client.force_login(world.people["claire"])
    client.cookies["vault-key"] = kept
