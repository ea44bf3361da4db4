"""A backup as it lies there, and what the holder of the private key finds in it."""

import tarfile
from pathlib import Path

from django.conf import settings

from ngo.backup import age, making
from tests.canary.database import in_parts, planted_rows, program

SEALED, INSIDE = "backups, encrypted", "backups, opened, and their listing"


def look_at_backup(search, folder, key):
    made = _made(folder / "backup")
    for part in in_parts(made.read_bytes()):
        search.look(SEALED, made.name, part)
    for name, data in _inside(made, key, folder):
        for part in in_parts(data):
            search.look(INSIDE, name, part)


def plant(search, folder, key):
    """A file that was not sealed lies among the sealed ones, and a table of the database holds names."""
    inside, sealed = search.plants(INSIDE), search.plants(SEALED)
    loose = Path(settings.VAR_DIR) / "files" / "planted"
    loose.mkdir(parents=True, exist_ok=True)
    half = len(inside) // 2
    for number, (_spelling, _token, content) in enumerate(inside[:half]):
        (loose / f"{number:04}").write_bytes(content)
    try:
        with planted_rows(inside[half:], []):
            made = _made(folder / "planted")
            search.prove(
                INSIDE,
                inside,
                [part for _name, data in _inside(made, key, folder) for part in in_parts(data)],
            )
    finally:
        for file in loose.iterdir():
            file.unlink()
        loose.rmdir()
    # What a backup would be that somebody had forgotten to encrypt.
    search.prove(SEALED, sealed, [content for _spelling, _token, content in sealed])


def _made(folder):
    return making.make_backup(to=folder).path


def _inside(path, key, folder):
    """Each member by name and content; the dump as a whole, and as pg_restore reads it."""
    dump, names = b"", []
    with age.decrypted(path, [key]) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            data = archive.extractfile(member).read()
            names.append(member.name)
            if member.name.startswith("database/"):
                dump += data
            else:
                yield member.name, data
    yield "listing", "\n".join(names).encode()
    yield "database", dump
    target = folder / "inside.dump"
    target.write_bytes(dump)
    yield "database, read", program("pg_restore", "--file=-", target)
    target.unlink()
