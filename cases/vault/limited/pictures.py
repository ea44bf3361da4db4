"""One picture: opened by the one decoder it should belong to, turned upright, written anew without anything else."""

import io
import re
import struct
from typing import Any

import pillow_heif
from PIL import Image, ImageOps, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from cases.vault.limited.limits import Limits, Seen, TooMuch
from cases.vault.limited.tails import bytes_after

FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",), "heic": ("HEIF",)}
# Imported now, for once the walls are up nothing can be: Pillow fetches its parts when it needs them.
_NEEDED = (MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
_GPS = 0x8825
_ORIENTATION = 0x0112
_BROKEN_METADATA = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    OverflowError,
    struct.error,
)
_JPEG_QUALITY = 82
_METADATA = ("exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Raw profile type exif")
_POSITION_IN_TEXT = re.compile(rb"GPSL(?:atitude|ongitude)", re.IGNORECASE)

Image.MAX_IMAGE_PIXELS = None  # the size is checked here before anything is decoded
pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


def look_at_picture(raw: bytes, kind: str, limits: Limits) -> Seen:
    image = Image.open(io.BytesIO(raw), formats=FORMATS[kind])
    if image.width * image.height > limits.pixels:
        raise TooMuch("pixels")
    frames = getattr(image, "n_frames", 1)
    image.draft("RGB", (limits.view_side, limits.view_side))
    image.load()
    notices = _noticed(image, raw)
    if frames > 1 and not isinstance(image, MpoImagePlugin.MpoImageFile):
        notices.append("frames")
    if bytes_after(raw, kind):
        notices.append("more")
    view = _upright(image, limits.view_side)
    return Seen(written(view, limits.thumbnail_side), [written(view, limits.view_side)], 1, notices)


def written(image: Image.Image, side: int) -> bytes:
    """Return the picture alone, as JPEG: pixels are copied into an empty image, so nothing else comes along."""
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    clean.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def _upright(image: Image.Image, side: int) -> Image.Image:
    flat = _flat(image)
    flat.thumbnail((side, side), Image.Resampling.LANCZOS)
    exif = Image.Exif()
    exif[_ORIENTATION] = _orientation(image)
    flat.info = {"exif": exif.tobytes()}
    return ImageOps.exif_transpose(flat)


def _flat(image: Image.Image) -> Image.Image:
    """Plain colours on white paper, whatever the file had: a palette, transparency, 16 bits, inks."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if "A" not in image.mode and "transparency" not in image.info:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _orientation(image: Image.Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except _BROKEN_METADATA:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _noticed(image: Image.Image, raw: bytes) -> list[str]:
    notices = []
    if _has_position(image, raw):
        notices.append("position")
    if any(image.info.get(name) for name in _METADATA) or getattr(image, "text", None):
        notices.append("metadata")
    return notices


def _has_position(image: Image.Image, raw: bytes) -> bool:
    """Whether a place may be told; where that cannot be read, it may."""
    try:
        exif = image.getexif()
        position: dict[Any, Any] = exif.get_ifd(_GPS)
    except _BROKEN_METADATA:
        return b"GPS" in bytes(image.info.get("exif") or b"") or bool(_POSITION_IN_TEXT.search(raw))
    broken = not isinstance(exif.get(_GPS, 0), int)
    return broken or any(position) or bool(_POSITION_IN_TEXT.search(raw))
