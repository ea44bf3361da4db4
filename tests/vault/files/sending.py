"""Sending a file as the page does it."""

import hashlib

from cases.vault import operations
from cases.vault.operations import NewFile

MIB = 1024 * 1024
SECRET = b"s" * 32


def parts(content):
    return [content[place : place + MIB] for place in range(0, len(content), MIB)]


def told(content, name="паспорт Тайнописцева.jpg", about="document"):
    return NewFile(
        name=name,
        size=len(content),
        claimed="image/jpeg",
        about=about,
        start_hash=hashlib.sha256(content[:MIB]).digest(),
    )


def begin(safe, content, by, secret=SECRET, **more):
    return operations.begin_upload(safe=safe, new=told(content, **more), secret=secret, by=by)


def send(safe, content, by, secret=SECRET, **more):
    """Begin or go on, send what is missing, and finish."""
    file = begin(safe, content, by, secret, **more)
    for index, part in enumerate(parts(content)):
        if index >= file.received:
            file = operations.add_chunk(file=file, index=index, data=part, secret=secret, by=by)
    return operations.finish_upload(file=file, secret=secret, by=by)
