"""Whether a file is the one that the index beside it speaks of: size and SHA-1 of every resource."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from cases.vetting.screening.problems import BadList

STEP = 1024 * 1024


def sha1_of(file: BinaryIO) -> tuple[str, int]:
    """The checksum and size of a file, which is rewound. SHA-1 is what the index gives; it finds damage, not malice."""
    digest, size = hashlib.sha1(usedforsecurity=False), 0
    while block := file.read(STEP):
        digest.update(block)
        size += len(block)
    file.seek(0)
    return digest.hexdigest(), size


def check(index: bytes, name: str, sha1: str, size: int) -> None:
    """Raise BadList unless the index speaks of the file `name`, or of one with its checksum, and says the same of it."""
    resource = _resource(index, name, sha1)
    try:
        said_size = int(resource["size"])
        said_sha1 = str(resource.get("checksum") or resource["sha1"]).lower()
    except (KeyError, TypeError, ValueError):
        raise BadList("bad_index") from None
    if said_size != size:
        raise BadList("size_differs")
    if not hmac.compare_digest(said_sha1.encode(), sha1.encode()):
        raise BadList("checksum_differs")


def _resource(index: bytes, name: str, sha1: str) -> Mapping[str, Any]:
    try:
        said = json.loads(index)
    except (ValueError, RecursionError):
        raise BadList("bad_index") from None
    resources = said.get("resources") if isinstance(said, dict) else None
    if not isinstance(resources, list):
        raise BadList("bad_index")
    known = [resource for resource in resources if isinstance(resource, dict)]
    # A browser calls the second download of a file by another name.
    for resource in known:
        if resource.get("name") == name:
            return resource
    for resource in known:
        if resource.get("checksum") == sha1:
            return resource
    raise BadList("not_in_index")
