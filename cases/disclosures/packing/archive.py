"""A ZIP archive, plain or encrypted with AES-256, put together in memory."""

import io
import zipfile
from collections.abc import Mapping

import pyzipper
from pyzipper.zipfile_aes import WZ_AES_V2


def plain(files: Mapping[str, bytes]) -> bytes:
    """Only for what is encrypted as a whole right after."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return sink.getvalue()


def encrypted(files: Mapping[str, bytes], words: str) -> bytes:
    """As 7-Zip and WinZip open it. The names of the files inside can be read by anybody."""
    sink = io.BytesIO()
    # The second version: the first writes a checksum of the clear text, by which a guess could be proven.
    archive = pyzipper.AESZipFile(sink, "w", compression=zipfile.ZIP_DEFLATED)
    with archive:
        archive.setpassword(words.encode("ascii"))
        archive.setencryption(pyzipper.WZ_AES, nbits=256, force_wz_aes_version=WZ_AES_V2)
        for name, content in files.items():
            archive.writestr(name, content)
    return sink.getvalue()
