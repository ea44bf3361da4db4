import io
import subprocess
import sys

import pyrage
import pytest

from ngo.backup import BackupError, age
from ngo.environment import recipients
from tests.ngo.backup.places import ROOT


@pytest.fixture
def key():
    return age.Identity.generate()


def sealed(tmp_path, key, content):
    path = tmp_path / "some.age"
    with path.open("wb") as file:
        age.encrypt(iter([content]), file, [key.to_public()])
    return path


def read(path, *keys):
    with age.decrypted(path, list(keys)) as stream:
        return stream.read()


def test_there_and_back(tmp_path, key):
    assert read(sealed(tmp_path, key, b"x" * 300_000), key) == b"x" * 300_000


def test_it_is_the_public_format(tmp_path, key):
    path = sealed(tmp_path, key, b"plain")

    assert path.read_bytes().startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert pyrage.decrypt(path.read_bytes(), [key]) == b"plain"


def test_each_of_several_keys_opens(tmp_path, key):
    other, path = age.Identity.generate(), tmp_path / "some.age"
    with path.open("wb") as file:
        age.encrypt(iter([b"plain"]), file, [key.to_public(), other.to_public()])

    assert read(path, other) == read(path, key) == b"plain"


def test_another_key_is_told(tmp_path, key):
    path = sealed(tmp_path, key, b"plain")

    with pytest.raises(BackupError, match=r"does not open some\.age: it was made for other keys"):
        read(path, age.Identity.generate())


@pytest.mark.parametrize(
    "harm", [lambda raw: raw[:-1], lambda raw: raw[: len(raw) // 2], lambda raw: b"?", lambda raw: raw + b"?"]
)
def test_a_cut_or_longer_file_is_told(tmp_path, key, harm):
    path = sealed(tmp_path, key, b"x" * 300_000)
    path.write_bytes(harm(path.read_bytes()))

    with pytest.raises(BackupError, match="no whole backup"):
        read(path, key)


def test_a_changed_byte_is_told(tmp_path, key):
    path = sealed(tmp_path, key, b"x" * 300_000)
    raw = bytearray(path.read_bytes())
    raw[-1000] ^= 1
    path.write_bytes(raw)

    with pytest.raises(BackupError, match="no whole backup"):
        read(path, key)


def test_who_stops_reading_in_between_is_not_stopped(tmp_path, key):
    path = sealed(tmp_path, key, b"x" * 3_000_000)

    with pytest.raises(UnicodeDecodeError), age.decrypted(path, [key]) as stream:
        stream.read(10).replace(b"x", b"\xff").decode()


def test_what_is_not_read_to_the_end_is_checked_all_the_same(tmp_path, key):
    path = sealed(tmp_path, key, b"x" * 3_000_000)
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(BackupError), age.decrypted(path, [key]) as stream:
        stream.read(10)


def test_a_missing_file_is_told(tmp_path, key):
    with pytest.raises(BackupError, match="cannot be read"):
        read(tmp_path / "none.age", key)


def test_what_fails_while_the_content_is_made_is_the_reason(key):
    def broken():
        yield b"x"
        raise BackupError("the dump failed")

    with pytest.raises(BackupError, match="the dump failed"):
        age.encrypt(broken(), io.BytesIO(), [key.to_public()])


@pytest.mark.parametrize("content", ["", "# only a remark", "AGE-SECRET-KEY-1NONSENSE", "ключ"])
def test_a_file_without_a_private_key_is_told(tmp_path, content):
    path = tmp_path / "key.txt"
    path.write_text(content)

    with pytest.raises(BackupError, match="holds no private age key"):
        age.identities(path)


def test_a_mistyped_public_key_stops_the_start(monkeypatch, key):
    monkeypatch.setenv("BACKUP_RECIPIENTS", f"{key.to_public()}, age1nonsense")

    with pytest.raises(Exception, match="age1nonsense"):
        recipients("BACKUP_RECIPIENTS")


MUCH = """
import resource, sys
from ngo.backup import age
key = age.Identity.generate()
class Sink:
    def write(self, data): return len(data)
    def flush(self): pass
def pieces():
    for _ in range(150):
        yield bytes(4 << 20)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
age.encrypt(pieces(), Sink(), [key.to_public()])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_six_hundred_megabytes_take_no_more_memory_than_one_piece():
    done = subprocess.run([sys.executable, "-c", MUCH], capture_output=True, text=True, cwd=ROOT, check=True)

    assert int(done.stdout) < 40 * 1024
