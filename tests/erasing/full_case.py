"""A case with something in every table that can hang on it, and words of his own wherever words can be written."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.files.storage import storages
from django.utils import timezone

from cases.alarms.models import Alarm, RiskEvent
from cases.applicants import operations
from cases.applicants.models import (
    Consent,
    ConsentText,
    Deadline,
    Double,
    LegalHold,
    Note,
    StageChange,
    Task,
    UncheckedText,
)
from cases.asylum.models import Claim, ClaimMinor, SetDate, Step
from cases.desk.models import Breach, Exposed
from cases.disclosures.models import DisclosedPerson, Disclosure, Export, ExportPerson
from cases.documents.models import DocumentChange, Scan, Stay
from cases.journeys.models import Leg, Place
from cases.letters.models import Letter
from cases.own_data.models import DataRequest
from cases.relocation.models import Member
from cases.retention.models import KeptLonger
from cases.staff.models import random_id
from cases.staff.operations import announce
from cases.vault import operations as vault
from cases.vault.files import chunks
from cases.vault.models import CountedPerson, DutyLayer, DutyRequest, OpenInterview, SealedFile
from cases.vault.owners import people_of
from cases.vetting.models import (
    CheckChange,
    Conflict,
    EntryChange,
    Evidence,
    Interview,
    InterviewFrame,
    Referee,
    Screening,
)
from tests.applicants.factories import make_applicant
from tests.documents.paper_factories import make_paper
from tests.letters.factories import make_template
from tests.needs.factories import make_referral
from tests.relocation.factories import make_group, make_inquiry, make_submission
from tests.transfers.factories import make_transfer, take_pack
from tests.vetting.check_factories import make_question
from tests.vetting.decision_factories import decide
from tests.vetting.service_factories import make_entry

# Words that nobody else has: sealed, and in what stands in clear.
TOKENS = ("Кулебякин", "Урюпинск", "kulebyaka", "Цитадельск", "Брусничкин", "Мореходкин")
CLEAR = TOKENS[3:]


def ask(*cases, by, reason="wish"):
    return operations.ask_erasure(applicants=list(cases), reason=reason, by=by)


def store(safe, by, name):
    """A whole sealed file with one chunk in the storage."""
    key_item = vault.seal(safe=safe, kind=f"file-{name}", content={"name": f"{TOKENS[0]}.jpg"}, by=by)
    fields = {"safe": safe, "key_item": key_item, "uploaded_by": by, "key_check": b"."}
    file = SealedFile.objects.create(
        size=500, state="whole", kind="mp3", finished_at=timezone.now(), **fields
    )
    chunks.write(file, 0, b"x" * 500, bytes(32))
    return file


def stored(file):
    return storages["sealed"].exists(f"{file.pk.hex}/{file.pk.hex}-0")


def fill(case, ready, work):
    olga, now = work.olga, timezone.now()
    decide(case, ready.vera, ready.ilse)
    Conflict.objects.create(applicant=case, user=work.nina, kind="known", relation="friend", by=work.cora)
    note = Note.objects.create(applicant=case, text=f"Встреча в {CLEAR[0]}е", by=olga)
    task = Task.objects.create(applicant=case, title=f"Позвонить: {CLEAR[1]}", owner=olga, created_by=olga)
    Deadline.objects.create(applicant=case, rule="visa", title="Visa", due_at=now + timedelta(days=3))
    StageChange.objects.create(
        applicant=case, source="contact", target="vetting", reason=CLEAR[2], by=olga, at=now
    )
    UncheckedText.objects.create(applicant=case, what="note", subject=str(note.pk), by=olga)
    kin = make_applicant(by=olga, pseudonym="Grey Egret", category="partner")
    kinship = {"kinship": "spouse", "has_certificate": True, "travels_with": True}
    operations.join_household(applicant=kin, with_applicant=case, **kinship, by=olga)
    first, second = sorted([case, kin], key=lambda one: one.pk)
    Double.objects.create(first=first, second=second)
    paper = make_paper(case, by=olga, sealed={"number": "75 1234567"})
    DocumentChange.objects.create(document=paper, field="status", before=CLEAR[0], by=olga)
    scan = store(case.identity_safe, olga, "scan")
    Scan.objects.create(document=paper, file=scan, added_by=olga)
    Stay.objects.update_or_create(applicant=case, defaults={"updated_by": olga})
    _vet(case, ready, task, olga)
    group = make_group(by=olga)
    Member.objects.create(group=group, applicant=case, added_by=olga)
    submission = make_submission(group, case, by=olga)
    make_inquiry(submission, case, by=olga, question=CLEAR[0])
    _around(case, work)
    return SimpleNamespace(case=case, kin=kin, files=list(SealedFile.objects.filter(safe__in=safes(case))))


def _travels(case, work):
    """A leg with a paper and a note of its own."""
    place = {"zone": "Asia/Almaty", "source": "a test", "confidence": "known"}
    origin, goal = (
        Place.objects.get_or_create(key=key, defaults=place | {"country": "KZ", "name_en": key})[0]
        for key in ("here", "there")
    )
    leg = Leg.objects.create(
        applicant=case, origin=origin, goal=goal, departs_at=timezone.now(), planned_by=work.olga
    )
    leg.papers.set(case.documents.all())


def _claimed(case, work):
    """A claim with a step and a day, and for the other way the row of a minor that hangs on another's claim."""
    today, olga = timezone.localdate(), work.olga
    claim = Claim.objects.create(applicant=case, opened_by=olga)
    Step.objects.create(claim=claim, kind="registered", on=today, added_by=olga)
    SetDate.objects.create(claim=claim, kind="interview", due_on=today, basis="letter", set_by=olga)
    ClaimMinor.objects.create(claim=claim, applicant=case, added_by=olga)


def _handed_over(case, work):
    terms = {"recipient": "Mme Fabre", "organisation": "Ministry", "channel": "meeting", "ground": "consent"}
    terms |= {"audience": "government"}
    terms |= {"ground_reference": "form", "form": "zip", "fields": ["name"]}
    told = Disclosure.objects.create(by=work.olga, approved_by=work.cora, **terms)
    DisclosedPerson.objects.create(disclosure=told, applicant=case, fields=["name"])
    until = timezone.now() + timedelta(days=1)
    asked = {"asker": work.olga, "reason": CLEAR[2], "language": "fr", "expires_at": until}
    export = Export.objects.create(**asked, **terms)
    ExportPerson.objects.create(export=export, applicant=case)
    text, _made = ConsentText.objects.get_or_create(purpose="media", language="ru", defaults={"text": "…"})
    media = {"outlet": CLEAR[1], "shows_face": True, "given_on": timezone.localdate(), "channel": "signal"}
    Consent.objects.create(applicant=case, purpose="media", text=text, recorded_by=work.olga, **media)


def safes(case):
    return [case.identity_safe, case.account_safe]


def _vet(case, ready, task, olga):
    entry = make_entry(case, by=olga)
    make_question(case, by=ready.vera)
    answer = case.checks.first()
    CheckChange.objects.create(answer=answer, field="result", before="confirmed", by=ready.vera)
    mine = {"applicant": case, "added_by": olga}
    Evidence.objects.create(kind="file", file=store(case.account_safe, olga, "evidence"), **mine)
    Referee.objects.create(**mine)
    frame = InterviewFrame.objects.create(
        key="first", name_en="First", name_fr="Premier", name_ru="Первая", source="a test", confidence="found"
    )
    today = timezone.localdate()
    Interview.objects.create(
        held_on=today, interviewer=ready.vera, frame=frame, language="ru", task=task, **mine
    )
    EntryChange.objects.create(applicant=case, entry=entry.pk, field="kind", after=CLEAR[1], by=olga)
    Screening.objects.create(applicant=case, by=ready.vera)


def _around(case, work):
    now = timezone.now()
    _handed_over(case, work)
    CountedPerson.objects.create(
        user=work.olga, day=timezone.localdate(), person=people_of([case.identity_safe]).pop()
    )
    OpenInterview.objects.create(
        user=work.olga, safes=[safe.pk for safe in safes(case)], reason=CLEAR[1], ends=1, mark=b"." * 32
    )
    operations.add_sealed_note(id=random_id(), applicant=case, topic="story", text=TOKENS[0], by=work.olga)
    Alarm.objects.create(applicant=case, kind="border", raised_by=work.olga)
    make_referral(case, by=work.olga)
    take_pack(make_transfer(case, by=work.olga), by=work.olga)
    Letter.objects.create(
        applicant=case, template=make_template(), for_whom=CLEAR[1], fields=["name"], written_by=work.olga
    )
    RiskEvent.objects.create(
        applicant=case,
        kind="family",
        severity=2,
        happened_on=timezone.localdate(),
        review_on=timezone.localdate() + timedelta(days=9),
        added_by=work.olga,
    )
    _claimed(case, work)
    DataRequest.objects.create(
        applicant=case, asked_on=timezone.localdate(), checked="voice", noted_by=work.olga
    )
    KeptLonger.objects.create(
        applicant=case, reason="claim", until=timezone.localdate() + timedelta(days=9), by=work.olga
    )
    _travels(case, work)
    breach = Breach.objects.create(
        user=work.nina, kind="lost", what="a telephone", opened_by=work.olga, noticed_at=now, opened_at=now
    )
    Exposed.objects.create(breach=breach, applicant=case, name=True, account=True, note=CLEAR[0])
    LegalHold.objects.create(
        applicant=case,
        reason="claim",
        review_on=timezone.localdate(),
        set_by=work.olga,
        ended_by=work.cora,
        ended_at=now,
    )
    vault.ask_access(safe=case.identity_safe, by=work.nina, reason="reason of the asker")
    request = DutyRequest.objects.create(
        kind="open",
        asker=work.cora,
        colleague=work.nina,
        safe=case.identity_safe,
        reason=CLEAR[2],
        expires_at=now + timedelta(days=1),
    )
    DutyLayer.objects.create(request=request, officer=work.vera, sealed=b"." * 40)
    announce(code="duty_opened", to=[work.nina], reason=CLEAR[0], about=case.identity_safe_id)
    announce(code="duty_opened", to=[work.nina], reason=CLEAR[0], about=case.pk)
