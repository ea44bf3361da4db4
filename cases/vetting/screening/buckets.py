"""Under which number a surname lies in the index. Hundreds of surnames share a number, so a question tells none of them."""

import hmac
import json
from collections.abc import Sequence

from cases.names.skeleton import skeleton

Leaf = range


class Buckets:
    """Numbers surnames by a key that is not in the database."""

    def __init__(self, key: bytes, bits: int) -> None:
        self.key, self.bits = key, bits
        self._known: dict[str, int] = {}

    def of(self, heard: str) -> int:
        """The bucket of a surname by its sound, key or fold."""
        code = skeleton(heard)
        if code not in self._known:
            digest = hmac.digest(self.key, code.encode(), "sha256")
            self._known[code] = int.from_bytes(digest[:4]) >> (32 - self.bits)
        return self._known[code]

    def mark(self, filed: object) -> str:
        """What an index must have been made with, so that it can be asked: this key, these bits, these rules of names."""
        said = json.dumps([self.bits, filed], sort_keys=True, ensure_ascii=False)
        return hmac.digest(self.key, said.encode(), "sha256").hex()[:32]


def leaf_of(bucket: int, sizes: Sequence[int], least: int) -> Leaf:
    """The buckets to ask for together: halved again and again, as long as each half holds `least` surnames.

    Everybody whose bucket lies in a leaf asks for the whole leaf; so the question says no more than the leaf.
    """
    first, length = 0, len(sizes)
    while length > 1:
        half = length // 2
        if sum(sizes[first : first + half]) < least or sum(sizes[first + half : first + length]) < least:
            break
        length = half
        first += half if bucket >= first + half else 0
    return range(first, first + length)
