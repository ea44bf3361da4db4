"""The real program in a folder of its own: started as `make run` does it, watched while it runs, and killed."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from uuid import uuid4

from tests.canary.tokens import token

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DJANGO_SETTINGS_MODULE",
    "HOST",
    "MAKELEVEL",
    "SAFE_CONDUCT_MODE",
)
SAMPLE = 0.2


class Server:
    """`log` holds all that the program says, the access log included, which is off unless one asks for it."""

    def __init__(self, folder, recipients):
        self.folder, self.var_dir, self.temp, self.log = (
            folder,
            folder / "var",
            folder / "tmp",
            folder / "said.log",
        )
        self.temp.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT} | {
            "VAR_DIR": str(self.var_dir),
            "PORT": str(self.port),
            "TMPDIR": str(self.temp),
            "BACKUP_RECIPIENTS": recipients,
            "GRANIAN_LOG_ACCESS_ENABLED": "true",
        }
        self.program = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        with self.log.open("ab") as log:
            self.program = subprocess.Popen(
                [sys.executable, "-m", "ngo.run"], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 180
        while time.monotonic() < deadline:
            if self.program.poll() is not None:
                raise RuntimeError(f"The program did not start:\n{self.log.read_text()[-2000:]}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz", headers={"Host": "localhost"})
                if connection.getresponse().status < 500 and b"Ctrl-C" in self.log.read_bytes():
                    return
            time.sleep(0.2)
        raise RuntimeError("The program does not answer.")

    def stop(self):
        if self.program and self.program.poll() is None:
            self.program.send_signal(signal.SIGTERM)
            try:
                self.program.wait(40)
            except subprocess.TimeoutExpired:
                self.program.kill()
                self.program.wait()

    def web_servers(self):
        """The processes that answer requests, with their parents."""
        wanted = []
        for process in ours(self.var_dir):
            with contextlib.suppress(OSError):
                if b"granian" in (process / "cmdline").read_bytes():
                    wanted.append(int(process.name))
        return wanted

    def kill_during(self, send):
        """Send the first half of something, and kill every web server with signal 9 before the rest has come."""
        line = socket.create_connection(("127.0.0.1", self.port))
        head, half = send
        line.sendall(head + half)
        # What was sent has been taken up when nothing of it waits in the socket any more.
        time.sleep(1)
        killed = self.web_servers()
        for number in killed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        line.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.program.wait(40)
        self.stop()
        return len(killed)


def ours(var_dir):
    """Every process that carries the folder in its environment or command line, or works in it."""
    wanted = str(var_dir).encode()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            carried = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            if wanted in carried or str((process / "cwd").readlink()).startswith(str(var_dir)):
                yield process


class Watched(threading.Thread):
    """Looks at environment and command line of our processes again and again; what it saw lies in `seen`."""

    def __init__(self, var_dir):
        super().__init__(daemon=True)
        self.var_dir, self.seen, self.ended = var_dir, set(), threading.Event()

    def run(self):
        while not self.ended.wait(SAMPLE):
            self.look()

    def look(self):
        for process in ours(self.var_dir):
            with contextlib.suppress(OSError):
                self.seen.add((process / "environ").read_bytes() + b"\n" + (process / "cmdline").read_bytes())

    def stop(self):
        self.ended.set()
        self.join()
        return sorted(self.seen)


@contextlib.contextmanager
def leaking_processes(var_dir, plants):
    """Processes that carry a token each, half of them in the environment and half in the command line."""
    wait = "import time; time.sleep(120)"
    running = []
    for number, (_spelling, _token, content) in enumerate(plants):
        text = content.decode()
        command = [sys.executable, "-c", wait, *([text] if number % 2 else [])]
        environment = {"VAR_DIR": str(var_dir)} | ({} if number % 2 else {"LEAK": text})
        running.append(subprocess.Popen(command, env=environment))
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def half_an_upload(host, cookies, address, content_type, content):
    """The head of a POST, and half of its body."""
    csrf = cookies["csrf"]
    held = "; ".join(f"{name}={value}" for name, value in cookies.items())
    lines = [
        f"POST {address} HTTP/1.1",
        f"Host: {host}",
        f"Cookie: {held}",
        f"X-CSRFToken: {csrf}",
        "HX-Request: true",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(content)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode(), content[: len(content) * 2 // 3]


def form_with_file(person):
    """A spreadsheet of names as a form sends it, of a size at which many programs write to a temporary folder."""
    boundary, word = uuid4().hex, token(person, "sent")
    rows = "".join(f"{word};{number}\r\n" for number in range(200_000))
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{word}.csv"\r\n'
    body = f"{head}Content-Type: text/csv\r\n\r\n{rows}--{boundary}--\r\n"
    return f"multipart/form-data; boundary={boundary}", body.encode()


def temporary_folder():
    # In memory like the folder of the unlocks would be slower to search for nothing: on the disk.
    return tempfile.TemporaryDirectory(prefix="safe-conduct-canary-")
