"""Noting that somebody asks for their data, taking longer for a reason, and handing the copy out."""

import json
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.applicants.known import holds_household
from cases.applicants.models import Applicant
from cases.applicants.operations import meet_deadline, set_deadline
from cases.applicants.timers import noon, written
from cases.audit.operations import record
from cases.disclosures.fields import FIELDS
from cases.disclosures.models import THE_PERSON, TO_THE_PERSON, Form, Ground
from cases.disclosures.operations.handing import Terms, record_disclosure
from cases.disclosures.packing import archive, new_words, paper
from cases.disclosures.reading import read_people
from cases.own_data.contents import as_json, sections
from cases.own_data.lines import Section
from cases.own_data.models import RULE, SOURCE, TITLE, DataRequest
from cases.own_data.redacting import redactor
from cases.own_data.refusals import (
    AskedAlready,
    CannotOpenAll,
    ExtendedAlready,
    HandedAlready,
    HandedByAnother,
    NotWhole,
)
from cases.staff.models import User
from cases.staff.queries import organisation
from cases.vault import operations as vault
from cases.vault.newest import newest_of_each
from cases.vault.queries import held_safe_ids
from cases.vault.refusals import NotUnlocked
from cases.vault.unlock import Unlocked

PURPOSE = "copy for the person, Art. 15 GDPR"


@dataclass(frozen=True, repr=False)
class Copy:
    name: str
    content: bytes
    words: str


@transaction.atomic
def note_request(*, id: UUID, applicant: Applicant, asked_on: date, checked: str, by: User) -> DataRequest:
    """Note it, with its deadline; the same id again is answered with what was noted the first time."""
    Applicant.objects.select_for_update().get(pk=applicant.pk)
    if again := DataRequest.objects.filter(pk=id, applicant=applicant, noted_by=by).first():
        return again
    if DataRequest.objects.filter(applicant=applicant, handed_at=None).exists():
        raise AskedAlready
    noted = DataRequest.objects.create(
        id=id, applicant=applicant, asked_on=asked_on, checked=checked, noted_by=by
    )
    _remind(noted, by)
    detail = f"{applicant.pseudonym}: asked on {asked_on}, {checked}"
    record("own_data.asked", by=by, about=str(applicant.pk), detail=detail)
    return noted


@transaction.atomic
def extend(*, request: DataRequest, why: str, by: User) -> None:
    """Take two more months, once. The person is to be told so within the first."""
    held = _open(request)
    if held.extension:
        raise ExtendedAlready
    held.extension, held.extended_by = why, by
    held.save(update_fields=["extension", "extended_by"])
    _remind(held, by)
    detail = f"{held.applicant.pseudonym}: {why}, until {held.due_on}"
    record("own_data.extended", by=by, about=str(held.applicant_id), detail=detail)


def hand_out(
    *, request: DataRequest, channel: str, language: str, unlocked: Unlocked | None, by: User
) -> Copy:
    """Return the copy as a ZIP with a password: JSON for programs, PDF to read. Never inside a transaction.

    What leaves is recorded as handed over to the person before the bytes are sent.
    """
    applicant = request.applicant
    if unlocked is None:
        raise NotUnlocked
    _require_free(request, by)
    if not _opens_all(by, applicant):
        raise CannotOpenAll
    with override(language):
        found, told = _read(applicant, unlocked, by)
        files = _files(request, found, language)
    words = new_words()
    copy = Copy(f"{secrets.token_hex(4)}.zip", archive.encrypted(files, words), words)
    _settle(request, channel, told, by)
    return copy


def _opens_all(user: User, applicant: Applicant) -> bool:
    """Everything of the person, and the names of the household, which have to be taken out."""
    safes = {applicant.identity_safe_id, applicant.account_safe_id}
    return held_safe_ids(user, safes) == safes and holds_household(user, applicant)


def _read(applicant: Applicant, unlocked: Unlocked, by: User) -> tuple[list[Section], list[str]]:
    fields = list(FIELDS)
    [read] = read_people(people=[applicant], fields=fields, purpose=PURPOSE, unlocked=unlocked, by=by)
    kinds = {note.kind_of_item for note in applicant.sealed_notes.all()}
    items = [
        item
        for item in newest_of_each([applicant.account_safe_id])
        if item.kind in kinds or item.kind.startswith("referee-")
    ]
    opened = vault.open_to_hand_over(items=items, purpose=PURPOSE, unlocked=unlocked, by=by) if items else {}
    account: dict[str, Any] = {item.kind: opened[item.pk] for item in items if item.pk in opened}
    if not read.whole or len(account) != len(items) or not kinds <= account.keys():
        raise NotWhole
    referees = [content for kind, content in account.items() if kind.startswith("referee-")]
    redact = redactor(applicant=applicant, referees=referees, unlocked=unlocked, by=by)
    return sections(applicant, opened=read.said, account=account, redact=redact), read.told


def _files(request: DataRequest, found: list[Section], language: str) -> dict[str, bytes]:
    about = [
        (_("Copy of the data on"), request.applicant.pseudonym),
        (_("Kept by"), str(organisation() or "")),
        (_("Asked on"), str(request.asked_on)),
        (_("Made on"), str(timezone.localdate())),
    ]
    notes = [
        _("This is what is kept on you, by Art. 15 of the GDPR. Colleagues stand here as “a colleague”."),
        _(
            "Other people of your household, people who were asked about you, and what officers wrote about "
            "the vetting are left out. Scans are handed out one by one."
        ),
        _("You may have it corrected or erased, or complain to the CNIL."),
    ]
    said = [(one.title, [(line.label, line.said) for line in one.lines]) for one in found]
    told = json.dumps(as_json(about, found), ensure_ascii=False, indent=1).encode()
    sheet = paper.laid_out(
        heading=_("Everything we keep on you"), about=about, notes=notes, sections=said, language=language
    )
    return {"data.json": told, "data.pdf": sheet}


@transaction.atomic
def _settle(request: DataRequest, channel: str, told: list[str], by: User) -> None:
    held = _open(request)
    _require_free(held, by)
    held.handed_at, held.handed_by = timezone.now(), by
    held.save(update_fields=["handed_at", "handed_by"])
    terms = Terms(
        recipient=written(THE_PERSON),
        organisation="–",
        audience=TO_THE_PERSON,
        channel=channel,
        ground=Ground.LEGAL,
        ground_reference=f"Art. 15 GDPR, {held.asked_on}",
        form=Form.ZIP,
    )
    record_disclosure(terms=terms, told={held.applicant: told}, approved_by=held.noted_by, by=by)
    for deadline in held.applicant.deadlines.filter(rule=RULE, subject=str(held.pk), met_at=None):
        meet_deadline(deadline=deadline, by=by)
    detail = f"{held.applicant.pseudonym}: asked on {held.asked_on}"
    record("own_data.handed_out", by=by, about=str(held.applicant_id), detail=detail)


def _require_free(request: DataRequest, by: User) -> None:
    if request.handed_at is not None:
        raise HandedAlready
    if request.noted_by_id == by.pk:
        raise HandedByAnother


def _open(request: DataRequest) -> DataRequest:
    locked = DataRequest.objects.select_for_update(of=("self",)).select_related("applicant", "noted_by")
    held = locked.get(pk=request.pk)
    if held.handed_at is not None:
        raise HandedAlready
    return held


def _remind(request: DataRequest, by: User) -> None:
    due_at = noon(request.due_on)
    set_deadline(
        applicant=request.applicant,
        rule=RULE,
        subject=str(request.pk),
        title=written(TITLE),
        due_at=due_at,
        source=written(SOURCE),
        by=by,
    )
