"""Evidence, referees and interviews for the tests, with words that must be found nowhere in clear."""

import hashlib
from datetime import date

from django.urls import reverse

from cases.applicants.operations import share_with_person
from cases.staff.models import random_id
from cases.vault import operations as vault
from cases.vetting.models import CheckKind, Evidence, InterviewFrame, InterviewQuestion
from cases.vetting.operations import evidence, interviews, referees
from tests.documents.scans.sending import Sender

REASON = {"reason": "vetting", "words": ""}
PAGE = "https://soboleva-gazeta.invalid/spisok-brigady"
LINK = {
    "title": "Список бригады Кречетова",
    "url": PAGE,
    "sha256": hashlib.sha256(b"spisok").hexdigest(),
    "captured_on": "2026-11-04",
    "captured_time": "14:05",
    "captured_zone": "Europe/Paris",
    "tool": "Фотонож 7.3",
    "captured_by": "Тётя Дуся",
    "shows": "Третий в списке.",
    "reliability": "B",
    "credibility": "2",
}
REFEREE = {"name": "Аркадий Неклюдов", "contact": "@nekljudov", "said": "Вместе пекли хлеб в Кубинке."}
JUDGED = {"state": "heard", "reliability": "B", "credibility": "2"}
ANSWERS = {"f-v03-1": "Мобилизован в Сызрани.", "f-v04-1": "Мотострелковый полк Бабушкина."}
CANARIES = [
    "Кречетова",
    "soboleva-gazeta",
    "Фотонож",
    "Неклюдов",
    "nekljudov",
    "Кубинке",
    "Сызрани",
    "Бабушкина",
]


def let_in(applicant, person, work):
    share_with_person(applicant=applicant, person=person, to="work", expires_at=None, by=work.olga)
    vault.give_access(
        safe=applicant.account_safe,
        to=person,
        unlocked=work.unlocked(work.olga),
        by=work.olga,
        reason="vetting",
    )


def make_checks(*codes):
    for order, code in enumerate(codes or ("V03", "V04", "V05")):
        facts = {"order": order, "name_en": f"Check {code}", "source": "a test", "confidence": "known"}
        CheckKind.objects.get_or_create(code=code, defaults={"key": code.lower(), **facts})


def make_frame(key="f", **fields):
    about = {"source": "a test", "confidence": "known"}
    frame = InterviewFrame.objects.create(key=key, name_en="Service", version=1, **about, **fields)
    for order, check in enumerate(("V03", "V04")):
        text = {
            "text_en": f"Question for {check}?",
            "text_fr": f"Question {check} ?",
            "text_ru": f"Вопрос {check}?",
        }
        key_ = f"{key}-{check.lower()}-1"
        InterviewQuestion.objects.create(key=key_, frame=key, check_code=check, order=order, **text, **about)
    return frame


def make_link(applicant, *, by, checks=(), **sealed):
    facts = {"checks": list(checks)}
    return evidence.add_link(id=random_id(), applicant=applicant, facts=facts, sealed=LINK | sealed, by=by)


def make_referee(applicant, *, by, sealed=REFEREE, **facts):
    return referees.add_referee(id=random_id(), applicant=applicant, facts=facts, sealed=sealed, by=by)


def make_interview(applicant, frame, *, by, on=date(2026, 11, 4), **facts):
    known = {
        "state": "held",
        "held_on": on,
        "interviewer": by,
        "frame": frame,
        "language": "ru",
        "minutes": 90,
    }
    return interviews.add_interview(id=random_id(), applicant=applicant, facts=known | facts, by=by)


def content_of(answers=ANSWERS, **lines):
    said = {
        key: {"check": key[2:5].upper(), "question": f"Question for {key[2:5].upper()}?", "answer": text}
        for key, text in answers.items()
    }
    return {"interpreter": "", "place": "", "present": "", "impressions": "", **lines, "answers": said}


def write(interview, *, by, part="0" * 16, basis=None, answers=ANSWERS, **lines):
    content = content_of(answers, **lines)
    return interviews.write_interview(interview=interview, content=content, part=part, basis=basis, by=by)


def url(name, about):
    return reverse(f"vetting:{name}", args=[about.pk])


class EvidenceSender(Sender):
    """Sends evidence as the page does; `self.document` is the case here."""

    def __init__(self, client, applicant, content, name="Список бригады Кречетова.jpg", check=""):
        super().__init__(client, applicant, content, name)
        self.check = f"?check={check}" if check else ""

    def post(self, name, *more, data=b"", kind="application/octet-stream"):
        at = reverse(f"vetting:{name.replace('scan', 'evidence')}", args=[self.document.pk, *more])
        return self.client.post(at, data, content_type=kind, headers={"HX-Request": "true"})

    def begin(self):
        start = hashlib.sha256(self.content[: 1024 * 1024]).hexdigest()
        about = {"name": self.name, "size": len(self.content), "type": "image/jpeg", "start": start}
        at = url("evidence_begin", self.document) + self.check
        answer = self.client.post(at, about, headers={"HX-Request": "true"})
        if answer.status_code == 200:
            self.scan = answer.json()["id"]
        return answer

    @property
    def evidence(self):
        return Evidence.objects.select_related("file").get(pk=self.scan)


def fresh(entry):
    """The row as it stands now, with the case it belongs to."""
    found = type(entry).objects.get(pk=entry.pk)
    found.applicant = entry.applicant
    return found
