"""Finds a token in bytes, also where it was written in another way."""

import base64
import html
import json
from urllib.parse import quote


def spellings(token):
    """Every way in which `token` may stand in a page, a dump, a log or a header."""
    utf8 = token.encode()
    yield utf8
    yield token.lower().encode()
    yield token.upper().encode()
    yield json.dumps(token)[1:-1].encode()
    yield quote(token).encode()
    yield quote(token).lower().encode()
    yield "".join(f"&#{ord(letter)};" for letter in token).encode()
    yield html.escape(token).encode()
    yield utf8.hex().encode()
    yield token.encode("utf-16-le")
    yield token.encode("utf-16-be")
    for start in range(3):  # base64 of a longer text: the token may begin at any of three places
        whole = base64.b64encode(b"\0" * start + utf8)
        yield whole[4 if start else 0 : len(whole) // 4 * 4 - 4]


def leaks(tokens, *places):
    """Return the tokens that stand in any of the `places` (bytes or str), in any spelling."""
    text = b"\n".join(place.encode() if isinstance(place, str) else place for place in places)
    return sorted({token for token in tokens if any(one in text for one in spellings(token) if len(one) > 5)})
