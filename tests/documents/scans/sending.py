"""A paper for the tests of scans, and a browser that sends files as the page does."""

import hashlib

from django.urls import reverse
from django.utils import timezone

from cases.documents.models import Document, DocumentType, Scan

MIB = 1024 * 1024
FILE_NAME = "Паспорт Кулебякина.jpg"
FETCH = {"HX-Request": "true"}
REASON = {"reason": "papers", "words": ""}


def make_document(applicant, *, by):
    kind, _made = DocumentType.objects.get_or_create(
        code="RU_INT",
        defaults={
            "role": "identity",
            "name_en": "Internal passport",
            "name_fr": "Passeport intérieur",
            "name_ru": "Внутренний паспорт",
            "zone": "PN",
            "key": "ru_int",
            "confidence": "high",
            "source": "test",
            "verified_on": timezone.localdate(),
        },
    )
    return Document.objects.create(applicant=applicant, type=kind, created_by=by)


def address(name, document, *more):
    return reverse(f"documents:{name}", args=[document.pk, *more])


class Sender:
    """What upload.js does: begin, send what is missing, finish."""

    def __init__(self, client, document, content, name=FILE_NAME):
        self.client, self.document, self.content, self.name = client, document, content, name
        self.scan = None

    def post(self, name, *more, data=b"", kind="application/octet-stream"):
        url = address(name, self.document, *more)
        return self.client.post(url, data, content_type=kind, headers=FETCH)

    def begin(self):
        about = {
            "name": self.name,
            "size": len(self.content),
            "type": "image/jpeg",
            "start": hashlib.sha256(self.content[:MIB]).hexdigest(),
        }
        answer = self.client.post(address("scan_begin", self.document), about, headers=FETCH)
        if answer.status_code == 200:
            self.scan = answer.json()["id"]
        return answer

    def part(self, index):
        return self.post("scan_part", self.scan, index, data=self.content[index * MIB : (index + 1) * MIB])

    def finish(self):
        return self.post("scan_finish", self.scan)

    def send(self):
        """Send everything; the last answer is returned."""
        answer = self.begin()
        while answer.status_code == 200 and answer.json()["received"] < answer.json()["parts"]:
            answer = self.part(answer.json()["received"])
        return self.finish() if answer.status_code == 200 else answer


def scan_of(answer_or_sender):
    return Scan.objects.select_related("file").get(pk=answer_or_sender.scan)
