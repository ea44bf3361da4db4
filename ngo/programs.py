"""The programs that `make run` starts: none outlives it, and none is restarted in silence."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from types import TracebackType
from typing import Self

PR_SET_PDEATHSIG = 1
PATIENCE = 5


class RunError(Exception):
    """One sentence for the person at the terminal; empty where a program has already said it."""


def die_with_parent() -> None:
    """Have the kernel send SIGTERM to this process when its parent ends, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Programs:
    """When its `with` block ends, all programs are asked to end in the order of their start, then made to."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**os.environ, **environment}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in self.running.values():
            _end(process)

    def forget(self, variable: str) -> None:
        del self.environment[variable]

    def start(self, name: str, command: list[str]) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we end the others in order.
        self.running[name] = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def finish(self, command: list[str]) -> None:
        """Run a program to its end. Where it fails it says so itself."""
        self.start("preparation", command)
        if self.running["preparation"].wait():
            raise RunError
        del self.running["preparation"]

    def require_all(self) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                raise RunError(
                    f"The {name} ended by itself (code {process.returncode}), so everything was ended."
                )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    # Whatever the program itself had started and left behind belongs to its group.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
