"""What a file can do to the process that looks at it, and what that process can do: nothing."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as configured
from PIL import Image

from cases.vault.files import looking
from cases.vault.files.kinds import Kind
from cases.vault.files.looking import look
from cases.vault.files.refusals import CannotLook, FileRefused, LookLater
from cases.vault.turns import turn
from tests.scanner import leaks
from tests.vault.files import made

ROOT = str(configured.BASE_DIR)
ATTEMPTS = {
    "read the pepper": "open(target).read()",
    "read its own environment": "open('/proc/self/environ').read()",
    "write a file": "open(target + '.new', 'w').write('x')",
    "make a folder": "os.mkdir(target + '.folder')",
    "list a folder": "os.listdir('/')",
    "remove a file": "os.unlink(target)",
    "open a network socket": "socket.socket()",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "make a pair of sockets": "socket.socketpair()",
    "become two": "os.fork() or os._exit(0)",
    "become another program": "os.execv('/bin/true', ['true'])",
    "start a program": "os.posix_spawn('/bin/true', ['true'], {})",
    "signal its parent": "os.kill(os.getppid(), 0)",
    "trace": "call(101 if x86 else 117, 0, 0, 0, 0)",
    "read the memory of its parent": "call(310 if x86 else 270, os.getppid(), 0, 0, 0, 0, 0)",
    "keep memory under a name": "os.memfd_create('x')",
    "make memory that can be run": "mmap.mmap(-1, 4096, prot=7)",
    "take an asynchronous ring": "call(425, 1, 0)",
    "loosen its own limits": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "double a pipe": "os.dup(1)",
}
TRY = """
import ctypes, mmap, os, platform, resource, socket, sys
sys.path.append({root!r})
from cases.vault.limited.walls import raise_walls
x86, target, libc = platform.machine() == "x86_64", {target!r}, ctypes.CDLL(None, use_errno=True)
def call(*numbers):
    if libc.syscall(*numbers) < 0:
        raise OSError(ctypes.get_errno(), "no")
if {walls}:
    assert raise_walls(memory=1 << 30, seconds=5, threads={threads}) is True
try:
    {attempt}
except (OSError, MemoryError, ValueError) as error:
    os.write(1, type(error).__name__.encode())
else:
    os.write(1, b"done")
os._exit(0)
"""


def attempt(code, target, walls=True, threads=False):
    source = TRY.format(root=ROOT, target=str(target), walls=walls, threads=threads, attempt=code)
    done = subprocess.run([sys.executable, "-I", "-B", "-c", source], capture_output=True, env={}, cwd="/")
    return done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "held" / "pepper"
    path.parent.mkdir()
    path.write_text("not for the process that looks")
    return path


class TestWalls:
    @pytest.mark.parametrize("threads", [False, True], ids=["plain", "with threads"])
    @pytest.mark.parametrize("what", ATTEMPTS)
    def test_the_process_cannot(self, what, threads, secret):
        said, fault = attempt(ATTEMPTS[what], secret, threads=threads)

        assert said in ("PermissionError", "ValueError"), fault
        assert secret.exists()
        assert sorted(path.name for path in secret.parent.iterdir()) == ["pepper"]

    @pytest.mark.parametrize(
        "what",
        ["read the pepper", "write a file", "open a network socket", "become two", "signal its parent"],
    )
    def test_without_walls_the_same_attempt_is_seen_to_succeed(self, what, secret):
        assert attempt(ATTEMPTS[what], secret, walls=False)[0].endswith("done")

    def test_memory_ends(self, secret):
        assert attempt("bytearray(2 << 30)", secret)[0] == "MemoryError"

    def test_time_ends(self, secret):
        source = TRY.format(
            root=ROOT, target="", walls=True, threads=False, attempt="while True: pass"
        ).replace("seconds=5", "seconds=1")
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-I", "-B", "-c", source], capture_output=True, env={})

        assert done.returncode < 0
        assert time.monotonic() - began < 10

    def test_it_dies_with_the_server(self, vault):
        source = (
            "import subprocess, sys, time\n"
            f"child = subprocess.Popen({looking.command(Kind.JPEG)!r}, stdin=subprocess.PIPE,"
            " stdout=subprocess.PIPE, env={}, cwd='/')\n"
            "child.stdout.readline()\nprint(child.pid, flush=True)\ntime.sleep(60)"
        )
        server = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE)
        with server:
            child = int(server.stdout.readline())
            assert os.path.exists(f"/proc/{child}")
            server.kill()
        until = time.monotonic() + 5
        while is_alive(child) and time.monotonic() < until:
            time.sleep(0.02)

        assert not is_alive(child)

    def test_the_real_process_is_filtered_and_has_no_environment(self, vault, secret):
        command = [*looking.command(Kind.JPEG)]
        command[4] = command[4].replace(
            "main()", "import os; os.write(1, repr(dict(os.environ)).encode()); main()"
        )
        done = subprocess.run(command, input=made.picture(), capture_output=True, env={}, cwd="/")

        assert done.stdout.startswith((b"{}ready 1\n", b"{'LC_CTYPE': 'C.UTF-8'}ready 1\n"))


def is_alive(process):
    """Whether it still runs; an orphan that nobody asked about yet is dead all the same."""
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children():
    """The processes that any thread of this one has started and not yet buried."""
    return {
        child for path in Path("/proc/self/task").glob("*/children") for child in path.read_text().split()
    }


def looked(content, kind):
    return look(kind, [content])


@pytest.fixture(autouse=True)
def _vault(vault):
    """Turns are taken in the run-time folder."""


class TestPictures:
    @pytest.mark.parametrize(
        ("form", "kind"),
        [("JPEG", Kind.JPEG), ("PNG", Kind.PNG), ("WEBP", Kind.WEBP), ("HEIF", Kind.HEIC)],
    )
    def test_a_view_copy_and_a_small_one(self, form, kind):
        seen = looked(made.picture(form, (3000, 1500)), kind)
        [view] = [Image.open(io.BytesIO(one)) for one in seen.views]
        small = Image.open(io.BytesIO(seen.thumbnail))

        assert (view.format, view.size, small.size) == ("JPEG", (2000, 1000), (160, 80))
        assert (seen.pages, seen.notices) == (1, [])

    @pytest.mark.parametrize("form", ["JPEG", "WEBP", "HEIF", "PNG"])
    def test_position_and_metadata_are_told_and_left_behind(self, form):
        content = made.picture(form, exif=made.exif(position=True))
        kind = {"HEIF": Kind.HEIC}.get(form) or Kind(form.lower())
        seen = looked(content, kind)
        view = Image.open(io.BytesIO(seen.views[0]))

        assert made.CANARY in content
        assert seen.notices == ["metadata", "position"]
        assert made.CANARY not in b"".join([*seen.views, seen.thumbnail])
        assert (dict(view.getexif()), view.info.keys() & {"exif", "icc_profile", "comment"}) == ({}, set())

    def test_a_position_that_cannot_be_read_may_be_one(self):
        pointer, text = b"\x88\x25\x00\x04\x00\x00\x00\x01", b"\x88\x25\x00\x02\x00\x00\x00\x04"
        data = made.exif(position=True)
        assert pointer in data

        content = made.picture("JPEG", exif=data.replace(pointer, text))
        assert "position" in looked(content, Kind.JPEG).notices

    def test_a_position_in_a_text_beside_the_picture_is_told(self):
        xmp = b"<x:xmpmeta><rdf:Description exif:GPSLatitude='48,51.5N'/></x:xmpmeta>"

        assert "position" in looked(made.picture("JPEG", xmp=xmp), Kind.JPEG).notices

    def test_a_comment_does_not_come_along(self):
        content = made.picture("JPEG", comment=made.CANARY)
        seen = looked(content, Kind.JPEG)

        assert (made.CANARY in content, seen.notices) == (True, ["metadata"])
        assert made.CANARY not in seen.views[0]

    @pytest.mark.parametrize(
        ("orientation", "size", "red_at"),
        [(1, (60, 40), (5, 5)), (3, (60, 40), (55, 35)), (6, (40, 60), (35, 5)), (8, (40, 60), (5, 55))],
    )
    def test_it_is_turned_upright(self, orientation, size, red_at):
        seen = looked(made.picture("JPEG", exif=made.exif(orientation=orientation)), Kind.JPEG)
        view = Image.open(io.BytesIO(seen.views[0]))
        red, green, _blue = view.getpixel(red_at)

        assert view.size == size
        assert red > 200
        assert green < 60

    @pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK", "YCbCr"])
    def test_every_kind_of_colours_is_shown_on_white(self, mode):
        form = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
        out = io.BytesIO()
        Image.new(mode, (20, 20), 65535 if mode == "I;16" else 0).save(out, form)
        view = Image.open(io.BytesIO(looked(out.getvalue(), Kind(form.lower())).views[0]))

        assert view.mode == "RGB"
        if mode in ("LA", "RGBA", "I;16"):
            assert min(view.getpixel((10, 10))) > 250

    def test_several_pictures_in_one_are_told(self):
        out = io.BytesIO()
        frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
        frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

        assert looked(out.getvalue(), Kind.WEBP).notices == ["frames"]


class TestPdf:
    def test_pages_become_pictures(self):
        seen = looked(made.pdf(3), Kind.PDF)

        assert (seen.pages, len(seen.views), seen.notices) == (3, 3, ["metadata"])
        assert [
            max(channel) > 200
            for channel in (Image.open(io.BytesIO(view)).getpixel((50, 50)) for view in seen.views)
        ] == [True] * 3
        assert leaks([made.MARK], *seen.views) == []

    def test_only_the_first_pages_are_drawn(self, settings):
        settings.VAULT = settings.VAULT | {"pdf_pages_shown": 2}
        seen = looked(made.pdf(3), Kind.PDF)

        assert (seen.pages, len(seen.views)) == (3, 2)
        assert "first_pages" in seen.notices

    def test_a_script_is_told_and_not_run(self):
        assert looked(made.pdf_with_script(), Kind.PDF).notices == ["script"]


HOSTILE = {
    "a picture of 50,000 x 50,000": (made.png_claiming(50_000, 50_000), Kind.PNG, "pixels"),
    "a picture just over the limit": (made.png_claiming(10_001, 10_000), Kind.PNG, "pixels"),
    "a text that unpacks for ever": (made.png_that_unpacks_for_ever(), Kind.PNG, "damaged"),
    "an encrypted PDF": (made.pdf_with_password(), Kind.PDF, "password"),
    "a PDF of too many pages": (made.pdf_with_many_pages(201), Kind.PDF, "pages"),
    "a PDF of a huge page": (made.pdf_with_an_endless_page(), Kind.PDF, "damaged"),
    "half a PDF header": (b"%PDF-1.7\n", Kind.PDF, "damaged"),
    "the first half of a JPEG": (made.picture(size=(500, 500), noise=True)[:9000], Kind.JPEG, "damaged"),
    "the first half of a PNG": (made.picture("PNG", size=(500, 500), noise=True)[:9000], Kind.PNG, "damaged"),
    "the first half of a WebP": (made.picture("WEBP", (500, 500), noise=True)[:9000], Kind.WEBP, "damaged"),
    "the first half of a HEIC": (made.picture("HEIF", (500, 500), noise=True)[:900], Kind.HEIC, "damaged"),
    "a JPEG that says it is a PNG": (made.picture("JPEG"), Kind.PNG, "damaged"),
    "a zip that says it is a JPEG": (b"\xff\xd8\xff" + made.zip_bomb(), Kind.JPEG, "damaged"),
}


class TestHostileFiles:
    @pytest.mark.parametrize("what", HOSTILE)
    def test_is_refused(self, what):
        content, kind, code = HOSTILE[what]
        began = time.monotonic()

        with pytest.raises(FileRefused) as refused:
            looked(content, kind)

        assert refused.value.code == code
        assert time.monotonic() - began < 10

    @pytest.mark.parametrize("make", [made.jpeg_with_zip, made.pdf_with_a_web_page_behind])
    def test_what_hides_behind_a_good_file_is_told_and_not_shown(self, make):
        content = make()
        seen = looked(content, Kind.PDF if content.startswith(b"%PDF") else Kind.JPEG)

        assert "more" in seen.notices
        assert made.CANARY not in b"".join([*seen.views, seen.thumbnail])

    @pytest.mark.parametrize("form", ["PNG", "WEBP"])
    def test_something_behind_other_pictures_is_told(self, form):
        assert looked(made.picture(form) + made.CANARY * 3, Kind(form.lower())).notices == ["more"]

    def test_too_little_memory_is_too_heavy(self, settings):
        settings.VAULT = settings.VAULT | {"look_memory": 160 * 1024 * 1024}
        with pytest.raises(FileRefused) as refused:
            looked(made.picture("PNG", (9000, 9000)), Kind.PNG)

        assert refused.value.code == "heavy"

    def test_a_process_that_never_ends_is_ended(self, settings, monkeypatch):
        settings.VAULT = settings.VAULT | {"look_seconds": 1}
        code = "import sys, time; print('ready 1', flush=True); time.sleep(60)"
        monkeypatch.setattr(looking, "command", lambda kind: [sys.executable, "-c", code])
        began = time.monotonic()

        with pytest.raises(FileRefused) as refused:
            looked(bytes(1_000_000), Kind.PNG)

        assert refused.value.code == "heavy"
        assert time.monotonic() - began < 10


def answering(monkeypatch, answer):
    """As if a hostile file had taken the process over and let it say `answer`."""
    code = f"import os, sys; os.write(1, b'ready 1\\n'); sys.stdin.buffer.read(); os.write(1, {answer!r})"
    monkeypatch.setattr(looking, "command", lambda kind: [sys.executable, "-c", code])


def framed(header, *pictures):
    text = json.dumps({"lengths": [len(one) for one in pictures]} | header).encode()
    return len(text).to_bytes(4) + text + b"".join(pictures)


JPEG = b"\xff\xd8\xff rest"


class TestAnswers:
    def test_a_good_one(self, monkeypatch):
        answering(
            monkeypatch, framed({"pages": 2, "notices": ["more", "lies", "position"]}, JPEG, JPEG, JPEG)
        )
        seen = looked(b"x", Kind.JPEG)

        assert (seen.views, seen.pages, seen.notices) == ([JPEG, JPEG], 2, ["more", "position"])

    @pytest.mark.parametrize(
        "answer",
        [
            b"",
            b"\xff\xff\xff\xff",
            b"\x00\x00\x00\x02{}",
            b"\x00\x00\x00\x02[]",
            b"\x00\x00\x00\x05\xff\xfe\xff\xfe\xff",
            framed({"pages": 1}, JPEG),
            framed({"pages": 0}, JPEG, JPEG),
            framed({"pages": "1"}, JPEG, JPEG),
            framed({"pages": 10**9}, JPEG, JPEG),
            framed({"pages": 1}, JPEG, made.HTML),
            framed({"pages": 1, "lengths": [1, -1]}, JPEG, JPEG),
            framed({"pages": 1, "lengths": "many"}, JPEG, JPEG),
            framed({"pages": 1}, *[JPEG] * 40),
            framed({"pages": 1}, JPEG, JPEG) + b"more",
            framed({"refused": ["a list"]}),
            framed({"refused": "a sentence of its own"}),
        ],
    )
    def test_a_strange_one_is_believed_in_nothing(self, monkeypatch, answer):
        answering(monkeypatch, answer)
        with pytest.raises(FileRefused) as refused:
            looked(b"x", Kind.JPEG)

        assert refused.value.code == "damaged"

    def test_a_process_that_does_not_start_refuses_no_file(self, monkeypatch):
        monkeypatch.setattr(looking, "command", lambda kind: [sys.executable, "-c", "1/0"])

        with pytest.raises(CannotLook):
            looked(made.picture(), Kind.JPEG)

    def test_an_unfiltered_process_is_said_once(self, monkeypatch, caplog):
        monkeypatch.setattr(looking, "_said_unfiltered", type(looking._said_unfiltered)())
        code = f"import os, sys; os.write(1, b'ready 0\\n'); sys.stdin.buffer.read(); os.write(1, {framed({'pages': 1}, JPEG, JPEG)!r})"
        monkeypatch.setattr(looking, "command", lambda kind: [sys.executable, "-c", code])
        for _ in range(2):
            looked(b"x", Kind.JPEG)

        assert [record.levelname for record in caplog.records] == ["WARNING"]

    def test_a_third_at_once_is_asked_to_wait(self, monkeypatch):
        monkeypatch.setattr(looking, "LONGEST_WAIT", 0.1)
        with turn("look-0", wait=0), turn("look-1", wait=0), pytest.raises(LookLater):
            looked(made.picture(), Kind.JPEG)

        assert looked(made.picture(), Kind.JPEG).pages == 1

    def test_a_broken_chunk_leaves_no_process_behind(self):
        before = children()

        def chunks():
            yield made.picture()[:50]
            raise KeyError

        with pytest.raises(KeyError):
            look(Kind.JPEG, chunks())

        assert children() == before
