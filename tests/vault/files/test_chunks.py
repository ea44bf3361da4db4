import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from cases.vault.files import chunks
from cases.vault.models import SealedFile
from cases.vault.refusals import DoesNotOpen
from tests.vault.files.sending import MIB

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture(autouse=True)
def _vault(vault):
    """The storage lies in the state folder."""


def make_file(content, **more):
    file = SealedFile(size=len(content), **more)
    chunks.write_all(file, content, KEY)
    return file


def content_of(file, key=KEY):
    return b"".join(chunks.read(file, key))


@pytest.mark.parametrize("size", [1, MIB - 1, MIB, MIB + 1, 3 * MIB])
def test_what_went_in_comes_out(size, stored):
    content = os.urandom(size)
    file = make_file(content)

    assert content_of(file) == content
    assert len(stored()) == file.chunks == -(-size // MIB)
    assert size < 16 or all(content[:64] not in sealed for sealed in stored().values())


def test_the_same_chunk_never_looks_the_same_twice(stored):
    make_file(bytes(100))
    make_file(bytes(100))

    first, second = stored().values()
    assert first[13:] != second[13:]


class TestMoved:
    """Whoever can write to the storage can take things away, and make nothing of it."""

    @pytest.fixture
    def file(self):
        return make_file(b"a" * MIB + b"b" * MIB + b"c" * 10)

    def move(self, settings, source, target, index, to):
        root = settings.VAR_DIR / "files"
        (root / target.pk.hex / f"{target.pk.hex}-{to}").write_bytes(
            (root / source.pk.hex / f"{source.pk.hex}-{index}").read_bytes()
        )

    def test_to_another_place(self, file, settings):
        self.move(settings, file, file, index=0, to=1)
        with pytest.raises(DoesNotOpen):
            content_of(file)

    def test_to_another_file_under_the_same_key(self, file, settings):
        other = make_file(b"a" * MIB + b"b" * MIB + b"c" * 10)
        self.move(settings, other, file, index=1, to=1)
        with pytest.raises(DoesNotOpen):
            content_of(file)

    def test_cut_off_at_the_end(self, file):
        file.size = 2 * MIB
        with pytest.raises(DoesNotOpen):
            content_of(file)

    def test_made_longer(self, file):
        file.size = 3 * MIB + 1
        with pytest.raises(DoesNotOpen):
            content_of(file)

    def test_with_another_key(self, file):
        with pytest.raises(DoesNotOpen):
            content_of(file, OTHER)

    def test_changed_by_one_bit(self, file, settings):
        path = settings.VAR_DIR / "files" / file.pk.hex / f"{file.pk.hex}-2"
        sealed = bytearray(path.read_bytes())
        sealed[-1] ^= 1
        path.write_bytes(sealed)
        with pytest.raises(DoesNotOpen):
            content_of(file)

    def test_gone(self, file, settings):
        (settings.VAR_DIR / "files" / file.pk.hex / f"{file.pk.hex}-1").unlink()
        with pytest.raises(DoesNotOpen):
            content_of(file)

    def test_left_alone_it_opens(self, file):
        assert content_of(file) == b"a" * MIB + b"b" * MIB + b"c" * 10


class TestFolder:
    def test_only_we_can_enter(self, settings):
        file = make_file(b"x")
        root = settings.VAR_DIR / "files"
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [root, *root.rglob("*")]}

        assert set(modes.values()) == {0o700, 0o600}
        assert modes[root / file.pk.hex] == 0o700

    def test_an_interrupted_writing_leaves_the_old_whole(self, monkeypatch, stored):
        storage = storages["sealed"]
        storage.save("a/b", ContentFile(b"old"))

        def fail(descriptor):
            raise OSError("the disk is gone")

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="the disk is gone"):
            storage.save("a/b", ContentFile(b"new and longer"))

        assert stored()["a/b"] == b"old"

    def test_what_is_told_to_be_there_was_brought_to_the_disk(self, monkeypatch):
        brought = []
        real = os.fsync
        monkeypatch.setattr(
            os,
            "fsync",
            lambda descriptor: brought.append(os.readlink(f"/proc/self/fd/{descriptor}")) or real(descriptor),
        )
        file = make_file(b"x")

        assert [name.endswith(file.pk.hex) for name in brought] == [False, True]
        assert f".{file.pk.hex}-0-" in brought[0]

    def test_the_last_chunk_takes_the_folder_with_it(self, settings):
        file = make_file(bytes(MIB + 1))
        chunks.remove_all(file)

        assert list((settings.VAR_DIR / "files").iterdir()) == []
        chunks.remove_all(file)

    def test_another_storage_will_do(self, settings):
        settings.STORAGES = settings.STORAGES | {
            "sealed": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        }
        file = make_file(b"y" * (MIB + 5))
        copy = make_file(b"z", of=file)
        assert content_of(file) == b"y" * (MIB + 5)
        chunks.remove_copies(file)

        with pytest.raises(DoesNotOpen):
            content_of(copy)
        chunks.remove_all(file)
        with pytest.raises(DoesNotOpen):
            content_of(file)
