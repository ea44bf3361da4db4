"""Files made for the tests, good ones and hostile ones, each with bytes that would be known again anywhere."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

CANARY = b"CANARY-of-the-upload-7f3a"
MARK = "Сергей Тайнописцев"
GPS = 0x8825
ORIENTATION = 0x0112
CAMERA = 0x010F


def picture(form="JPEG", size=(60, 40), noise=False, **more):
    image = Image.effect_noise(size, 80).convert("RGB") if noise else Image.new("RGB", size, "white")
    if not noise:
        image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def exif(position=False, orientation=1):
    data = Image.Exif()
    data[ORIENTATION], data[CAMERA] = orientation, CANARY.decode()
    if position:
        data[GPS] = {1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)}
    return data.tobytes()


def large_picture():
    """A photograph of several MiB, with the canary in its metadata."""
    return picture(size=(1600, 1200), noise=True, quality=98, exif=exif(position=True))


def pdf(pages=1):
    images = [Image.new("RGB", (200, 300), ("white", "red", "blue")[number % 3]) for number in range(pages)]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], author=MARK)
    return out.getvalue()


def _written_pdf(catalog="", trailer="", page=""):
    return (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalog}>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]{page}>>endobj\n"
        f"trailer<</Root 1 0 R{trailer}>>\n%%EOF\n"
    ).encode()


def pdf_with_password():
    keys = "".join(f"{number:02x}" for number in range(32))
    return _written_pdf(
        trailer=f"/Encrypt<</Filter/Standard/V 1/R 2/O<{keys}>/U<{keys}>/P -4>>/ID[<{keys}><{keys}>]"
    )


def pdf_with_script():
    return _written_pdf(catalog="/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")


def pdf_with_many_pages(number):
    kids = " ".join(["3 0 R"] * number)
    return _written_pdf().replace(b"/Kids[3 0 R]/Count 1", f"/Kids[{kids}]/Count {number}".encode())


def pdf_with_an_endless_page():
    return _written_pdf().replace(b"[0 0 90 90]", b"[0 0 9999999 9999999]")


def pdf_with_a_web_page_behind():
    return pdf() + b"<html><script>alert(1)</script>" + CANARY * 4


def png_chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_claiming(width, height):
    """The header of a huge picture, and hardly anything behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + png_chunk(b"IEND", b"")
    )


def png_that_unpacks_for_ever():
    """Within the limit by its header, with a text that unpacks to much more than is allowed."""
    text = png_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(300_000_000)))
    whole = picture("PNG")
    return whole[:33] + text + whole[33:]


def jpeg_with_zip():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.exe", CANARY * 10)
    return picture() + packed.getvalue()


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    return packed.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
OGG = b"OggS\x00\x02" + bytes(200) + CANARY + bytes(500)
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(100) + CANARY
