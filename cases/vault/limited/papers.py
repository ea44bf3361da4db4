"""One PDF: its pages drawn as pictures. Nothing in it is run; this build of the library has no scripts at all."""

import re
import time
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from cases.vault.limited.limits import Limits, Seen, TooMuch
from cases.vault.limited.pictures import written
from cases.vault.limited.tails import bytes_after

# Points; Acrobat's own limit. A page of half a kilometre is no scan.
_LARGEST_PAGE = 14_400
_MOST_ENLARGED = 4
_ENOUGH_SECONDS = 15
_SCRIPT = re.compile(rb"/(?:JavaScript|JS|Launch)\b")
_TOLD = ("Author", "Title", "Subject", "Keywords", "Creator")


def look_at_pdf(raw: bytes, limits: Limits) -> Seen:
    document = _opened(raw)
    pages = len(document)
    if pages == 0:
        raise TooMuch("damaged")
    if pages > limits.pages:
        raise TooMuch("pages")
    notices = _noticed(document, raw)
    document.init_forms()
    views: list[Image.Image] = []
    for number in range(min(pages, limits.pages_shown)):
        if views and time.process_time() > _ENOUGH_SECONDS:
            break
        views.append(_drawn(document[number], limits.page_side))
    if len(views) < pages:
        notices.append("first_pages")
    pictures = [written(view, limits.page_side) for view in views]
    return Seen(written(views[0], limits.thumbnail_side), pictures, pages, notices)


def _opened(raw: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise TooMuch("password" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "damaged") from None


def _drawn(page: Any, side: int) -> Image.Image:
    width, height = page.get_size()
    if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
        raise TooMuch("damaged")
    scale = min(side / max(width, height), _MOST_ENLARGED)
    image: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return image


def _noticed(document: Any, raw: bytes) -> list[str]:
    notices = []
    if any(document.get_metadata_value(name) for name in _TOLD):
        notices.append("metadata")
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0 or _SCRIPT.search(raw):
        notices.append("script")
    if pdfium.FPDFDoc_GetAttachmentCount(document.raw) > 0:
        notices.append("attachment")
    if bytes_after(raw, "pdf"):
        notices.append("more")
    return notices
