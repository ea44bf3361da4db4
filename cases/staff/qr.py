import base64
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathFillImage


def svg(text: str) -> str:
    """Return a QR code of `text` on white, so that it can be read from a dark page too."""
    buffer = BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage).save(buffer)
    return buffer.getvalue().decode()


def as_image(text: str) -> str:
    """Return the QR code as the address of an <img>."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(text).encode()).decode()
