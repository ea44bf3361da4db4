import fcntl
import os
from datetime import UTC, datetime, timedelta

import pytest

from ngo.backup import BackupError, keeping

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def put(folder, *ages):
    for days in ages:
        _half, whole = keeping.paths_for(folder, NOW - timedelta(days=days))
        whole.write_text("")


def left(folder):
    return [(NOW - keeping.made_at(path)).days for path in keeping.backups_in(folder)]


def test_what_is_older_than_thirty_days_goes(tmp_path):
    put(tmp_path, 0, 1, 29, 30, 31, 400)

    assert len(keeping.remove_old(tmp_path, days=30, now=NOW)) == 2
    assert left(tmp_path) == [0, 1, 29, 30]


@pytest.mark.parametrize("ages", [(100, 200, 300), (40, 50)])
def test_the_last_two_stay_whatever_their_age(tmp_path, ages):
    put(tmp_path, *ages)

    keeping.remove_old(tmp_path, days=30, now=NOW)

    assert left(tmp_path) == list(ages[:2])


def test_a_clock_that_ran_ahead_leaves_two(tmp_path):
    put(tmp_path, 0, 1, 2)

    keeping.remove_old(tmp_path, days=30, now=NOW + timedelta(days=4000))

    assert left(tmp_path) == [0, 1]


def test_other_files_are_nobodys_business(tmp_path):
    put(tmp_path, 90, 91, 92)
    for name in ("safe-conduct-old.age", "erasures.log", "safe-conduct-20200101T000000Z.age.txt"):
        (tmp_path / name).write_text("")

    keeping.remove_old(tmp_path, days=30, now=NOW)

    assert len(list(tmp_path.iterdir())) == 5


def test_one_at_a_time(tmp_path):
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)

    with pytest.raises(BackupError, match="Another backup"), keeping.alone_in(tmp_path):
        pass

    os.close(other)


def test_what_a_killed_one_left_is_removed(tmp_path):
    half, whole = keeping.paths_for(tmp_path, NOW)
    half.write_text("")
    whole.write_text("")

    with keeping.alone_in(tmp_path):
        assert list(tmp_path.iterdir()) == [whole]
