"""The steps of taking incidents in: file, check, report. Each is answered from the file as it is sent again; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from cases.applicants.refusals import Refused
from cases.sheets.reading import read_table
from cases.sheets.refusals import Unreadable
from cases.staff.models import User, random_id
from cases.vault import progress
from cases.vetting.forms.incident_import import FileForm, PeriodsForm
from cases.vetting.imports.drafts import Draft
from cases.vetting.imports.files import read_drafts
from cases.vetting.imports.plan import Plan, plan_import
from cases.vetting.operations.incident_import import take_in_incidents
from cases.vetting.queries.incidents import register, source_keys

FILE = "vetting/_import_file.html"
CHECK = "vetting/_import_check.html"
REPORT = "vetting/_import_report.html"
# Each row may become three fields to answer, and a form of thousands of fields is refused before it comes here.
MOST = 600


@dataclass(frozen=True)
class Sent:
    data: QueryDict
    files: MultiValueDict[str, Any]
    by: User


@dataclass(frozen=True)
class Answer:
    template: str
    context: dict[str, Any]
    refused: bool = False


def first() -> Answer:
    start = FileForm(initial={"id": random_id()})
    return Answer(FILE, {"start": start, "form": start})


def answer(sent: Sent) -> Answer:
    start = FileForm(sent.data, sent.files)
    drafts = _drafts(start) if start.is_valid() else None
    if drafts is None or sent.data.get("step") == "file":
        return Answer(FILE, {"start": start, "form": start}, refused=bool(start.errors))
    return _check(sent, start, drafts)


def _drafts(start: FileForm) -> list[Draft] | None:
    try:
        drafts = read_drafts(read_table(_content(start), limit=settings.UPLOAD_LIMIT))
    except (Unreadable, Refused) as refusal:
        start.add_error("file", str(refusal))
        return None
    if not drafts:
        start.add_error("file", _("There is nothing in this file but headings."))
        return None
    if len(drafts) > MOST:
        sentence = _("This file has more than %(most)s rows. Split it and take the parts in one by one.")
        start.add_error("file", sentence % {"most": MOST})
        return None
    return drafts


def _content(start: FileForm) -> bytes:
    file = start.cleaned_data["file"]
    file.seek(0)
    return bytes(file.read())


def _check(sent: Sent, start: FileForm, drafts: list[Draft]) -> Answer:
    """What the file would do; what was typed into an earlier check counts for this very file only."""
    digest = sha256(_content(start)).hexdigest()[:32]
    same = sent.data.get("digest") == digest
    plan = _plan(drafts, {})
    form = PeriodsForm(sent.data if same else None, plan=plan)
    shown = {"start": start, "form": form, "digest": digest, "plan": plan, "drafts": len(drafts)}
    if sent.data.get("step") != "take" or not same:
        return Answer(CHECK, shown | {"another": bool(sent.data.get("digest")) and not same})
    if not form.is_valid():
        return Answer(CHECK, shown, refused=True)
    return _take(sent, shown, drafts)


def _plan(drafts: list[Draft], typed: Mapping[int, tuple[str, str]]) -> Plan:
    return plan_import(drafts, register(), source_keys(draft.source.key for draft in drafts), typed)


def _take(sent: Sent, shown: dict[str, Any], drafts: list[Draft]) -> Answer:
    form: PeriodsForm = shown["form"]
    start: forms.Form = shown["start"]
    try:
        with progress.shown(sent.by, start.cleaned_data["id"], len(form.lines)) as tell:
            taken = take_in_incidents(
                drafts=drafts, lines=form.lines, typed=form.typed, by=sent.by, progress=tell
            )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return Answer(CHECK, shown, refused=True)
    return Answer(REPORT, shown | {"taken": taken})
