"""At no moment does a part of a file stand on a disk in clear; what is planted there is found by the same search."""

import contextlib
import os
import tempfile
from pathlib import Path

import pytest

from cases.vault import operations
from cases.vault.files.refusals import FileRefused
from cases.vault.models import SealedFile
from tests.test_canaries import dump
from tests.vault.files import made
from tests.vault.files.sending import SECRET, begin, parts, send
from tests.vault.files.watching import holding, samples, watched

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CONTENTS = {
    "a photograph": made.large_picture(),
    "a PDF": made.pdf(3) + b"%" + os.urandom(2_000_000).hex().encode(),
    "sound": made.OGG + os.urandom(3_000_000),
    "a damaged photograph": made.large_picture()[:2_000_000],
}


@pytest.fixture
def folders(vault, settings, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return [tmp_path, vault.runtime_dir]


@pytest.mark.parametrize("what", CONTENTS)
def test_nothing_is_ever_in_clear(what, safe, team, folders, vault, settings):
    content = CONTENTS[what]
    heads = str(settings.VAR_DIR / "audit-heads.log")
    allowed = (str(settings.VAR_DIR / "files") + "/", str(vault.runtime_dir) + "/look-", heads, "/dev/null")
    with watched(content, *folders) as watch, contextlib.suppress(FileRefused):
        send(safe, content, team.ana)

    refusals = [file.refusal for file in SealedFile.objects.filter(of=None)]
    assert refusals == (["damaged"] if what == "a damaged photograph" else [""])
    assert watch.found == set()
    assert watch.rounds > 5
    assert any("/files/" in path for path in watch.written)
    assert [path for path in watch.written if not path.startswith(allowed)] == []


def test_the_copies_are_sealed_as_well(safe, team, folders):
    file = send(safe, CONTENTS["a photograph"], team.ana)
    opened = operations.read_file(file=file, reason="x", unlocked=team.of(team.ana), by=team.ana)
    [view] = opened.views()

    assert len(view) > 100_000
    assert holding(samples(view), *folders) == set()


def test_nor_in_the_database(safe, team, folders):
    content = CONTENTS["a photograph"]
    file = send(safe, content, team.ana)
    opened = operations.read_file(file=file, reason="x", unlocked=team.of(team.ana), by=team.ana)
    everything = dump()

    assert file.pk.hex.encode() in everything
    for secret in (opened._key, opened.sha256.encode(), opened.name.encode(), made.CANARY):
        assert secret.hex().encode() not in everything
        assert secret not in everything


@pytest.mark.parametrize("where", ["temporary", "var/files", "var"])
def test_a_part_planted_for_a_moment_is_found(where, safe, team, folders, settings, monkeypatch):
    """As a careless library would do it: one chunk spooled to a folder while it is sealed, and removed at once."""
    content = CONTENTS["sound"]
    folder = Path(folders[0]) / where
    folder.mkdir(parents=True, exist_ok=True)
    real = operations.files.chunks.write

    def careless(file, index, data, key):
        with tempfile.NamedTemporaryFile(dir=folder) as spooled:
            spooled.write(data)
            spooled.flush()
            real(file, index, data, key)
            watch.look()

    monkeypatch.setattr(operations.files.chunks, "write", careless)
    file = begin(safe, content, team.ana)
    with watched(content, *folders) as watch:
        operations.add_chunk(file=file, index=0, data=parts(content)[0], secret=SECRET, by=team.ana)

    assert len(watch.found) == 1
    assert any(path.startswith(str(folder)) and "/tmp" in path for path in watch.written)
    assert holding(samples(content), *folders) == set()
