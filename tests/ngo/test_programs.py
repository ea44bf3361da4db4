import os
import signal
import subprocess
import sys
import time

import pytest

from ngo.programs import Programs, RunError

LIVES = "import time; time.sleep(60)"
# Says when it was asked to end, and takes its time.
SLOW_TO_END = """
import signal, sys, time
def end(*_):
    time.sleep(0.3)
    open(sys.argv[1], "a").write(sys.argv[2])
    sys.exit()
signal.signal(signal.SIGTERM, end)
open(sys.argv[1], "a").write("+")
time.sleep(60)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


@pytest.fixture(autouse=True)
def own_signals():
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def python(program, *arguments):
    return [sys.executable, "-c", program, *map(str, arguments)]


def wait_until(true):
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_all_are_ended_in_the_order_they_were_started(tmp_path):
    ended = tmp_path / "ended"
    with Programs({}) as programs:
        for name in ("1", "2", "3"):
            programs.start(name, python(SLOW_TO_END, ended, name))
        wait_until(lambda: ended.exists() and ended.read_text() == "+++")

    assert ended.read_text() == "+++123"


def test_who_does_not_listen_is_made_to_end(monkeypatch):
    monkeypatch.setattr("ngo.programs.PATIENCE", 0.2)
    with Programs({}) as programs:
        programs.start("deaf", python(DEAF))
        process = programs.running["deaf"]
        time.sleep(0.3)

    assert process.returncode == -signal.SIGKILL


def test_what_a_program_left_behind_is_ended_with_it(tmp_path):
    child = tmp_path / "child"
    leaves = (
        f"import subprocess, sys; open(sys.argv[1], 'w').write(str(subprocess.Popen({python(LIVES)!r}).pid))"
    )
    with Programs({}) as programs:
        programs.start("parent", python(leaves, child))
        wait_until(lambda: child.exists() and child.read_text())

    def is_gone():
        try:
            with open(f"/proc/{child.read_text()}/stat") as stat:
                return stat.read().rpartition(")")[2].split()[0] == "Z"
        except FileNotFoundError:
            return True

    wait_until(is_gone)


def test_a_program_that_ends_by_itself_is_named():
    with Programs({}) as programs:
        programs.start("steady", python(LIVES))
        programs.start("worker", python("raise SystemExit(3)"))
        programs.running["worker"].wait()

        with pytest.raises(RunError, match=r"^The worker ended by itself \(code 3\)"):
            programs.require_all()


def test_a_preparation_that_fails_has_said_so_itself():
    with Programs({}) as programs, pytest.raises(RunError) as refusal:
        programs.finish(python("raise SystemExit(1)"))

    assert str(refusal.value) == ""


def test_a_forgotten_variable_is_not_passed_on(tmp_path):
    seen = tmp_path / "seen"
    with Programs({"KEPT": "k", "DROPPED": "d"}) as programs:
        programs.forget("DROPPED")
        look = "import os, sys; open(sys.argv[1], 'w').write(str([os.environ.get(n) for n in ('KEPT', 'DROPPED')]))"
        programs.finish(python(look, seen))

    assert seen.read_text() == "['k', None]"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_programs_end_when_we_are_killed(tmp_path):
    ended = tmp_path / "ended"
    starts = (
        "import sys, time; from ngo.programs import Programs\n"
        "with Programs({}) as programs:\n"
        "    programs.start('child', sys.argv[1:]); time.sleep(60)"
    )
    parent = subprocess.Popen(python(starts, *python(SLOW_TO_END, ended, "x")))
    wait_until(lambda: ended.exists() and ended.read_text() == "+")

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    wait_until(lambda: ended.read_text() == "+x")
