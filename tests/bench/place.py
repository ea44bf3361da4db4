"""One invented organisation: a database of the embedded server, a state folder, and the real web server before it."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from ngo import environment as surroundings
from ngo import postgres
from ngo.run import _granian_options
from tests.bench.client import Browser

ROOT = Path(__file__).resolve().parents[2]
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "HOST", "MAKELEVEL", "SAFE_CONDUCT_MODE")


class Place:
    """`cases` of them can only be counted; the names of `held` people are sealed for real."""

    def __init__(self, folder, name, *, cases, held=0):
        self.folder, self.name, self.cases, self.held = folder, name, cases, held
        self.var_dir, self.program = folder / name, None
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]

    @property
    def database(self):
        return postgres.address(self.folder / "postgres", database=f"bench_{self.name}")

    def fill(self):
        self.var_dir.mkdir()
        owner = postgres.address(self.folder / "postgres", role="owner", database=f"bench_{self.name}")
        with psycopg.connect(
            postgres.address(self.folder / "postgres", role="owner"), autocommit=True
        ) as line:
            line.execute(f"CREATE DATABASE bench_{self.name}")
        self.environment = {name: value for name, value in os.environ.items() if name not in OURS} | {
            "DATABASE_URL": self.database,
            "DATABASE_OWNER_URL": owner,
            "VAR_DIR": str(self.var_dir),
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        }
        self.run("-m", "ngo.prepare")
        said = self.run("-m", "tests.bench.filling", str(self.cases), str(self.held))
        self.__dict__ |= json.loads(said.splitlines()[-1])

    def run(self, *command):
        """A program of this place, to its end; what it said."""
        done = subprocess.run(
            [sys.executable, *command],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def serve(self):
        """The web server with the options of `make run`."""
        command = [sys.executable, "-m", "granian", *_granian_options("127.0.0.1", self.port)]
        self.program = subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                line.request("GET", "/healthz", headers={"Host": "localhost"})
                if line.getresponse().status == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError("The web server does not answer.")

    def browser(self, who):
        return Browser(self.port, self.cookies.get(who, {}))

    def memory(self):
        """Bytes that each process of the web server holds in memory now."""
        group, held = str(self.program.pid), {}
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (process / "stat").read_text().rpartition(")")[2].split()[2] == group:
                    held[process.name] = int((process / "statm").read_text().split()[1]) * os.sysconf(
                        "SC_PAGESIZE"
                    )
        return held

    def stop(self):
        if self.program:
            os.killpg(self.program.pid, signal.SIGTERM)
            self.program.wait(30)
        if self.var_dir.exists():
            # What is unlocked lies in memory and not in this folder.
            shutil.rmtree(surroundings.runtime_folder(self.var_dir), ignore_errors=True)
