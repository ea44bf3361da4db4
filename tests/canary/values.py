"""What lies in the pages of PostgreSQL's files: values at the heads of rows, and values that it has compressed."""

import struct

from tests.canary.scanner import inflated

PAGE = 8192
WORDS = struct.Struct(f"<{PAGE // 4}I")
# A value that is too long is cut into pieces of this size; the first says how it is compressed.
FIRST_PIECE = 2000
LONGEST = 1 << 20


def values_in(block):
    """Yield everything compressed in a block of pages: with PostgreSQL's own method, or raw at the head of a row."""
    for start in range(0, len(block) - PAGE + 1, PAGE):
        page = block[start : start + PAGE]
        lower, upper = struct.unpack_from("<HH", page, 12)
        if not 24 <= lower <= upper <= PAGE:
            continue
        yield from _compressed(page)
        yield from _heads(page, lower)


def _compressed(page):
    words = WORDS.unpack(page)
    for place, head in enumerate(words[:-1]):
        size, follows = head >> 2, words[place + 1]
        compressed = head & 3 == 2 and 8 < size <= PAGE - 4 * place
        if not compressed and not (head & 3 == 0 and size == FIRST_PIECE):
            continue
        if follows >> 30 == 0 and size // 2 < follows <= LONGEST:
            yield unpressed(page[4 * place + 8 : 4 * place + size], follows)


def _heads(page, lower):
    for pointer in range(24, lower, 4):
        (item,) = struct.unpack_from("<I", page, pointer)
        offset, length = item & 0x7FFF, item >> 17
        if length <= 24 or offset + length > PAGE:
            continue
        row = page[offset : offset + length]
        for head in (row[22] + 1, row[22] + 4):
            if inner := inflated(row[head:], -15):
                yield inner


def unpressed(data, size):
    """PostgreSQL's pglz: a byte of eight flags, then eight letters or references to earlier ones; as far as it goes."""
    out, at = bytearray(), 0
    while at < len(data) and len(out) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data) or len(out) >= size:
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 1 >= len(data):
                return bytes(out)
            length, distance = (data[at] & 0x0F) + 3, (data[at] & 0xF0) << 4 | data[at + 1]
            at += 2
            if length == 18 and at < len(data):
                length, at = length + data[at], at + 1
            if not 0 < distance <= len(out):
                return bytes(out)
            for _one in range(length):
                out.append(out[-distance])
    return bytes(out)
