from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class MemoryOnly(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size, up to `UPLOAD_LIMIT`, and refuses what is larger."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        if content_length > settings.UPLOAD_LIMIT + 1024 * 1024:
            raise RequestDataTooBig("The upload is larger than the limit.")
        self.activated = True
