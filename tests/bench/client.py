"""A browser without a screen: one connection that stays open, the cookies of one person, and no patience for refusals."""

import http.client
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = "b" * 32


class Refused(Exception):
    """An answer that is no answer: nothing was measured."""


class Browser:
    def __init__(self, port, cookies):
        self.port, self.cookies = port, {"csrf": TOKEN} | cookies
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)

    def ask(self, address, body=None, content_type="application/x-www-form-urlencoded"):
        """The whole answer; the first byte of it may have come long before."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {
                "X-CSRFToken": self.cookies["csrf"],
                "HX-Request": "true",
                "Content-Type": content_type,
            }
        self.line.request("GET" if body is None else "POST", address, body, headers)
        answer = self.line.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise Refused(f"{address}: {answer.status} {content[:300]!r}")
        for name, value in answer.headers.items():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        self.queries = int(answer.headers.get("X-Queries", 0))
        return content

    def send(self, address, **fields):
        return self.ask(address, urlencode(fields))

    def send_file(self, address, name, content, fields):
        """As a form with a file does it."""
        boundary, parts = uuid4().hex, []
        for key, value in fields.items():
            parts.append(f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode())
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
        parts.append(head.encode() + content)
        body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
        kind = f"multipart/form-data; boundary={boundary}"
        return self.ask(address, body + f"--{boundary}--\r\n".encode(), kind)
