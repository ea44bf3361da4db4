"""Every address of the program, filled with what is really there. A parameter that nobody knows stops the search."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?P<choices>[^)]*)\)")
ADMIN = re.compile(r"^admin/(?P<app>\w+)/(?P<model>\w+)/")
# What ends something comes last, so that it is still there for all that comes before.
ENDS = (
    "strike",
    "remove",
    "leave",
    "stop",
    "lock",
    "close",
    "ending",
    "end",
    "logout",
    "start-over",
    "delete",
    "merge",
    "erase",
    "withdraw",
    "freeze",
    "undo",
    "other",
    "emergency/travel",
)


class UnknownParameter(Exception):
    """An address takes something that this table cannot fill: add a line to `FILLED`."""


@dataclass(frozen=True)
class Route:
    text: str
    name: str
    pattern: URLPattern

    @property
    def is_admin(self):
        return self.text.startswith("admin/")

    @property
    def ends_something(self):
        return any(f"{word}/" in self.text for word in ENDS)


# By the name of the parameter, or by "name of the page/parameter" where a name means several things.
FILLED = {
    "applicant_id": lambda world, rows: rows.case.pk,
    "document_id": lambda world, rows: rows.scan.document_id,
    "scan_id": lambda world, rows: rows.scan.pk,
    "entry_id": lambda world, rows: rows.entry.pk,
    "question_id": lambda world, rows: rows.question.pk,
    "evidence_id": lambda world, rows: rows.evidence.pk,
    "vetting:evidence_edit/evidence_id": lambda world, rows: rows.link.pk,
    "vetting:evidence_correct/evidence_id": lambda world, rows: rows.link.pk,
    "referee_id": lambda world, rows: rows.referee.pk,
    "interview_id": lambda world, rows: rows.interview.pk,
    "conflict_id": lambda world, rows: rows.conflict.pk,
    "task_id": lambda world, rows: rows.task.pk,
    "deadline_id": lambda world, rows: rows.deadline.pk,
    "change_id": lambda world, rows: rows.change.pk,
    "membership_id": lambda world, rows: rows.membership.pk,
    "double_id": lambda world, rows: rows.double.pk,
    "text_id": lambda world, rows: rows.text.pk,
    "request_id": lambda world, rows: rows.duty.pk,
    "desk:answer/request_id": lambda world, rows: rows.asked.pk,
    "announcement_id": lambda world, rows: rows.announcement.pk,
    "import_id": lambda world, rows: world.common.listed.pk,
    "incident_id": lambda world, rows: world.common.incident.pk,
    "source_id": lambda world, rows: world.common.source.pk,
    "copy_id": lambda world, rows: world.common.copy.pk,
    "unit_id": lambda world, rows: world.common.unit.pk,
    "team_id": lambda world, rows: world.team.pk,
    "user_id": lambda world, rows: world.nobody.pk,
    "applicants:unopen/user_id": lambda world, rows: world.second.pk,
    "applicants:part/slug": lambda world, rows: "papers",
    "applicants:unshare/code": lambda world, rows: f"team-{world.team.pk}",
    "code": lambda world, rows: "V01",
    "kind": lambda world, rows: "identity",
    "breach_id": lambda world, rows: rows.exposed.breach_id,
    "exposed_id": lambda world, rows: rows.exposed.pk,
    "freeze_id": lambda world, rows: world.common.freeze.pk,
    "filter_id": lambda world, rows: world.common.filter.pk,
    "publication_id": lambda world, rows: world.common.publication.pk,
    "wish_id": lambda world, rows: world.common.wish.pk,
    "form_id": lambda world, rows: world.common.form.pk,
    "export_id": lambda world, rows: rows.export.pk,
    "erasure_id": lambda world, rows: rows.erasure.pk,
    "passkey_id": lambda world, rows: world.common.passkey.pk,
    "government_id": lambda world, rows: world.common.talk.government_id,
    "submission_id": lambda world, rows: rows.submission.pk,
    "inquiry_id": lambda world, rows: rows.inquiry.pk,
    "group_id": lambda world, rows: rows.group.pk,
    "contact_id": lambda world, rows: world.common.talk.contact_id,
    "talk_id": lambda world, rows: world.common.talk.pk,
    "leg_id": lambda world, rows: rows.leg.pk,
    "claim_id": lambda world, rows: rows.claim.pk,
    "asylum:take_back/kind": lambda world, rows: "attested",
    "asylum:date/kind": lambda world, rows: "interview",
    "need_id": lambda world, rows: rows.referral.need_id,
    "referral_id": lambda world, rows: rows.referral.pk,
    "provider_id": lambda world, rows: rows.referral.provider_id,
    "transfer_id": lambda world, rows: rows.transfer.pk,
    "data_request_id": lambda world, rows: rows.data_request.pk,
    "alarm_id": lambda world, rows: rows.alarm.pk,
    "risk_id": lambda world, rows: rows.risk.pk,
    "key": lambda world, rows: world.common.letter.pk,
    "index": lambda world, rows: 0,
    "pk": lambda world, rows: 1,
    "role": lambda world, rows: "caseworker",
    "purpose": lambda world, rows: "password",
    "applicants:consent/purpose": lambda world, rows: "media",
    "consent_id": lambda world, rows: rows.consent.pk,
    "token": lambda world, rows: world.common.token,
    "url": lambda world, rows: "nowhere",
}


def routes(patterns=None, prefix="", spaces=()):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern).replace("^", "").replace("$", "").replace("\\Z", "")
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from routes(pattern.url_patterns, route, inner)
        else:
            yield Route(route, ":".join((*spaces, pattern.name or "")), pattern)


def address(route, world, rows):
    """The address of a route, about the case of `rows`."""

    def fill(found):
        name = found["name"]
        if name == "object_id":
            return str(_admin_row(route.text, rows))
        if name == "app_label":
            return found["choices"].split("|")[0]
        known = FILLED.get(f"{route.name}/{name}") or FILLED.get(name)
        if known is None:
            raise UnknownParameter(f"{name} in {route.text} ({route.name})")
        return str(known(world, rows))

    filled = PARAMETER.sub(fill, GROUP.sub(fill, route.text)).replace(".*", "")
    if re.search(r"[<>()]", filled):
        raise UnknownParameter(f"{route.text} became {filled}")
    return f"/{filled}"


def _admin_row(route, rows):
    """A row of the model that the page of the panel is about; of people the one of the case."""
    found = ADMIN.match(route)
    model = apps.get_model(found["app"], found["model"])
    if model._meta.label == "applicants.Applicant":
        return rows.case.pk
    row = model.objects.order_by("pk").first()
    return row.pk if row else 1


def every_address(world, rows):
    return [(route, address(route, world, rows)) for route in routes()]
