from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a file may ask of the machine, and how its view copies come out."""

    pixels: int
    pages: int
    pages_shown: int
    view_side: int = 2000
    page_side: int = 1600
    # Smaller, and a face is still told from a stamp; larger, and a name could be read without anybody saying why.
    thumbnail_side: int = 160


class TooMuch(Exception):
    """The file is refused; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Seen:
    """View copies as JPEG, the first one small; how many pages there were; codes of what should be known."""

    thumbnail: bytes
    views: list[bytes]
    pages: int
    notices: list[str]
