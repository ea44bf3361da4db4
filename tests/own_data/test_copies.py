"""Grey Heron is Olga's case; Tim sees it with her and can open all of it. Olga notes that he asks, Tim hands out."""

import base64
import io
import json
import re
from datetime import date, timedelta

import pypdf
import pytest
import pyzipper
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations as applicants
from cases.applicants.models import Applicant, Deadline
from cases.disclosures.models import DisclosedPerson, Disclosure
from cases.own_data import operations
from cases.own_data.models import RULE, DataRequest, months_after
from cases.own_data.refusals import (
    AskedAlready,
    CannotOpenAll,
    ExtendedAlready,
    HandedAlready,
    HandedByAnother,
    NotWhole,
)
from cases.staff.models import random_id
from cases.vault.models import Grant, SealedItem
from cases.vault.refusals import NotUnlocked
from tests.applicants.factories import make_applicant
from tests.vetting.decision_factories import decide, make_ready
from tests.vetting.heard.factories import make_referee

pytestmark = pytest.mark.django_db
# His partner, whose name stands in what he told, declined; a referee; a colleague of the vetting.
PARTNER = {"name": "Прасковья Замятина", "birth_date": "1998-02-03"}
REFEREE = "Акакий Тряпкин"
THIRD = [
    "Прасков",
    "Замятин",
    "Zamyatin",
    "Акаки",
    "Тряпкин",
    "Vera",
    "Ilse",
    "vera.vetting",
    "Olga",
    "Owner",
    "olga.owner",
    "Tim Team",
    "White Stork",
]


def ask(applicant, by, **more):
    facts = {"id": random_id(), "asked_on": timezone.localdate(), "checked": "voice"}
    return operations.note_request(applicant=applicant, by=by, **(facts | more))


def hand_out(request, work, by, language="en"):
    return operations.hand_out(
        request=request, channel="meeting", language=language, unlocked=work.unlocked(by), by=by
    )


@pytest.fixture
def full(applicant, work):
    """Everything in which somebody else could stand."""
    olga = work.olga
    partner = make_applicant(by=olga, pseudonym="White Stork", identity=PARTNER)
    applicants.join_household(
        applicant=partner,
        with_applicant=applicant,
        kinship="spouse",
        has_certificate=False,
        travels_with=True,
        by=olga,
    )
    make_referee(
        applicant, by=olga, sealed={"name": REFEREE, "contact": "+77015550199", "said": "served with him"}
    )
    for text in (
        "Vera says that Прасковье Замятиной is afraid; White Stork called olga.owner.",
        "С Акакием Тряпкиным он служил. vera.vetting will look.",
    ):
        applicants.add_note(id=random_id(), applicant=applicant, text=text, by=olga)
    told = "Моя жена, Прасковья Замятина, и Акакий Тряпкин знают об этом. Я ушёл в мае."
    applicants.add_sealed_note(id=random_id(), applicant=applicant, topic="story", text=told, by=olga)
    applicants.add_task(
        id=random_id(),
        applicant=applicant,
        title="Ask Vera about White Stork",
        due_on=None,
        owner=olga,
        by=olga,
    )
    ready = make_ready(work, applicant)
    decide(applicant, ready.vera, ready.ilse)
    return applicant


def opened(copy):
    """The text of both forms."""
    with pyzipper.AESZipFile(io.BytesIO(copy.content)) as archive:
        archive.setpassword(copy.words.encode())
        told, paper = archive.read("data.json").decode(), archive.read("data.pdf")
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    return told, "\n".join(page.extract_text() for page in pages)


def third_parties(text):
    plain = re.sub(r"\s+", " ", text).casefold()
    return [name for name in THIRD if name.casefold() in plain]


def test_it_holds_the_person_and_nobody_else(full, work, recorded):
    request = ask(full, work.olga)
    told, paper = opened(hand_out(request, work, work.tim))

    assert (third_parties(told), third_parties(paper)) == ([], [])
    for text in (told, paper):
        assert "Кулебякин" in text
        assert "@kulebyaka" in text
        assert "Grey Heron" in text
        assert "Я ушёл в мае" in re.sub(r"\s+", " ", text)
        assert "a colleague" in text
        assert "another person" in text
    assert "+77015550199" not in told + paper
    found = {one["code"]: one["lines"] for one in json.loads(told)["sections"]}
    assert [line["said"] for line in found["vetting"]] == [["Support"]]
    assert recorded()[-1] == "own_data.handed_out"
    assert "vault.opened_to_hand_over" in recorded()


def test_without_the_redaction_they_would_be_found(full, work, monkeypatch):
    monkeypatch.setattr(operations, "redactor", lambda **_known: lambda text: text)
    told, paper = opened(hand_out(ask(full, work.olga), work, work.tim))

    for text in (told, paper):
        assert {"Vera", "White Stork", "Замятин", "Тряпкин"} <= set(third_parties(text))


def test_it_stands_as_handed_over_to_the_person(full, work):
    request = ask(full, work.olga)
    hand_out(request, work, work.tim)

    disclosure = Disclosure.objects.get()
    assert (disclosure.audience, disclosure.ground, disclosure.by, disclosure.approved_by) == (
        "person",
        "legal",
        work.tim,
        work.olga,
    )
    assert "name" in DisclosedPerson.objects.get(applicant=full).fields
    request.refresh_from_db()
    assert request.handed_by == work.tim
    assert not Deadline.objects.filter(rule=RULE, met_at=None).exists()
    with pytest.raises(HandedAlready):
        hand_out(request, work, work.tim)
    assert Disclosure.objects.count() == 1


def test_what_was_handed_out_meanwhile_is_not_changed(full, work):
    request = ask(full, work.olga)
    stale = DataRequest.objects.get(pk=request.pk)
    hand_out(request, work, work.tim)

    with pytest.raises(HandedAlready):
        operations.extend(request=stale, why="complex", by=work.tim)


@pytest.mark.parametrize("safe", ["identity_safe", "account_safe"])
def test_of_what_is_damaged_no_copy_leaves_without_it(full, work, safe):
    request = ask(full, work.olga)
    SealedItem.objects.filter(safe=getattr(full, safe)).update(envelope=b"\1" * 200)

    with pytest.raises(NotWhole):
        hand_out(request, work, work.tim)
    assert not Disclosure.objects.exists()


def test_who_noted_it_does_not_hand_it_out(applicant, work):
    request = ask(applicant, work.olga)
    with pytest.raises(HandedByAnother):
        hand_out(request, work, work.olga)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.filter(pk=request.pk).update(handed_at=timezone.now(), handed_by=work.olga)


def test_locked_nothing_is_opened(applicant, work):
    with pytest.raises(NotUnlocked):
        operations.hand_out(
            request=ask(applicant, work.olga), channel="meeting", language="en", unlocked=None, by=work.tim
        )


def test_who_cannot_open_a_name_of_the_household_cannot_take_it_out(full, work):
    request = ask(full, work.olga)
    partner = Applicant.objects.get(pseudonym="White Stork")
    Grant.objects.filter(user=work.tim, content_object=partner.identity_safe).delete()

    with pytest.raises(CannotOpenAll):
        hand_out(request, work, work.tim)
    assert not Disclosure.objects.exists()


def test_the_deadline_is_a_month_and_two_more_for_a_reason(applicant, work):
    request = ask(applicant, work.olga, asked_on=date(2026, 10, 31))
    deadline = Deadline.objects.get(rule=RULE)
    assert timezone.localdate(deadline.due_at) == date(2026, 11, 30)
    assert "Art. 12(3) GDPR" in deadline.why

    operations.extend(request=request, why="complex", by=work.tim)
    assert timezone.localdate(Deadline.objects.get(rule=RULE).due_at) == date(2027, 1, 31)
    with pytest.raises(ExtendedAlready):
        operations.extend(request=request, why="many", by=work.tim)


def test_one_request_at_a_time_and_the_same_id_once(applicant, work):
    same = random_id()
    assert ask(applicant, work.olga, id=same) == ask(applicant, work.olga, id=same)
    with pytest.raises(AskedAlready):
        ask(applicant, work.tim)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_end_where_the_month_ends(day, months, later):
    assert months_after(day, months) == later


def test_by_the_pages(applicant, work, browse):
    olga = browse(work.olga)
    url = reverse("own_data:note", args=[applicant.pk])
    future = str(timezone.localdate() + timedelta(days=1))
    assert olga.send(url, new_id=str(random_id()), asked_on=future, checked="voice").status_code == 422
    noted = olga.send(url, new_id=str(random_id()), asked_on=str(timezone.localdate()), checked="met")
    assert noted.status_code == 204
    request = DataRequest.objects.get()
    out = reverse("own_data:hand_out", args=[request.pk])
    assert out not in olga.get(reverse("own_data:panel", args=[applicant.pk])).content.decode()

    tim = browse(work.tim, unlocked=True)
    assert out in tim.get(reverse("own_data:panel", args=[applicant.pk])).content.decode()
    answer = tim.send(out, channel="meeting", language="ru")
    content = re.search(r'data-package="([^"]+)"', answer.content.decode())[1]
    words = re.search(r'id="package-words">([^<]+)<', answer.content.decode())[1]
    told, _paper = opened(operations.Copy("x", base64.b64decode(content), words))
    assert "коллега" not in told
    assert "Кулебякин" in told
    assert tim.send(out, channel="meeting", language="ru").status_code == 422


def test_outsiders_find_no_page(applicant, work, browse):
    request = ask(applicant, work.olga)
    for name, pk in (
        ("panel", applicant.pk),
        ("note", applicant.pk),
        ("longer", request.pk),
        ("hand_out", request.pk),
    ):
        url = reverse(f"own_data:{name}", args=[pk])
        assert browse(work.nina).send(url).status_code in (404, 405)
        assert browse(work.nina).get(url).status_code in (404, 405)
        assert browse(work.audrey).get(url).status_code in (403, 405)
