"""What comes back from a page, taken apart into the places where a name could be."""

from django.contrib.messages import get_messages

BODIES = {
    "text/html": "HTML",
    "application/json": "JSON",
    "text/csv": "CSV",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/pdf": "PDF",
}
SINKS = (*BODIES.values(), "other bodies", "headers and cookies", "messages")


def taken_apart(answer):
    """Pairs of a sink and the bytes that belong there."""
    # The message may be waiting for the next page still.
    waiting = (
        [str(one) for one in get_messages(answer.wsgi_request)] if hasattr(answer, "wsgi_request") else []
    )
    if waiting:
        yield "messages", "\n".join(waiting).encode()
    head = "".join(f"{name}: {value}\n" for name, value in answer.items())
    yield "headers and cookies", f"{answer.reason_phrase}\n{head}{answer.cookies}".encode()
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body:
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        yield BODIES.get(kind, "other bodies"), body
